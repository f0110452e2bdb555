/* SPDX-License-Identifier: MIT */
/* A form definition (schema nianbao.form/1; templates/README.md is its specification) from YAML to struct form. Which members each
 * part may have stands in tables. Whatever is not understood is refused with its place: a definition decides what is called an error
 * in other people's reports, so nothing in it is skipped or guessed. */
#include "form_load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sayings.h"
#include "sha256.h"
#include "rules.h"

_Static_assert(sizeof(enum number_kind) == sizeof(unsigned) && sizeof(enum severity) == sizeof(unsigned), "WANT_CHOICE fills unsigned");

const char *const form_kinds[] = { "count", "change", "money", NULL };
static const char *const severities[] = { "error", "warning", "note", NULL };      /* enum severity */

static const struct member wording_members[] = {
    { .name = "zh", .required = true, .want = WANT_TEXT, MEMBER_AT(wording, zh) },
    { .name = "en", .want = WANT_TEXT, MEMBER_AT(wording, en) },
    { .name = NULL }
};
static const struct member rule_members[] = {
    { .name = "id", .required = true, .want = WANT_ID, MEMBER_AT(rule, id) },
    { .name = "severity", .required = true, .want = WANT_CHOICE, MEMBER_AT(rule, severity), .choices = severities },
    { .name = "title", .required = true, .want = WANT_PART, MEMBER_AT(rule, title), .members = wording_members },
    { .name = "message", .required = true, .want = WANT_PART, MEMBER_AT(rule, message), .members = wording_members },
    { .name = "hint", .want = WANT_PART, MEMBER_AT(rule, hint), .members = wording_members },
    { .name = "basis", .required = true, .want = WANT_TEXT, MEMBER_AT(rule, basis) },
    { .name = NULL }
};
struct words { const char **words; size_t nwords; enum number_kind kind; const char *factor; };
static const struct member unit_members[] = {
    { .name = "kind", .required = true, .want = WANT_CHOICE, MEMBER_AT(words, kind), .choices = form_kinds },
    { .name = "words", .required = true, MEMBER_TEXTS(words, words, nwords) },
    { .name = "factor", .want = WANT_TEXT, MEMBER_AT(words, factor) },
    { .name = NULL }
};
static const struct member years_members[] = {
    { .name = "from", .required = true, .want = WANT_NUMBER, MEMBER_AT(form, year_from), .least = YEAR_LEAST, .most = YEAR_MOST },
    { .name = "to", .want = WANT_NUMBER, MEMBER_AT(form, year_to), .least = YEAR_LEAST, .most = YEAR_MOST },
    { .name = "checked", .want = WANT_NUMBER, MEMBER_AT(form, year_checked), .least = YEAR_LEAST, .most = YEAR_MOST },
    { .name = NULL }
};
static const struct member cover_members[] = {
    { .name = "title_words", .required = true, MEMBER_TEXTS(form, title_words, ntitle_words) },
    { .name = "unit_labels", .required = true, MEMBER_TEXTS(form, unit_labels, nunit_labels) },
    { .name = "year_labels", .required = true, MEMBER_TEXTS(form, year_labels, nyear_labels) },
    { .name = NULL }
};
static const struct member form_members[] = {
    { .name = "schema", .required = true, .want = WANT_ANY },
    { .name = "form", .required = true, .want = WANT_ID, MEMBER_AT(form, id) },
    { .name = "name", .required = true, .want = WANT_TEXT, MEMBER_AT(form, name) },
    { .name = "title", .required = true, .want = WANT_TEXT, MEMBER_AT(form, title) },
    { .name = "years", .required = true, .want = WANT_PART, .members = years_members },
    { .name = "law", .required = true, MEMBER_TEXTS(form, law, nlaw) },
    { .name = "cover", .required = true, .want = WANT_PART, .members = cover_members },
    { .name = "units", .want = WANT_LIST },
    { .name = "tables", .required = true, .want = WANT_LIST },
    { .name = "rules", .want = WANT_LIST },
    { .name = "instructions", MEMBER_TEXTS(form, instructions, ninstructions) },
    { .name = "sentences", MEMBER_TEXTS(form, sentences, nsentences) },
    { .name = "narrative", .want = WANT_LIST },
    { .name = "other_forms", .want = WANT_LIST },
    { .name = NULL }
};

static bool
load_rules(struct doc_reader *reader, struct form *form, const struct doc *list)
{
    if (!list)
        return true;
    form->rules = arena_array(reader->arena, list->nitems, sizeof *form->rules);
    if (!form->rules)
        return doc_no_memory(reader);
    for (; form->nrules < list->nitems; form->nrules++) {
        const struct doc *doc = &list->items[form->nrules];
        struct rule *rule = &form->rules[form->nrules];
        if (!doc_fill(reader, doc, rule_members, rule))
            return false;
        if (form_rule(form, rule->id))
            return doc_refuse(reader, doc_member(doc, "id"), "规则“%s”写了两次", rule->id);
        if (rule_find(form, rule->id))
            return doc_refuse(reader, doc_member(doc, "id"), "“%s”是程序通用规则的编号，请换一个", rule->id);
    }
    return true;
}

