/* SPDX-License-Identifier: MIT */
/* verify: the list of cells as they are beside the list as they were written. Sheets are matched by their names, then (renamed) by
 * what is in them or where they stand; of those that changed their order as few as possible were moved; cells by their addresses. */
#include "verify.h"

#include <stdlib.h>
#include <string.h>

#include "filing.h"
#include "limits.h"
#include "sheets.h"

/* A cell of a list. */
struct item {
    uint64_t place;                  /* row, then column */
    char kind;                       /* enum stamp_kind */
    const char *text;
};

/* A sheet of a list. */
struct tab {
    const char *name;
    size_t first, n;                 /* its items */
    size_t twin;                     /* the same sheet of the other list; SIZE_MAX: none */
    bool moved;
};

struct list {
    struct item *items; size_t nitems, items_cap;
    struct tab *tabs; size_t ntabs, tabs_cap;
};

/* A value of the hidden sheet, and where it stands in the workbook. */
struct keyed { const char *sheet; uint64_t place; const char *key, *value; };

struct verifier {
    struct arena *arena;
    struct verification *out;
    struct list before, now;
    struct keyed *keyed; size_t nkeyed, keyed_cap;
    bool failed;                     /* out of memory */
};

/* -- lists -- */

static uint64_t
number_of(const struct stamp_place *place)
{
    return (uint64_t)place->row << 16 | place->col;
}

/* False: out of memory. A list that is none (its digest can be made by anyone) gives what there is of it. */
static bool
take_list(struct arena *arena, char *text, struct list *out)
{
    struct stamp_place place = { .after = false };
    for (char *at; (at = stamp_next(&text)) != NULL;) {
        if (*at == '#') {
            place.after = false;
            if (out->ntabs == LIMIT_SHEETS)
                break;
            if (!arena_room(arena, &out->tabs, out->ntabs, &out->tabs_cap, sizeof *out->tabs))
                return false;
            out->tabs[out->ntabs++] = (struct tab){ .name = at + 1, .first = out->nitems, .twin = SIZE_MAX };
        } else if (out->ntabs > 0 && (at = stamp_take_place(at, &place)) != NULL && *at != '\0') {
            if (!arena_room(arena, &out->items, out->nitems, &out->items_cap, sizeof *out->items))
                return false;
            out->items[out->nitems++] = (struct item){ number_of(&place), *at, at + 1 };
            out->tabs[out->ntabs - 1].n++;
        }
    }
    return true;
}

/* -- keys -- */

static const char *
text_at(const struct sheet *sheet, uint32_t row, uint16_t col)
{
    const struct cell *cell = sheet_cell(sheet, row, col);
    return cell != NULL && cell->text != NULL ? cell->text : "";
}

static int
compare_keyed(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    return x->place != y->place ? (x->place > y->place) - (x->place < y->place) : strcmp(x->sheet, y->sheet);
}

/* The i-th place is that of the i-th value. */
static bool
take_keys(struct verifier *it, const struct sheet *sheet)
{
    const char *places = sheet == NULL ? "" : text_at(sheet, 0, STAMP_PLACES), *name = "";
    char *left = arena_copy(it->arena, places);
    struct stamp_place place = { .after = false };
    if (left == NULL)
        return false;
    for (char *at; (at = stamp_next(&left)) != NULL;) {
        if (*at == '#') {
            name = at + 1;
            place.after = false;
            continue;
        }
        if (!arena_room(it->arena, &it->keyed, it->nkeyed, &it->keyed_cap, sizeof *it->keyed))
            return false;
        uint32_t row = (uint32_t)++it->nkeyed;
        it->keyed[row - 1] = (struct keyed){ name, stamp_take_place(at, &place) != NULL ? number_of(&place) : UINT64_MAX, text_at(sheet, row, 0), text_at(sheet, row, 1) };
    }
    if (it->nkeyed > 0)
        qsort(it->keyed, it->nkeyed, sizeof *it->keyed, compare_keyed);
    return true;
}

static const struct keyed *
keyed_at(const struct verifier *it, const char *sheet, uint64_t place)
{
    const struct keyed wanted = { .sheet = sheet, .place = place };
    return it->nkeyed > 0 ? bsearch(&wanted, it->keyed, it->nkeyed, sizeof wanted, compare_keyed) : NULL;
}

