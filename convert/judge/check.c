/* SPDX-License-Identifier: MIT */
/* The judge. Equations are judged on the numbers as given: a blank total counts as computed, any other blank as 0, and an equation
 * with a term that has no number is not judged. Findings without numbers are grouped, one a table and rule. */
#include "check.h"

#include <string.h>

struct finding *
finding_add(struct report *report, const char *rule, enum severity severity, const struct section *section)
{
    if (!arena_room(report->arena, &report->findings, report->nfindings, &report->findings_cap, sizeof *report->findings))
        return NULL;
    struct finding *f = &report->findings[report->nfindings++];
    *f = (struct finding){ .rule = rule, .severity = severity, .section = section };
    return f;
}

bool
finding_add_value(struct report *report, struct finding *f, const struct value *value)
{
    if (!arena_room(report->arena, &f->values, f->nvalues, &f->values_cap, sizeof(struct value *)))
        return false;
    f->values[f->nvalues++] = value;
    return true;
}

/* What may be said of one value; each is a finding for all of a table. */
enum trait {
    NOT_A_NUMBER = 1, ERROR_IN_CELL = 2, NO_FORMULA_VALUE = 4, NOT_WHOLE = 8, NEGATIVE = 16, CONVERTED = 32, UNIT_UNCLEAR = 64,
    UNIT_IN_CELL = 128, NUMBER_AS_TEXT = 256, LEFT_BLANK = 512, TOTAL_FILLED = 1024
};

static unsigned
traits_of(const struct value *v)
{
    static const unsigned troubles[] = { [TROUBLE_NONE] = 0, [TROUBLE_NOT_A_NUMBER] = NOT_A_NUMBER, [TROUBLE_CELL_ERROR] = ERROR_IN_CELL,
                                         [TROUBLE_NO_FORMULA_VALUE] = NO_FORMULA_VALUE };
    bool given = v->origin == ORIGIN_GIVEN && v->has, filled = v->origin == ORIGIN_FILLED;
    unsigned set = troubles[v->trouble];
    if ((given || filled) && v->slot->kind != KIND_MONEY && !decimal_whole(v->number))
        set |= NOT_WHOLE;
    if ((given || filled) && v->slot->kind != KIND_CHANGE && v->number.micros < 0)
        set |= NEGATIVE;
    if (given && v->writing & WRITING_TEXT)
        set |= NUMBER_AS_TEXT;
    if (given && v->writing & WRITING_CONVERTED)
        set |= CONVERTED;
    else if (given && v->writing & WRITING_UNIT)
        set |= UNIT_IN_CELL;
    if (given && v->writing & WRITING_NO_UNIT && v->number.micros != 0)
        set |= UNIT_UNCLEAR;
    if (v->origin == ORIGIN_BLANK && v->has)
        set |= LEFT_BLANK;
    return filled ? set | TOTAL_FILLED : set;
}

/* One finding for all values of the section that have the trait; `any` is what they have together. */
struct traits { unsigned any, *of; };

static bool
group(struct report *report, const struct section *section, const struct traits *traits, const char *rule, enum severity severity,
      enum trait trait)
{
    struct finding *f = NULL;
    for (size_t i = 0; traits->any & trait && i < section->table->nslots; i++) {
        if (!(traits->of[i] & trait))
            continue;
        if (!f && !(f = finding_add(report, rule, severity, section)))
            return false;
        if (!finding_add_value(report, f, &section->values[i]))
            return false;
    }
    return true;
}

static bool
find_traits(struct report *report, const struct section *section, struct traits *traits)
{
    *traits = (struct traits){ 0, arena_array(report->arena, section->table->nslots, sizeof *traits->of) };
    for (size_t i = 0; traits->of && i < section->table->nslots; i++)
        traits->any |= traits->of[i] = traits_of(&section->values[i]);
    return traits->of != NULL;
}

/* -- totals -- */

bool
table_has_sums(const struct table *table)
{
    return table->nequations > 0 && table->equations[0].relation == RELATION_SUM;      /* sums come first */
}

static bool
derivable(const struct report *report, const struct equation *e, struct decimal *sum)
{
    *sum = (struct decimal){ 0 };
    for (size_t i = 0; i < e->nright; i++) {
        const struct value *v = equation_value(report, e, e->right[i]);
        bool waiting = v && v->origin == ORIGIN_BLANK && v->slot->derived;
        if (!v || !v->has || waiting || !decimal_add(*sum, v->number, sum))
            return false;
    }
    return true;
}

