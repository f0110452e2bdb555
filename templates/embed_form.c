/* SPDX-License-Identifier: MIT */
/* A form as C data, struct by struct as convert/law/form.h has them. */
#include <inttypes.h>
#include <stdio.h>

#include "embed_parts.h"

/* -- tables -- */

static void
put_label(const char *field, const struct label *label)
{
    if (label->text == NULL)
        return;
    printf(", .%s = { .number = %zu", field, label->number);
    put_text("text", label->text);
    put_texts("variants", "nvariants", label->variants, label->nvariants);
    printf(" }");
}

static void
declare_nodes(struct emitter *emitter, const struct node *nodes, size_t n)
{
    declare(emitter, "node", nodes, n, sizeof *nodes);
    for (size_t i = 0; i < n; i++)
        declare_nodes(emitter, nodes[i].children, nodes[i].nchildren);
}

static void
put_nodes(struct emitter *emitter, const struct node *nodes, size_t n)
{
    if (n == 0)
        return;
    begin(emitter, nodes);
    for (size_t i = 0; i < n; i++) {
        const struct node *node = &nodes[i];
        printf("{ .kind = %d, .unit_printed = %d, .width = %g", (int)node->kind, node->unit_printed, node->width);
        put_label("label", &node->label);
        put_text("key", node->key);
        put_text("path_key", node->path_key);
        put_text("path", node->path);
        put_text("brief", node->brief);
        put_text("help", node->help);
        put_address(emitter, "parent", node->parent);
        put_array(emitter, "children", "nchildren", node->children, node->nchildren);
        put_number("leaf", node->leaf);
        put_number("nleaves", node->nleaves);
        put_number("depth", node->depth);
        puts(" },");
    }
    puts("};");
    for (size_t i = 0; i < n; i++)
        put_nodes(emitter, nodes[i].children, nodes[i].nchildren);
}

static void
put_leaves(struct emitter *emitter, const char *field, const char *count, struct node *const *leaves, size_t n)
{
    put_number(count, n);
    printf(", .%s = (void *)(struct node *const[]){", field);
    for (size_t i = 0; i < n; i++) {
        put_name(emitter, leaves[i]);
        putchar(',');
    }
    putchar('}');
}

static void
put_blocks(struct emitter *emitter, const struct table *table)
{
    begin(emitter, table->blocks);
    for (size_t i = 0; i < table->nblocks; i++) {
        const struct block *block = &table->blocks[i];
        printf("{ .stretch = %d", block->stretch);
        put_label("caption", &block->caption);
        put_label("corner", &block->corner);
        put_label("heading", &block->heading);
        put_array(emitter, "rows", "nrows", block->rows, block->nrows);
        put_array(emitter, "columns", "ncolumns", block->columns, block->ncolumns);
        put_leaves(emitter, "row_leaf", "nrow_leaves", block->row_leaf, block->nrow_leaves);
        put_leaves(emitter, "column_leaf", "ncolumn_leaves", block->column_leaf, block->ncolumn_leaves);
        put_number("row_depth", block->row_depth);
        put_number("column_depth", block->column_depth);
        put_number("first", block->first);
        put_number("number", block->number);
        puts(" },");
    }
    puts("};");
}

static void
put_equations(struct emitter *emitter, const struct table *table)
{
    if (table->nequations == 0)
        return;
    begin(emitter, table->equations);
    for (size_t i = 0; i < table->nequations; i++) {
        const struct equation *equation = &table->equations[i];
        printf("{ .relation = %d", (int)equation->relation);
        put_address(emitter, "rule", equation->rule);
        put_address(emitter, "table", equation->table);
        put_address(emitter, "row", equation->row);
        put_address(emitter, "column", equation->column);
        put_numbers("left", "nleft", equation->left, equation->nleft);
        put_numbers("right", "nright", equation->right, equation->nright);
        puts(" },");
    }
    puts("};");
}

static void
put_ties(struct emitter *emitter, const struct table *table)
{
    if (table->nties == 0)
        return;
    begin(emitter, table->ties);
    for (size_t i = 0; i < table->nties; i++) {
        const struct tie *tie = &table->ties[i];
        printf("{ .severity = %d, .at_least = %d, .now = %zu", (int)tie->severity, tie->at_least, tie->now);
        put_address(emitter, "rule", tie->rule);
        put_numbers("last", "nlast", tie->last, tie->nlast);
        put_numbers("plus", "nplus", tie->plus, tie->nplus);
        put_numbers("minus", "nminus", tie->minus, tie->nminus);
        puts(" },");
    }
    puts("};");
}

static void
put_leaps(const struct table *table)
{
    if (table->nleaps == 0)
        return;
    printf(", .nleaps = %zu, .leaps = (void *)(const struct leap[]){", table->nleaps);
    for (size_t i = 0; i < table->nleaps; i++)
        printf("{%zu,%d},", table->leaps[i].slot, table->leaps[i].factor);
    putchar('}');
}

/* `number`: of the form. */
static void
put_table(struct emitter *emitter, const struct table *table, size_t number)
{
    printf("{ .form = &form_%zu, .landscape = %d, .joint = %d", number, table->landscape, table->joint);
    put_text("id", table->id);
    put_label("title", &table->title);
    put_text("brief", table->brief);
    put_text("sheet", table->sheet);
    put_array(emitter, "blocks", "nblocks", table->blocks, table->nblocks);
    put_number("first", table->first);
    put_number("nslots", table->nslots);
    put_array(emitter, "equations", "nequations", table->equations, table->nequations);
    put_array(emitter, "ties", "nties", table->ties, table->nties);
    put_address(emitter, "repeated", table->repeated);
    put_leaps(table);
    puts(" },");
}