/* -- changes -- */

static void
add_change(struct verifier *it, struct change change)
{
    struct verification *out = it->out;
    it->failed = it->failed || !arena_room(it->arena, &out->changes, out->nchanges, &out->changes_cap, sizeof *out->changes);
    if (!it->failed)
        out->changes[out->nchanges++] = change;
}

/* What a person sees, but for formulas. */
static const char *
shown(struct verifier *it, const struct item *item, const char *mark)
{
    struct text out = text_new(it->arena);
    if (item == NULL)
        return NULL;
    if (item->kind == STAMP_BOOLEAN)
        return strcmp(item->text, "0") == 0 ? "FALSE" : "TRUE";
    text_printf(&out, "%s%s", item->kind == STAMP_FORMULA ? "=" : item->kind == STAMP_TEXT ? mark : "", item->text);
    it->failed = it->failed || out.failed;
    return out.at;
}

/* Persons and telephone numbers that are written on the cover, in its lines or behind their labels, are nobody else's business. */
static bool
is_filled_in(const char *sheet, const struct change *change)
{
    size_t n = change->before != NULL ? strlen(change->before) : 0;
    return strcmp(sheet, COVER_SHEET) == 0 && change->now != NULL && strncmp(change->now, n > 0 ? change->before : "", n) == 0;
}

static void
add_cell(struct verifier *it, const char *old, const struct tab *tab, const struct item *before, const struct item *now)
{
    uint64_t place = (before != NULL ? before : now)->place;
    const struct keyed *keyed = keyed_at(it, old, place);
    char address[A1_SIZE];
    a1((uint32_t)(place >> 16), (uint16_t)place, address);
    struct change change = { .sheet = tab->name, .cell = arena_copy(it->arena, address),
                             .before = shown(it, before, ""), .now = shown(it, now, "") };
    it->failed = it->failed || change.cell == NULL;
    if (before != NULL && now != NULL && strcmp(change.before, change.now) == 0) {      /* 5 and "5" look the same */
        change.before = shown(it, before, "'");
        change.now = shown(it, now, "'");
    }
    if (is_filled_in(old, &change))
        change.now = "…";
    if (keyed != NULL) {
        change.key = keyed->key;
        change.value = before != NULL && before->kind == STAMP_FORMULA ? keyed->value : NULL;
    }
    add_change(it, change);
}

static bool
same_item(const struct item *a, const struct item *b)
{
    return a->kind == b->kind && strcmp(a->text, b->text) == 0;
}

static void
compare_cells(struct verifier *it, const struct tab *before, const struct tab *now)
{
    const struct item *a = it->before.items + before->first, *a_end = a + before->n;
    const struct item *b = it->now.items + now->first, *b_end = b + now->n;
    if ((a < a_end && a->kind == STAMP_SHEET) != (b < b_end && b->kind == STAMP_SHEET)) {      /* renamed: no digest to compare */
        add_change(it, (struct change){ .kind = CHANGE_SHEET_CONTENT, .sheet = now->name, .cell = "" });
        return;
    }
    while ((a < a_end || b < b_end) && !it->failed) {
        if (b == b_end || (a < a_end && a->place < b->place))
            add_cell(it, before->name, now, a++, NULL);
        else if (a == a_end || b->place < a->place)
            add_cell(it, before->name, now, NULL, b++);
        else {
            if (!same_item(a, b) && (a->kind == STAMP_SHEET || b->kind == STAMP_SHEET))
                add_change(it, (struct change){ .kind = CHANGE_SHEET_CONTENT, .sheet = now->name, .cell = "" });
            else if (!same_item(a, b))
                add_cell(it, before->name, now, a, b);
            a++;
            b++;
        }
    }
}

/* -- sheets -- */

static bool
same_cells(const struct verifier *it, const struct tab *before, const struct tab *now)
{
    const struct item *a = it->before.items + before->first, *b = it->now.items + now->first;
    bool same = before->n == now->n;
    for (size_t i = 0; i < before->n && same; i++)
        same = a[i].place == b[i].place && same_item(&a[i], &b[i]);
    return same;
}

static bool
same_name(const struct verifier *it, const struct tab *before, const struct tab *now)
{
    (void)it;
    return strcmp(before->name, now->name) == 0;
}