/* Is e the first sum of the table that gives its slot? */
static bool
first_sum(const struct table *table, const struct equation *e)
{
    for (const struct equation *p = table->equations; p < e; p++)
        if (p->relation == RELATION_SUM && p->left[0] == e->left[0])
            return false;
    return true;
}

/* One pass over a section's sums; true when a total was filled. */
static bool
fill_section(const struct report *report, const struct section *section, bool any_sum)
{
    const struct table *table = section->table;
    bool filled = false;
    for (size_t i = 0; i < table->nequations; i++) {
        const struct equation *e = &table->equations[i];
        if (e->relation != RELATION_SUM)
            continue;
        struct value *v = &section->values[e->left[0] - table->first];
        struct decimal sum;
        if (v->origin != ORIGIN_BLANK || (!any_sum && !first_sum(table, e)) || !derivable(report, e, &sum))
            continue;
        v->origin = ORIGIN_FILLED;
        v->number = sum;
        v->has = filled = true;
    }
    return filled;
}

void
fill_totals(const struct report *report)
{
    for (int any_sum = 0; any_sum < 2; any_sum++)              /* a slot's other sums only when the first cannot give it */
        for (bool again = true; again;) {
            again = false;
            for (size_t i = 0; i < report->nsections; i++)
                again = fill_section(report, &report->sections[i], any_sum == 1) || again;
        }
    for (size_t s = 0; s < report->nsections; s++)             /* a blank total that nothing gives is no number */
        for (size_t i = 0; i < report->sections[s].table->nslots; i++) {
            struct value *v = &report->sections[s].values[i];
            v->has = v->has && !(v->origin == ORIGIN_BLANK && v->slot->derived);
        }
}

/* -- equations -- */

const struct value *
equation_value(const struct report *report, const struct equation *equation, size_t slot)
{
    const struct table *table = equation->table->form->slots[slot].table;
    for (size_t i = 0; i < report->nsections; i++)
        if (report->sections[i].table == table)
            return &report->sections[i].values[slot - table->first];
    return NULL;
}

static bool
side(const struct report *report, const struct equation *e, const size_t *slots, size_t n, struct decimal *sum)
{
    *sum = (struct decimal){ 0 };
    for (size_t i = 0; i < n; i++) {
        const struct value *v = equation_value(report, e, slots[i]);
        if (!v || !v->has || !decimal_add(*sum, v->number, sum))
            return false;
    }
    return true;
}

bool
equation_sides(const struct report *report, const struct equation *e, struct decimal *left, struct decimal *right)
{
    return side(report, e, e->left, e->nleft, left) && side(report, e, e->right, e->nright, right);
}

static int by_slot(const struct value *a, const struct value *b) { return a->slot < b->slot ? -1 : a->slot > b->slot; }

/* `keys` of an equation: the total alone; all cells in legal order when there is none. */
static bool
equation_keys(struct report *report, struct finding *f, const struct equation *e)
{
    for (size_t i = 0; i < e->nleft + e->nright; i++) {
        if (e->relation == RELATION_SUM && i >= e->nleft)
            break;
        const struct value *v = equation_value(report, e, i < e->nleft ? e->left[i] : e->right[i - e->nleft]);
        if (!finding_add_value(report, f, v))
            return false;
        for (size_t k = f->nvalues - 1; k > 0 && by_slot(f->values[k - 1], f->values[k]) > 0; k--) {
            const struct value *swap = f->values[k];
            f->values[k] = f->values[k - 1];
            f->values[k - 1] = swap;
        }
    }
    return true;
}

