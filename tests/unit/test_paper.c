/* SPDX-License-Identifier: MIT */
/* Colours under a condition: whichever way equations share one, each cell of each equation has the condition of its own, and nothing
 * else has any. From the root. */
#include "test.h"

#include <ctype.h>
#include <stdlib.h>

#include "form_file.h"
#include "paper.h"
#include "text.h"

/* A formula as a spreadsheet shifts it. */
static const char *
shifted(struct arena *arena, const char *formula, uint32_t rows, uint32_t cols)
{
    struct text out = text_new(arena);
    while (*formula != '\0') {
        const char *s = formula;
        uint32_t col = 0;
        char address[A1_SIZE], *end;
        for (; isupper((unsigned char)*s); s++)
            col = col * 26 + (uint32_t)(*s - 'A' + 1);
        if (s > formula && isdigit((unsigned char)*s)) {
            uint32_t row = (uint32_t)strtoul(s, &end, 10);
            text_puts(&out, a1(row - 1 + rows, (uint16_t)(col - 1 + cols), address));
        } else
            text_put(&out, formula, (size_t)((end = (char *)s + (s == formula)) - formula));
        formula = end;
    }
    return out.at;
}

/* Conditions that say this of this cell. */
static size_t
count_on(struct arena *arena, const struct page *page, const struct area *cell, const char *formula)
{
    size_t n = 0;
    for (size_t i = 0; i < page->nconditions; i++) {
        const struct condition *it = &page->conditions[i];
        if (cell->row >= it->area.row && cell->row <= it->area.row2 && cell->col >= it->area.col && cell->col <= it->area.col2)
            n += strcmp(shifted(arena, it->formula, cell->row - it->area.row, cell->col - it->area.col), formula) == 0;
    }
    return n;
}

static size_t
check_side(struct arena *arena, const struct page *page, const struct layout *layout, const size_t *slots, size_t n, const char *formula)
{
    for (size_t i = 0; i < n; i++)
        CHECK_INT(count_on(arena, page, &layout->slots[slots[i] - layout->table->first], formula), 1);
    return n;
}

/* Returns how many conditions there are. */
static size_t
check_conditions(struct arena *arena, const struct layouts *layouts, const struct layout *layout)
{
    static const double width[1] = { 8 };
    struct draft draft;
    struct paper paper;
    size_t wanted = 0, cells = 0;
    CHECK(draft_init(arena, &draft) && paper_begin(&paper, &draft, "a", false, width, 1) && paper_conditions(&paper, layouts, layout));
    const struct page *page = paper_page(&paper);
    for (size_t i = 0; i < layout->table->nequations; i++) {
        const struct equation *equation = &layout->table->equations[i];
        struct equation_text it;
        struct text formula = text_new(arena);
        if (layout_reaches(equation))
            continue;
        CHECK(layout_equation(arena, layouts, equation, &it));
        text_printf(&formula, "AND(COUNT(%s)=COUNTA(%s),%s%s0)", it.members, it.members, it.difference,
                    equation->relation == RELATION_AT_MOST ? ">" : "<>");
        wanted += check_side(arena, page, layout, equation->left, equation->nleft, formula.at);
        if (equation->relation != RELATION_SUM)
            wanted += check_side(arena, page, layout, equation->right, equation->nright, formula.at);
    }
    for (size_t i = 0; i < page->nconditions; i++) {
        const struct area *area = &page->conditions[i].area;
        cells += (size_t)(area->row2 - area->row + 1) * (size_t)(area->col2 - area->col + 1);
    }
    CHECK_INT(cells, wanted);
    return page->nconditions;
}

/* As the law prints the tables, and with one more row anywhere. */
static size_t
check_form(struct arena *arena, const char *path)
{
    const struct form *form = form_of_file(arena, path);
    size_t n = 0;
    struct layout *at = arena_array(arena, form->ntables, sizeof *at);
    const struct layouts layouts = { at, form->ntables };
    for (size_t t = 0; t < form->ntables; t++)
        CHECK(layout_table(arena, &form->tables[t], &at[t]));
    for (size_t t = 0; t < form->ntables; t++)
        n += check_conditions(arena, &layouts, &at[t]);
    for (size_t t = 0; t < form->ntables; t++)
        for (uint32_t row = at[t].header_rows + 1; row < at[t].rows; row += 3) {
            CHECK(layout_table(arena, &form->tables[t], &at[t]));
            layout_insert(&at[t], row);
            check_conditions(arena, &layouts, &at[t]);
        }
    return n;
}

int
main(void)
{
    struct arena *arena = arena_new((size_t)256 << 20);
    CHECK_INT(check_form(arena, "templates/2021.yaml"), 9);     /* 表三: rows, columns, four cells of the balance; 表四: three groups */
    check_form(arena, "templates/2019.yaml");
    check_form(arena, "tests/forms/2027.yaml");
    check_form(arena, "tests/forms/foreign/foreign.yaml");
    arena_free(arena);
    return test_summary();
}