/* In a workbook that has as many sheets as it had. */
static bool
same_place(const struct verifier *it, const struct tab *before, const struct tab *now)
{
    return it->before.ntabs == it->now.ntabs && before - it->before.tabs == now - it->now.tabs;
}

static void
match_tabs(struct verifier *it, bool (*same)(const struct verifier *it, const struct tab *before, const struct tab *now))
{
    for (size_t i = 0; i < it->before.ntabs; i++)
        for (size_t j = 0; j < it->now.ntabs && it->before.tabs[i].twin == SIZE_MAX; j++)
            if (it->now.tabs[j].twin == SIZE_MAX && same(it, &it->before.tabs[i], &it->now.tabs[j])) {
                it->before.tabs[i].twin = j;
                it->now.tabs[j].twin = i;
            }
}

/* All sheets but those of the longest series that kept its order were moved. */
static bool
find_moved(struct verifier *it)
{
    struct tab *tabs = it->now.tabs;
    size_t n = it->now.ntabs, best = SIZE_MAX;
    size_t *length = arena_array(it->arena, n + 1, sizeof *length), *from = arena_array(it->arena, n + 1, sizeof *from);
    if (length == NULL || from == NULL)
        return false;
    for (size_t i = 0; i < n; i++) {
        tabs[i].moved = tabs[i].twin != SIZE_MAX;
        if (!tabs[i].moved)
            continue;
        length[i] = 1;
        from[i] = SIZE_MAX;
        for (size_t k = 0; k < i; k++)
            if (tabs[k].twin < tabs[i].twin && length[k] >= length[i]) {
                length[i] = length[k] + 1;
                from[i] = k;
            }
        if (best == SIZE_MAX || length[i] > length[best])
            best = i;
    }
    for (; best != SIZE_MAX; best = from[best])
        tabs[best].moved = false;
    return true;
}

static const char *
ordinal(struct verifier *it, size_t i)
{
    struct text out = text_new(it->arena);
    text_printf(&out, "%zu", i + 1);
    it->failed = it->failed || out.failed;
    return out.at;
}

static void
compare_tabs(struct verifier *it)
{
    for (size_t i = 0; i < it->before.ntabs; i++) {
        const struct tab *before = &it->before.tabs[i];
        if (before->twin == SIZE_MAX) {
            add_change(it, (struct change){ .kind = CHANGE_SHEET_REMOVED, .sheet = before->name, .cell = "", .before = before->name });
            continue;
        }
        const struct tab *now = &it->now.tabs[before->twin];
        if (strcmp(before->name, now->name) != 0)
            add_change(it, (struct change){ .kind = CHANGE_SHEET_RENAMED, .sheet = now->name, .cell = "", .before = before->name, .now = now->name });
        if (now->moved)
            add_change(it, (struct change){ .kind = CHANGE_SHEET_MOVED, .sheet = now->name, .cell = "", .before = ordinal(it, i),
                                            .now = ordinal(it, before->twin) });
        compare_cells(it, before, now);
    }
    for (size_t i = 0; i < it->now.ntabs; i++)
        if (it->now.tabs[i].twin == SIZE_MAX)
            add_change(it, (struct change){ .kind = CHANGE_SHEET_ADDED, .sheet = it->now.tabs[i].name, .cell = "", .now = it->now.tabs[i].name });
}

/* Which cells and sheets, if the copy can be trusted. */
static bool
find_changes(struct arena *arena, const struct book *book, struct verification *out)
{
    struct verifier it = { .arena = arena, .out = out };
    char *before, *now;
    if (!stamp_copy(arena, book, &before))
        return false;
    if (before == NULL)
        return true;
    if (!stamp_list(arena, book, &now) || !take_list(arena, before, &it.before) || !take_list(arena, now, &it.now)
        || !take_keys(&it, stamp_sheet(book)))
        return false;
    match_tabs(&it, same_name);
    match_tabs(&it, same_cells);
    match_tabs(&it, same_place);
    if (!find_moved(&it))
        return false;
    compare_tabs(&it);
    return !it.failed;
}

/* Numbers but for what is lost when they are saved with fifteen digits, and texts as they are. */
static bool
same_result(const struct item *before, const struct item *now)
{
    if (before->kind != STAMP_NUMBER || now->kind != STAMP_NUMBER)
        return same_item(before, now);
    double a = strtod(before->text, NULL), b = strtod(now->text, NULL), apart = a > b ? a - b : b - a;
    return apart <= 1e-13 * ((a < 0 ? -a : a) + (b < 0 ? -b : b));
}