static bool
judge(struct report *report, const struct section *section, const struct equation *e)
{
    struct decimal left, right;
    bool balance = e->relation != RELATION_AT_MOST;         /* 勾稽关系; an inequality is a plausibility */
    if (!equation_sides(report, e, &left, &right)) {
        report->equations_unjudged += balance;
        return true;
    }
    report->equations_judged += balance;
    if (e->relation == RELATION_AT_MOST ? left.micros <= right.micros : left.micros == right.micros)
        return true;
    struct finding *f = finding_add(report, e->rule->id, e->rule->severity, section);
    if (!f || !equation_keys(report, f, e))
        return false;
    f->equation = e;
    f->numbers = true;
    f->found = left;
    f->expected = right;
    if (!decimal_sub(left, right, &f->difference))
        f->numbers = false;
    size_t n = e->relation == RELATION_SUM ? e->nright : f->nvalues;
    f->terms = arena_array(report->arena, n, sizeof(struct value *));
    if (!f->terms)
        return false;
    for (f->nterms = 0; f->nterms < n; f->nterms++)
        f->terms[f->nterms] = e->relation == RELATION_SUM ? equation_value(report, e, e->right[f->nterms]) : f->values[f->nterms];
    return true;
}

/* -- structure -- */

static bool
missing_row(const struct section *section, const struct block *block, size_t row)
{
    const struct value *v = section->values + (block->first - section->table->first) + row * block->ncolumn_leaves;
    for (size_t c = 0; c < block->ncolumn_leaves; c++)
        if (v[c].origin != ORIGIN_MISSING)
            return false;
    return true;
}

static bool
missing_column(const struct section *section, const struct block *block, size_t column)
{
    const struct value *v = section->values + (block->first - section->table->first) + column;
    bool any = false;
    for (size_t r = 0; r < block->nrow_leaves; r++) {
        bool missing = v[r * block->ncolumn_leaves].origin == ORIGIN_MISSING;
        if (!missing && !missing_row(section, block, r))
            return false;
        any = any || (missing && !missing_row(section, block, r));
    }
    return any;
}

/* Missing columns, then missing rows; single missing cells count to their row. */
static bool
check_block(struct report *report, const struct section *section, const struct block *block)
{
    const struct value *values = section->values + (block->first - section->table->first);
    size_t n = block->ncolumn_leaves;
    for (size_t c = 0; c < n; c++) {
        if (!missing_column(section, block, c))
            continue;
        struct finding *f = finding_add(report, "column-missing", SEVERITY_ERROR, section);
        for (size_t r = 0; r < block->nrow_leaves; r++)
            if (!f || (values[r * n + c].origin == ORIGIN_MISSING && !missing_row(section, block, r) &&
                       !finding_add_value(report, f, &values[r * n + c])))
                return false;
    }
    for (size_t r = 0; r < block->nrow_leaves; r++) {
        struct finding *f = NULL;
        for (size_t c = 0; c < n; c++) {
            if (values[r * n + c].origin != ORIGIN_MISSING || missing_column(section, block, c))
                continue;
            if ((!f && !(f = finding_add(report, "row-missing", SEVERITY_ERROR, section))) || !finding_add_value(report, f, &values[r * n + c]))
                return false;
        }
    }
    return true;
}

/* Places that are no slots: cells of their own. */
static bool
add_cell(struct report *report, struct finding *f, const struct sheet *sheet, struct area area)
{
    char place[ADDRESS_SIZE];
    const char **cells = arena_array(report->arena, f->ncells + 1, sizeof(char *));
    if (!cells)
        return false;
    if (f->ncells)
        memcpy(cells, f->cells, f->ncells * sizeof(char *));
    f->cells = cells;
    cells[f->ncells] = sheet_place(report->arena, sheet, sheet_address(sheet, area, place));
    return cells[f->ncells++] != NULL;
}

/* An error of the table as a whole. */
static bool
add_whole(struct report *report, const struct section *section, const char *rule)
{
    struct finding *f = finding_add(report, rule, SEVERITY_ERROR, section);
    return f && add_cell(report, f, section->placement->sheet, section->placement->range);
}

static bool
check_strays(struct report *report, const struct section *section)
{
    const struct placement *p = section->placement;
    for (int repeated = 1; repeated >= 0; repeated--)
        for (size_t i = 0; i < p->nstrays; i++) {
            const struct stray *s = &p->strays[i];
            if (s->repeated != (repeated == 1))
                continue;
            struct finding *f = finding_add(report, repeated ? "row-duplicate" : "row-unknown", repeated ? SEVERITY_ERROR : SEVERITY_NOTE, section);
            if (!f || !add_cell(report, f, p->sheet, (struct area){ s->row, s->row, s->col, s->col }))
                return false;
            f->path = s->label;
        }
    for (size_t i = 0; i < section->nrepeats; i++) {
        struct finding *f = finding_add(report, "table-duplicate", SEVERITY_ERROR, section);
        if (!f || !add_cell(report, f, section->repeats[i]->sheet, section->repeats[i]->range))
            return false;
    }
    return true;
}

