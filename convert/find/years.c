/* SPDX-License-Identifier: MIT */
/* years: a workbook may hold last year's tables beside this year's, and either form's table may fit the same cells. */
#include "years.h"

#include <string.h>

#include "locate.h"

static bool
has_table(const struct candidates *all, int year, const char *id)
{
    for (size_t i = 0; i < all->n; i++)
        if (all->at[i]->year == year && !all->at[i]->sheet->hidden && strcmp(all->at[i]->table->id, id) == 0)
            return true;
    return false;
}

static const struct form *
form_of(const struct forms *forms, int year)
{
    const struct form *form = year ? forms_for_year(forms, year) : NULL;
    return form ? form : forms->form[year ? 0 : forms->n - 1];
}

static size_t
tables_of_year(const struct forms *forms, const struct candidates *all, int year, bool *enough)
{
    const struct form *form = form_of(forms, year);
    size_t n = 0;
    for (size_t t = 0; t < form->ntables; t++)
        n += has_table(all, year, form->tables[t].id);
    *enough = 2 * n > form->ntables;
    return n;
}

/* The newest year whose tables are all there, or most of them (a forgotten sheet must not make last year's report pass as this
 * year's); else the year with the most. */
static int
choose_year(const struct forms *forms, const struct candidates *all)
{
    int best = all->at[0]->year;
    bool best_enough;
    size_t most = tables_of_year(forms, all, best, &best_enough);
    for (size_t i = 1; i < all->n; i++) {
        bool enough;
        int year = all->at[i]->year;
        size_t n = tables_of_year(forms, all, year, &enough);
        if (enough != best_enough ? enough : enough || n == most ? year > best : n > most) {
            best = year;
            most = n;
            best_enough = enough;
        }
    }
    return best;
}

/* The year of tables that do not say theirs: the book's. But where last year's tables lie beside and alone name a year, this year's
 * are those without one, and the name of the file tells. */
static void
date_tables(const struct candidates *all, const struct identity *identity)
{
    int year = identity->year;
    for (size_t i = 0; i < all->n; i++)
        all->at[i]->year = table_year(identity, all->at[i]);
    for (size_t i = 0; i < all->n && year == identity->year; i++)
        if (!all->at[i]->year && identity->file_year > year && has_table(all, year, all->at[i]->table->id))
            year = identity->file_year;
    for (size_t i = 0; i < all->n; i++)
        if (!all->at[i]->year)
            all->at[i]->year = year;
}

static bool
again(const struct placement *p, const struct placement *q)
{
    return strcmp(p->table->id, q->table->id) == 0 && !placements_overlap(p, q);
}

/* A table that is there twice for one year: a heading between the two, too poor to be a title, may still tell their years apart. */
static void
date_repeats(const struct candidates *all, const struct identity *identity)
{
    for (size_t i = 0; i < all->n; i++) {
        struct placement *p = all->at[i], *last = NULL, *twin = NULL;
        for (size_t j = 0; j < i; j++)
            if (again(all->at[j], p)) {
                last = all->at[j];
                twin = !twin && last->year == p->year ? last : twin;
            }
        int year = twin ? table_year_again(identity, last, p, twin->year) : 0;
        if (!year || (twin->year && year > twin->year))          /* “2024年工作打算” */
            continue;
        p->year = year;
        for (size_t j = 0; j < i && !twin->year; j++)
            if (all->at[j] == twin || placements_overlap(all->at[j], twin))
                all->at[j]->year = table_year_again(identity, NULL, all->at[j], 0);
    }
}

/* Is this placement one form's alone (and not one of two that fit equally well)? */
static bool
decided(const struct candidates *all, size_t i)
{
    for (size_t j = 0; j < all->n; j++)
        if (j != i && placements_overlap(all->at[i], all->at[j]))
            return false;
    return true;
}

/* Without a year: the form of most tables. */
static const struct form *
majority_form(const struct forms *forms, const struct candidates *all)
{
    const struct form *best = forms->form[forms->n - 1];
    size_t most = 0;
    for (size_t f = forms->n; f-- > 0;) {
        size_t n = 0;
        for (size_t i = 0; i < all->n; i++)
            n += all->at[i]->table->form == forms->form[f] && decided(all, i);
        if (n > most) {
            most = n;
            best = forms->form[f];
        }
    }
    return best;
}

int
years_choose(const struct forms *forms, const struct candidates *all, const struct identity *identity)
{
    date_tables(all, identity);
    date_repeats(all, identity);
    return choose_year(forms, all);
}

const struct form *
years_form(const struct forms *forms, const struct candidates *all, int year)
{
    return year ? form_of(forms, year) : majority_form(forms, all);
}