/* What the formula of a cell shows, as an item. False: it shows nothing of its own, or out of memory. */
static bool
result_of(struct verifier *it, const struct cell *cell, struct item *out)
{
    struct text list = text_new(it->arena);
    struct stamp_place place = { .after = false };
    if (cell == NULL || !cell->computed || cell->kind == CELL_FORMULA)
        return false;
    stamp_put_result(&list, &place, cell);
    char *left = list.at, *item = list.failed ? NULL : stamp_next(&left);
    it->failed = it->failed || item == NULL;
    if (item == NULL || (item = stamp_take_place(item, &place)) == NULL)
        return false;
    *out = (struct item){ number_of(&place), *item, item + 1 };
    return true;
}

/* What formulas showed and show: a re-save computes the same again, as long as no other cell has changed. */
static bool
find_results(struct arena *arena, const struct book *book, struct verification *out)
{
    struct verifier it = { .arena = arena, .out = out };
    char *list;
    if (!stamp_results(arena, book, &list) || !take_list(arena, list, &it.before) || !take_keys(&it, stamp_sheet(book)))
        return false;
    for (size_t t = 0; t < it.before.ntabs && !it.failed; t++) {
        const struct tab *tab = &it.before.tabs[t];
        const struct sheet *sheet = book_sheet_named(book, tab->name);
        for (size_t i = 0; sheet != NULL && i < tab->n; i++) {
            const struct item *before = &it.before.items[tab->first + i];
            struct item now;
            if (!result_of(&it, sheet_cell(sheet, (uint32_t)(before->place >> 16), (uint16_t)before->place), &now) || same_result(before, &now))
                continue;
            add_cell(&it, tab->name, tab, before, &now);
            out->stamp = STAMP_CHANGED;
            out->cells = true;
        }
    }
    return !it.failed;
}

/* -- a roll-up -- */

static bool
is_digest(const char *s)
{
    return strspn(s, "0123456789abcdef") == 64 && s[64] == '\0';
}

/* What its register of inputs says: of each its file and its digest, in the columns of those heads. */
static bool
take_inputs(struct arena *arena, const struct sheet *sheet, struct verification *out)
{
    uint16_t file = UINT16_MAX, digest = UINT16_MAX;
    for (size_t i = 0; i < sheet->ncells; i++) {
        const struct cell *cell = &sheet->cells[i];
        if (cell->text == NULL)
            continue;
        if (digest == UINT16_MAX && strcmp(cell->text, REGISTER_FILE) == 0)
            file = cell->col;
        if (digest == UINT16_MAX && strcmp(cell->text, REGISTER_DIGEST) == 0)
            digest = cell->col;
        if (cell->col != digest || !is_digest(cell->text))
            continue;
        if (!arena_room(arena, &out->inputs, out->ninputs, &out->inputs_cap, sizeof *out->inputs))
            return false;
        out->inputs[out->ninputs++] = (struct verify_input){ cell->text, text_at(sheet, cell->row, file) };
    }
    return true;
}

bool
verify_book(struct arena *arena, const struct book *book, struct verification *out)
{
    struct stamp_state state;
    const char *year = book_property(book, "nianbao.year");
    *out = (struct verification){ .stamp = STAMP_NONE };
    if (!stamp_compare(book, &state))
        return false;
    *out = (struct verification){
        .stamp = state.stamp, .cells = state.cells, .stamp_touched = state.itself,
        .code = book_property(book, "nianbao.code"), .version = book_property(book, "nianbao.version"),
        .form = book_property(book, "nianbao.form"), .verdict = book_property(book, "nianbao.verdict"),
        .unit = book_property(book, "nianbao.unit"), .year = year != NULL ? (int)strtol(year, NULL, 10) : 0,
    };
    out->rollup = book_property(book, FILING_COVERED) != NULL;
    const struct sheet *inputs = out->rollup ? book_sheet_named(book, REGISTER_SHEET) : NULL;
    if (inputs != NULL && !take_inputs(arena, inputs, out))
        return false;
    return state.cells ? find_changes(arena, book, out) : state.stamp != STAMP_INTACT || find_results(arena, book, out);
}