static void
declare_table(struct emitter *emitter, const struct table *table)
{
    declare(emitter, "block", table->blocks, table->nblocks, sizeof *table->blocks);
    declare(emitter, "equation", table->equations, table->nequations, sizeof *table->equations);
    declare(emitter, "tie", table->ties, table->nties, sizeof *table->ties);
    for (size_t b = 0; b < table->nblocks; b++) {
        declare_nodes(emitter, table->blocks[b].rows, table->blocks[b].nrows);
        declare_nodes(emitter, table->blocks[b].columns, table->blocks[b].ncolumns);
    }
}

static void
put_parts_of(struct emitter *emitter, const struct table *table)
{
    put_blocks(emitter, table);
    put_equations(emitter, table);
    put_ties(emitter, table);
    for (size_t b = 0; b < table->nblocks; b++) {
        put_nodes(emitter, table->blocks[b].rows, table->blocks[b].nrows);
        put_nodes(emitter, table->blocks[b].columns, table->blocks[b].ncolumns);
    }
}

/* -- the rest of a form -- */

static void
put_slots(struct emitter *emitter, const struct form *form)
{
    begin(emitter, form->slots);
    for (size_t i = 0; i < form->nslots; i++) {
        const struct slot *slot = &form->slots[i];
        printf("{ .kind = %d, .unit_printed = %d, .derived = %d", (int)slot->kind, slot->unit_printed, slot->derived);
        put_text("key", slot->key);
        put_address(emitter, "table", slot->table);
        put_address(emitter, "block", slot->block);
        put_address(emitter, "row", slot->row);
        put_address(emitter, "column", slot->column);
        puts(" },");
    }
    puts("};");
}

static void
put_wording(const char *field, struct wording wording)
{
    if (wording.zh == NULL)                 /* no hint */
        return;
    printf(", .%s = { .zh = ", field);
    put_literal(wording.zh);
    put_text("en", wording.en);
    printf(" }");
}

static void
put_rules(struct emitter *emitter, const struct form *form)
{
    if (form->nrules == 0)
        return;
    begin(emitter, form->rules);
    for (size_t i = 0; i < form->nrules; i++) {
        const struct rule *rule = &form->rules[i];
        printf("{ .severity = %d", (int)rule->severity);
        put_text("id", rule->id);
        put_wording("title", rule->title);
        put_wording("message", rule->message);
        put_wording("hint", rule->hint);
        put_text("basis", rule->basis);
        puts(" },");
    }
    puts("};");
}

static void
put_kin(const struct form *form)
{
    if (form->nkin == 0)
        return;
    printf(", .nkin = %zu, .kin = (void *)(const struct kin[]){", form->nkin);
    for (size_t i = 0; i < form->nkin; i++) {
        const struct kin *kin = &form->kin[i];
        printf("{ .form = \"%s\"", kin->form);
        put_text("label", kin->label);
        put_numbers("now", "nnow", kin->now, kin->nnow);
        put_texts("last", "nlast", kin->last, kin->nlast);
        put_text("place", kin->place);
        printf(" },");
    }
    putchar('}');
}

static void
put_units(const struct form *form)
{
    if (form->nunits == 0)
        return;
    printf(", .nunits = %zu, .units = (void *)(const struct unit[]){", form->nunits);
    for (size_t i = 0; i < form->nunits; i++) {
        const struct unit *unit = &form->units[i];
        printf("{ .kind = %d, .numerator = %" PRId64 ", .denominator = %" PRId64, (int)unit->kind, unit->numerator, unit->denominator);
        put_text("word", unit->word);
        printf(" },");
    }
    putchar('}');
}

static void
put_members(struct emitter *emitter, const struct form *form)
{
    printf("{ .year_from = %d, .year_to = %d, .year_checked = %d", form->year_from, form->year_to, form->year_checked);
    put_text("id", form->id);
    put_text("name", form->name);
    put_text("title", form->title);
    put_text("source", form->source);
    put_text("digest", form->digest);
    put_texts("law", "nlaw", form->law, form->nlaw);
    put_array(emitter, "tables", "ntables", form->tables, form->ntables);
    put_array(emitter, "slots", "nslots", form->slots, form->nslots);
    put_array(emitter, "rules", "nrules", form->rules, form->nrules);
    put_texts("instructions", "ninstructions", form->instructions, form->ninstructions);
    put_texts("sentences", "nsentences", form->sentences, form->nsentences);
    put_address(emitter, "narrative", form->narrative);
    put_kin(form);
    put_texts("title_words", "ntitle_words", form->title_words, form->ntitle_words);
    put_texts("unit_labels", "nunit_labels", form->unit_labels, form->nunit_labels);
    put_texts("year_labels", "nyear_labels", form->year_labels, form->nyear_labels);
    put_units(form);
    puts(" };");
}

void
put_form(struct emitter *emitter, size_t number, const struct form *form)
{
    printf("static const struct form form_%zu;\n", number);
    declare(emitter, "table", form->tables, form->ntables, sizeof *form->tables);
    declare(emitter, "slot", form->slots, form->nslots, sizeof *form->slots);
    declare(emitter, "rule", form->rules, form->nrules, sizeof *form->rules);
    for (size_t t = 0; t < form->ntables; t++)
        declare_table(emitter, &form->tables[t]);
    begin(emitter, form->tables);
    for (size_t t = 0; t < form->ntables; t++)
        put_table(emitter, &form->tables[t], number);
    puts("};");
    for (size_t t = 0; t < form->ntables; t++)
        put_parts_of(emitter, &form->tables[t]);
    put_slots(emitter, form);
    put_rules(emitter, form);
    if (form->narrative != NULL)
        put_doc(emitter, form->narrative);
    printf("static const struct form form_%zu = ", number);
    put_members(emitter, form);
}
