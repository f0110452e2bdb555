/* SPDX-License-Identifier: MIT */
/* sections: of the tables of one kind and year the best placement counts, and the others are told of. */
#include "sections.h"

#include <string.h>

#include "locate.h"
#include "value.h"

/* Fit for the section: visible sheets before hidden ones, then the better fit, then the report's own form. */
static bool
better(const struct report *report, const struct placement *a, const struct placement *b)
{
    if (a->sheet->hidden != b->sheet->hidden)
        return b->sheet->hidden;
    if (a->score > b->score + 1e-6 || a->score < b->score - 1e-6)
        return a->score > b->score;
    return a->table->form == report->form && b->table->form != report->form && placements_overlap(a, b);
}

static bool
add_repeat(struct report *report, struct section *section, const struct placement *p)
{
    for (size_t i = 0; i < section->nrepeats; i++)
        if (placements_overlap(section->repeats[i], p))
            return true;
    if (!arena_room(report->arena, &section->repeats, section->nrepeats, &section->repeats_cap, sizeof(struct placement *)))
        return false;
    section->repeats[section->nrepeats++] = p;
    return true;
}

static bool
choose_placement(struct report *report, const struct candidates *all, const char *id, struct section *section)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct placement *p = all->at[i];
        if (p->year == report->year && strcmp(p->table->id, id) == 0 && (!section->placement || better(report, p, section->placement)))
            section->placement = p;
    }
    for (size_t i = 0; section->placement && i < all->n; i++) {
        const struct placement *p = all->at[i];
        if (p->year == report->year && strcmp(p->table->id, id) == 0 && !p->sheet->hidden && !placements_overlap(p, section->placement) &&
            !add_repeat(report, section, p))
            return false;
    }
    if (section->placement)
        section->table = section->placement->table;
    return true;
}

/* The cell of a place; mostly the one behind the last, which is asked first. */
static const struct cell *
next_cell(const struct sheet *sheet, const struct place *place, const struct cell **last)
{
    const struct cell *next = *last != NULL && *last + 1 < sheet->cells + sheet->ncells ? *last + 1 : NULL;
    if (next == NULL || next->row != place->row || next->col != place->col)
        next = sheet_cell(sheet, place->row, place->col);
    *last = next != NULL ? next : *last;
    return next;
}

static bool
read_values(struct report *report, struct section *section)
{
    const struct table *table = section->table;
    section->values = arena_raw(report->arena, table->nslots * sizeof *section->values);
    if (!section->values)
        return false;
    section->empty = section->placement != NULL;
    const struct cell *last = NULL;
    struct look look = value_look(NULL);
    for (size_t i = 0; i < table->nslots; i++) {
        struct value *v = &section->values[i];
        const struct place *place = section->placement ? &section->placement->places[i] : NULL;
        *v = (struct value){ .slot = &table->form->slots[table->first + i], .origin = ORIGIN_MISSING, .raw = "" };
        if (!place || !place->found)
            continue;
        const struct cell *cell = next_cell(section->placement->sheet, place, &last);
        bool general = !cell || cell->format == 0 || cell->format >= report->book.nformats;
        const char *format = general ? NULL : report->book.formats[cell->format];
        v->sheet = section->placement->sheet;
        v->row = place->row;
        v->col = place->col;
        if (format != look.format)
            look = value_look(format);
        if (!value_read(report->arena, table->form, cell, &look, v))
            return false;
        if (v->origin == ORIGIN_GIVEN && !(v->slot->derived && v->computed))
            section->empty = false;
    }
    return true;
}

static bool
make_sections(struct report *report, const struct forms *forms, const struct candidates *all)
{
    const struct form *form = report->form;
    size_t most = form->ntables;
    for (size_t f = 0; f < forms->n; f++)
        most += forms->form[f]->ntables;
    report->sections = arena_array(report->arena, most, sizeof *report->sections);
    if (!report->sections)
        return false;
    for (size_t t = 0; t < form->ntables; t++) {
        struct section *s = &report->sections[report->nsections++];
        s->table = &form->tables[t];
        if (!choose_placement(report, all, form->tables[t].id, s))
            return false;
    }
    for (size_t i = 0; i < all->n; i++) {                  /* tables that the report's form does not have */
        const char *id = all->at[i]->table->id;
        if (all->at[i]->year != report->year || report_section(report, id))
            continue;
        struct section *s = &report->sections[report->nsections++];
        if (!choose_placement(report, all, id, s))
            return false;
    }
    for (size_t i = 0; i < report->nsections; i++)
        if (!read_values(report, &report->sections[i]))
            return false;
    return true;
}

static bool
note_ignored(struct report *report, const struct candidates *all)
{
    report->ignored = arena_array(report->arena, all->n + 1, sizeof(struct placement *));
    if (!report->ignored)
        return false;
    for (size_t i = 0; i < all->n; i++) {
        const struct placement *p = all->at[i];
        const struct section *s = report_section(report, p->table->id);
        bool used = p->year == report->year && s && s->placement && (!p->sheet->hidden || placements_overlap(p, s->placement));
        bool twice = report->nignored > 0 && placements_overlap(report->ignored[report->nignored - 1], p);
        if (!used && !twice)
            report->ignored[report->nignored++] = p;
    }
    return true;
}

bool
sections_make(struct report *report, const struct forms *forms, const struct candidates *all)
{
    return make_sections(report, forms, all) && note_ignored(report, all);
}