/* The table says nothing: none of its equations is judged. */
static void
leave_unjudged(struct report *report, const struct table *table)
{
    for (size_t i = 0; i < table->nequations; i++)
        report->equations_unjudged += table->equations[i].relation != RELATION_AT_MOST;
}

static bool
check_section(struct report *report, const struct section *section)
{
    if (!section->placement || section->empty)
        leave_unjudged(report, section->table);
    if (!section->placement)
        return finding_add(report, "table-missing", SEVERITY_ERROR, section) != NULL;
    if (report->year && section->table->form != report->form && !add_whole(report, section, "form-mismatch"))
        return false;
    for (size_t b = 0; b < section->table->nblocks; b++)
        if (!check_block(report, section, &section->table->blocks[b]))
            return false;
    if (!check_strays(report, section))
        return false;
    if (section->empty)                                          /* nothing else can be said of an empty table */
        return add_whole(report, section, "table-empty");
    struct traits traits;
    if (!find_traits(report, section, &traits) ||
        !group(report, section, &traits, "not-a-number", SEVERITY_ERROR, NOT_A_NUMBER) ||
        !group(report, section, &traits, "cell-error", SEVERITY_ERROR, ERROR_IN_CELL) ||
        !group(report, section, &traits, "formula-no-value", SEVERITY_ERROR, NO_FORMULA_VALUE) ||
        !group(report, section, &traits, "not-whole", SEVERITY_ERROR, NOT_WHOLE) ||
        !group(report, section, &traits, "negative", SEVERITY_ERROR, NEGATIVE))
        return false;
    for (size_t i = 0; i < section->table->nequations; i++)
        if (!judge(report, section, &section->table->equations[i]))
            return false;
    return group(report, section, &traits, "unit-text", SEVERITY_WARNING, CONVERTED) &&
           group(report, section, &traits, "unit-unclear", SEVERITY_WARNING, UNIT_UNCLEAR) &&
           group(report, section, &traits, "unit-text", SEVERITY_NOTE, UNIT_IN_CELL) &&
           group(report, section, &traits, "text-number", SEVERITY_NOTE, NUMBER_AS_TEXT) &&
           group(report, section, &traits, "blank", SEVERITY_NOTE, LEFT_BLANK) &&
           group(report, section, &traits, "total-filled", SEVERITY_NOTE, TOTAL_FILLED);
}

/* Every table with sums is there, not empty, and all zero: nobody applied, nobody appealed. */
static bool
all_zero(const struct report *report)
{
    bool any = false;
    for (size_t i = 0; i < report->nsections; i++) {
        const struct section *s = &report->sections[i];
        if (!table_has_sums(s->table))
            continue;
        if (!s->placement || s->empty)
            return false;
        for (size_t v = 0; v < s->table->nslots; v++)
            if (!s->values[v].has || s->values[v].number.micros != 0)
                return false;
        any = true;
    }
    return any;
}

bool
check(struct report *report, const struct forms *forms)
{
    const struct form *newest = forms->form[forms->n - 1];
    if (!report->unit && !finding_add(report, "unit-unknown", SEVERITY_WARNING, NULL))
        return false;
    if (!report->year && !finding_add(report, "year-unknown", SEVERITY_WARNING, NULL))
        return false;
    if (newest->year_checked && report->year >= newest->year_checked + 2 && !finding_add(report, "form-mismatch", SEVERITY_NOTE, NULL))
        return false;
    for (size_t i = 0; i < report->nsections; i++)
        if (!check_section(report, &report->sections[i]))
            return false;
    for (size_t i = 0; i < report->nignored; i++) {
        struct finding *f = finding_add(report, "table-ignored", SEVERITY_NOTE, NULL);
        if (!f || !add_cell(report, f, report->ignored[i]->sheet, report->ignored[i]->range))
            return false;
        f->path = report->ignored[i]->table->title.text;
    }
    if (report->book.revised && !finding_add(report, "tracked-changes", SEVERITY_NOTE, NULL))
        return false;
    return !all_zero(report) || finding_add(report, "all-zero", SEVERITY_NOTE, NULL) != NULL;
}