/* "10000" or "1/10000"; both parts from 1 to a billion, so that amounts times factor stay within 64 bits. */
static bool
parse_factor(const char *s, int64_t *numerator, int64_t *denominator)
{
    int64_t parts[2] = { 0, 1 };
    for (size_t i = 0; i < 2; i++) {
        size_t digits = strspn(s, "0123456789");
        if (digits == 0 || digits > 9)
            return false;
        parts[i] = strtol(s, NULL, 10);
        s += digits;
        if (parts[i] == 0 || *s != '/')
            break;
        s++;
    }
    *numerator = parts[0];
    *denominator = parts[1];
    return *s == '\0' && parts[0] > 0 && parts[1] > 0;
}

static bool
load_units(struct doc_reader *reader, struct form *form, const struct doc *list)
{
    size_t cap = 0;
    for (size_t i = 0; list && i < list->nitems; i++) {
        const struct doc *doc = &list->items[i];
        struct words words = { .factor = NULL };
        int64_t numerator = 1, denominator = 1;
        if (!doc_fill(reader, doc, unit_members, &words))
            return false;
        if (words.factor && !parse_factor(words.factor, &numerator, &denominator))
            return doc_refuse(reader, doc_member(doc, "factor"), "“%s”应当是 10000 或 1/10000 这样的倍数，不能是 0", words.factor);
        for (size_t w = 0; w < words.nwords; w++) {
            for (size_t u = 0; u < form->nunits; u++)
                if (form->units[u].kind == words.kind && strcmp(form->units[u].word, words.words[w]) == 0)
                    return doc_refuse(reader, &doc_member(doc, "words")->items[w], "单位“%s”写了两次", words.words[w]);
            if (!arena_room(reader->arena, &form->units, form->nunits, &cap, sizeof *form->units))
                return doc_no_memory(reader);
            form->units[form->nunits++] = (struct unit){ words.words[w], words.kind, numerator, denominator };
        }
    }
    return true;
}

static bool
check_years(struct doc_reader *reader, const struct form *form, const struct doc *years)
{
    if (form->year_to && form->year_to < form->year_from)
        return doc_refuse(reader, doc_member(years, "to"), "%d 早于 from 的 %d", form->year_to, form->year_from);
    if (form->year_checked && (form->year_checked < form->year_from || (form->year_to && form->year_checked > form->year_to)))
        return doc_refuse(reader, doc_member(years, "checked"), "%d 不在本格式适用的年度里", form->year_checked);
    return true;
}

/* A title is recognised by its longest word. */
static int
by_length(const void *a, const void *b)
{
    size_t na = strlen(*(const char *const *)a), nb = strlen(*(const char *const *)b);
    return na == nb ? strcmp(*(const char *const *)a, *(const char *const *)b) : (na < nb) - (na > nb);
}

static bool
check_schema(struct doc_reader *reader, const struct doc *root)
{
    static const char known[] = "nianbao.form/1";
    const struct doc *schema = doc_member(root, "schema");
    if (!schema)
        return doc_refuse(reader, root, "缺少“schema: %s”：这不是格式定义文件", known);
    if (schema->kind != DOC_TEXT || strcmp(schema->text, known) != 0)
        return doc_refuse(reader, schema, "应当是 %s；别的写法这个版本读不懂", known);
    return true;
}

static bool
load_form(struct doc_reader *reader, struct form *form, const struct doc *root)
{
    if (!check_schema(reader, root) || !doc_fill(reader, root, form_members, form)
        || !check_years(reader, form, doc_member(root, "years")))
        return false;
    qsort(form->title_words, form->ntitle_words, sizeof *form->title_words, by_length);
    const struct doc *tables = doc_member(root, "tables");
    form->narrative = doc_member(root, "narrative");
    return load_units(reader, form, doc_member(root, "units"))
        && load_rules(reader, form, doc_member(root, "rules"))
        && form_load_tables(reader, form, tables)
        && form_load_equations(reader, form, tables)
        && form_load_previous(reader, form, root)
        && form_check_wording(reader, form, root)
        && form_check_narrative(reader, form);
}

enum status
form_load(struct arena *arena, const char *source, const char *yaml, size_t n, struct form **form, struct fault *fault)
{
    struct doc_reader reader = { .arena = arena, .source = source, .yaml = yaml, .n = n, .fault = fault };
    const struct doc *root = doc_parse(&reader);
    if (!root)
        return reader.status;
    *form = arena_alloc(arena, sizeof **form);
    if (!*form)
        doc_no_memory(&reader);
    else {
        (*form)->source = source;
        sha256_hex(yaml, n, (*form)->digest);
        load_form(&reader, *form, root);
    }
    return reader.status;
}
