/* SPDX-License-Identifier: MIT */
/* commands_law: what the program knows of the law: forms and rules, as text and as JSON (nianbao.forms/1, nianbao.rules/1). */
#include "cli.h"
#include "json_writer.h"
#include "lines.h"
#include "wording.h"

enum { ID_WIDTH = 24 };          /* of the longest rule id, and a gap */

static size_t
count_equations(const struct form *form)
{
    size_t n = 0;
    for (size_t i = 0; i < form->ntables; i++)
        n += form->tables[i].nequations;
    return n;
}

static void
form_json(struct json *json, const struct form *form)
{
    json_open(json, '{');
    json_member(json, "form", form->id);
    json_member(json, "name", form->name);
    json_member(json, "title", form->title);
    json_member_int(json, "from", form->year_from);
    if (form->year_to != 0)
        json_member_int(json, "to", form->year_to);
    json_member_int(json, "tables", (long long)form->ntables);
    json_member_int(json, "values", (long long)form->nslots);
    json_member_int(json, "equations", (long long)count_equations(form));
    json_key(json, "law");
    json_open(json, '[');
    for (size_t i = 0; i < form->nlaw; i++)
        json_string(json, form->law[i]);
    json_close(json, ']');
    json_close(json, '}');
}

static bool
in_force(const struct forms *forms, const struct form *form, int year)
{
    return forms_for_year(forms, year) == form && (form->year_to == 0 || year <= form->year_to);
}

/* "2019–2020年度"; several spans when another form is in force for a while. */
static void
put_years(struct text *out, const struct forms *forms, const struct form *form, bool english)
{
    const char *between = english ? "report years " : "";
    for (int year = form->year_from; year <= YEAR_MOST; year++) {
        int first = year;
        if (!in_force(forms, form, year))
            continue;
        while (year < YEAR_MOST && in_force(forms, form, year + 1))
            year++;
        text_puts(out, between);
        if (year == YEAR_MOST && form->year_to == 0)
            text_printf(out, english ? "from %d on" : "%d年度起", first);
        else if (year == first)
            text_printf(out, english ? "%d" : "%d年度", first);
        else
            text_printf(out, english ? "%d–%d" : "%d–%d年度", first, year);
        between = english ? ", " : "、";
    }
}

static void
form_text(struct text *out, const struct forms *forms, const struct form *form, enum language language)
{
    bool english = language == LANGUAGE_EN;
    text_printf(out, "%s  %s  ", form->id, form->name);
    put_years(out, forms, form, english);
    text_printf(out, english ? "  %zu tables  %zu values  %zu equations\n" : "  %zu 张表  %zu 个数  %zu 项勾稽关系\n", form->ntables, form->nslots,
                count_equations(form));
    for (size_t i = 0; i < form->nlaw; i++)
        text_printf(out, "      %s\n", form->law[i]);
}

int
command_forms(struct cli *cli)
{
    struct forms forms;
    struct text out = text_new(cli->arena);
    struct json json = { .out = &out };
    bool as_json = cli->given[OPTION_JSON] != NULL;
    if (!cli_forms(cli, &forms))
        return EXIT_USAGE;
    if (as_json) {
        json_open(&json, '{');
        json_member(&json, "schema", "nianbao.forms/1");
        json_key(&json, "forms");
        json_open(&json, '[');
    }
    for (size_t i = 0; i < forms.n; i++) {
        if (as_json)
            form_json(&json, forms.form[i]);
        else
            form_text(&out, &forms, forms.form[i], cli->options.language);
    }
    if (as_json) {
        json_close(&json, ']');
        json_close(&json, '}');
        text_putc(&out, '\n');
    }
    return cli_print(cli, &out) ? EXIT_VALID : EXIT_OUTPUT;
}

/* Rules are put as JSON or as text; `form` is NULL for those that every form shares. */
struct rule_list { struct text *out; struct json *json; enum language language; };

static void
put_rule(const struct rule_list *list, const struct rule *rule, const struct form *form)
{
    const char *says = wording_text(rule->title, list->language);
    if (list->json != NULL) {
        json_open(list->json, '{');
        json_member(list->json, "rule", rule->id);
        json_member(list->json, "severity", severity_code(rule->severity));
        if (form != NULL)
            json_member(list->json, "form", form->id);
        json_member(list->json, "says", says);
        json_member_some(list->json, "basis", rule->basis);
        json_close(list->json, '}');
        return;
    }
    line_left(list->out, rule->id, ID_WIDTH);
    line_left(list->out, severity_word(rule->severity, list->language), 8);
    text_printf(list->out, "%s\n", says);
    if (rule->basis != NULL && *rule->basis != '\0') {
        line_left(list->out, "", ID_WIDTH + 8);
        text_printf(list->out, "%s\n", rule->basis);
    }
}

int
command_rules(struct cli *cli)
{
    struct forms forms;
    struct text out = text_new(cli->arena);
    struct json json = { .out = &out };
    struct rule_list list = { &out, cli->given[OPTION_JSON] != NULL ? &json : NULL, cli->options.language };
    if (!cli_forms(cli, &forms))
        return EXIT_USAGE;
    const struct form *only = cli->noperands > 0 ? cli_form(cli, &forms, cli->operands[0]) : NULL;
    if (cli->noperands > 0 && only == NULL)
        return EXIT_USAGE;
    if (list.json != NULL) {
        json_open(&json, '{');
        json_member(&json, "schema", "nianbao.rules/1");
        json_key(&json, "rules");
        json_open(&json, '[');
    }
    for (size_t i = 0; i < shared_rules_count; i++)
        put_rule(&list, &shared_rules[i], NULL);
    for (size_t i = 0; i < forms.n; i++) {
        const struct form *form = forms.form[i];
        if (only != NULL && form != only)
            continue;
        if (list.json == NULL) {
            text_putc(&out, '\n');
            line_form(&out, form, list.language);
            text_putc(&out, '\n');
        }
        for (size_t j = 0; j < form->nrules; j++)
            put_rule(&list, &form->rules[j], form);
    }
    if (list.json != NULL) {
        json_close(&json, ']');
        json_close(&json, '}');
        text_putc(&out, '\n');
    }
    return cli_print(cli, &out) ? EXIT_VALID : EXIT_OUTPUT;
}
