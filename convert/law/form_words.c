/* SPDX-License-Identifier: MIT */
/* The texts of a definition. Labels, by which tables are found: two that read the same would be filled from each other's cells. Texts
 * that have braces: {placeholders} in the wording of rules, {keys} in the standard sentences: a wrong name there would only show
 * when a clerk reads the message. So both are refused when the form is loaded. */
#include "form_load.h"

#include <string.h>

#include "guess.h"
#include "label.h"

/* -- labels -- */

/* A label, or a variant of it, as it is looked for. */
struct sought { const char *text; size_t node; struct label_key key; };

static bool
reads_alike(const struct label_key *a, const struct label_key *b)
{
    return a->n == b->n && a->ordinal == b->ordinal && memcmp(a->cp, b->cp, a->n * sizeof *a->cp) == 0;
}

static bool
add_sought(struct doc_reader *reader, const struct doc *item, struct sought *all, size_t *n, struct sought it)
{
    label_key(it.text, &it.key);
    for (size_t i = 0; i < *n; i++)
        if (all[i].node != it.node && reads_alike(&all[i].key, &it.key))
            return doc_refuse(reader, item, "“%s”和上面第 %zu 个的“%s”在表里分不清", it.text, all[i].node + 1, all[i].text);
    all[(*n)++] = it;
    return true;
}

bool
form_check_labels(struct doc_reader *reader, const struct doc *list, const struct node *nodes, size_t n)
{
    size_t total = 0, done = 0;
    for (size_t i = 0; i < n; i++)
        total += 1 + nodes[i].label.nvariants;
    struct sought *all = arena_array(reader->arena, total, sizeof *all);
    if (!all)
        return doc_no_memory(reader);
    for (size_t i = 0; i < n; i++) {
        const struct label *label = &nodes[i].label;
        if (!add_sought(reader, &list->items[i], all, &done, (struct sought){ .text = label->text, .node = i }))
            return false;
        for (size_t v = 0; v < label->nvariants; v++)
            if (!add_sought(reader, &list->items[i], all, &done, (struct sought){ .text = label->variants[v], .node = i }))
                return false;
    }
    return true;
}

/* -- braces -- */

static const char *const placeholders[] = { "cell", "table", "row", "column", "found", "expected", "more", "difference", "n", "left", "right" };

/* The next "{name}" at or after *at, which then moves behind it. False at the end, or at a brace without partner (*at tells). */
static bool
next_brace(const char **at, const char **name, size_t *n)
{
    *at += strcspn(*at, "{}");
    if (**at != '{')
        return false;
    *name = *at + 1;
    *n = strcspn(*name, "{}");
    if ((*name)[*n] != '}')
        return false;
    *at = *name + *n + 1;
    return true;
}

static bool
check_placeholder(struct doc_reader *reader, const struct doc *doc, const char *name, size_t n)
{
    char *word = arena_text(reader->arena, name, n);
    if (!word)
        return doc_no_memory(reader);
    for (size_t i = 0; i < sizeof placeholders / sizeof *placeholders; i++)
        if (strcmp(placeholders[i], word) == 0)
            return true;
    struct guess guess = guess_new(word);
    for (size_t i = 0; i < sizeof placeholders / sizeof *placeholders; i++)
        guess_offer(&guess, placeholders[i]);
    return doc_refuse(reader, doc, "不认识“{%s}”%s", word, guess_remark(&guess));
}

/* "{KEY}" or "{KEY+KEY}", each key full, with "*" for a segment. */
static bool
check_keys(struct doc_reader *reader, const struct form *form, const struct doc *doc, const char *keys, size_t n)
{
    for (const char *end = keys + n, *next; keys <= end; keys = next + 1) {
        const char *plus = memchr(keys, '+', (size_t)(end - keys));
        next = plus ? plus : end;
        size_t length = (size_t)(next - keys), i = 0;
        while (i < form->nslots && !form_key_matches(form->slots[i].key, keys, length))
            i++;
        if (i < form->nslots)
            continue;
        char *word = arena_text(reader->arena, keys, length);
        if (!word)
            return doc_no_memory(reader);
        struct guess guess = guess_new(word);
        for (i = 0; i < form->nslots; i++)
            guess_offer(&guess, form->slots[i].key);
        return doc_refuse(reader, doc, "没有叫“%s”的数%s", word, guess_remark(&guess));
    }
    return true;
}

/* With a form: keys of it; without: placeholders. */
static bool
check_text(struct doc_reader *reader, const struct form *form, const struct doc *doc)
{
    const char *at = doc->text, *name;
    size_t n;
    while (next_brace(&at, &name, &n))
        if (!(form ? check_keys(reader, form, doc, name, n) : check_placeholder(reader, doc, name, n)))
            return false;
    return *at == '\0' || doc_refuse(reader, doc, "花括号 { } 没有成对");
}

static bool
check_rule(struct doc_reader *reader, const struct doc *rule)
{
    static const char *const parts[] = { "message", "hint" };
    const struct doc *title = doc_member(rule, "title");
    for (size_t l = 0; l < title->nitems; l++)
        if (strpbrk(title->items[l].text, "{}"))
            return doc_refuse(reader, &title->items[l], "规则的 title 照原样显示，不能用花括号 { }");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const struct doc *part = doc_member(rule, parts[i]);
        for (size_t l = 0; part && l < part->nitems; l++)
            if (!check_text(reader, NULL, &part->items[l]))
                return false;
    }
    return true;
}

bool
form_check_wording(struct doc_reader *reader, const struct form *form, const struct doc *root)
{
    const struct doc *rules = doc_member(root, "rules"), *sentences = doc_member(root, "sentences");
    for (size_t i = 0; rules && i < rules->nitems; i++)
        if (!check_rule(reader, &rules->items[i]))
            return false;
    for (size_t i = 0; sentences && i < sentences->nitems; i++) {
        const struct doc *sentence = &sentences->items[i];
        if (!strchr(sentence->text, '{'))
            return doc_refuse(reader, sentence, "这句话里没有 {数的键}，不用写在 sentences 里");
        if (!check_text(reader, form, sentence))
            return false;
    }
    return true;
}
