/* SPDX-License-Identifier: MIT */
/* text_boxes: tables drawn with lines, as editors, databases and converters make them: "│ a │ b │" between "├───┼───┤", or "| a | b |" between
 * "+---+---+". They are written anew as rows between bars, which text_records reads; all other lines stay as they are.
 *
 * Lines between two rules are one row of the table, its cells broken over them, unless a column has two numbers there: then every line of
 * every table is a row (databases rule off the header only). A cell over several columns has bars missing below it, so columns are
 * told by where the bars stand, a wide character being two places and a drawn one two or one; where that gives no clear columns, by their
 * order. */
#include <string.h>

#include "bytes.h"
#include "text_records.h"

enum { MOST_COLUMNS = 64 };

enum drawn { DRAWN_NONE, DRAWN_BAR, DRAWN_RULE, DRAWN_CORNER };

static enum drawn
drawn(uint32_t cp)
{
    switch (cp) {
    case '|': case 0x2502: case 0x2503: case 0x2551: case 0xFF5C: return DRAWN_BAR;
    case '-': case '=': case 0x2500: case 0x2501: case 0x2550: return DRAWN_RULE;
    default: return cp == '+' || (cp >= 0x2500 && cp <= 0x257F) ? DRAWN_CORNER : DRAWN_NONE;
    }
}

struct line { const char *at, *end; enum { LINE_OTHER, LINE_RULE, LINE_CELLS } kind; };

/* A line of a table begins and ends with a bar or a corner; one that is all drawn, and not only bars, is a rule. */
static void
classify(struct line *line)
{
    enum drawn first = DRAWN_NONE, last = DRAWN_NONE;
    bool rule = false, text = false, any = false;
    size_t used;
    for (const char *p = line->at; p < line->end; p += used) {
        uint32_t cp = utf8_decode(p, (size_t)(line->end - p), &used);
        if (is_space(cp))
            continue;
        last = drawn(cp);
        first = any ? first : last;
        any = true;
        rule = rule || last == DRAWN_RULE || last == DRAWN_CORNER;
        text = text || last == DRAWN_NONE;
    }
    bool table = (first == DRAWN_BAR || first == DRAWN_CORNER) && (last == DRAWN_BAR || last == DRAWN_CORNER);
    line->kind = !table ? LINE_OTHER : rule && !text ? LINE_RULE : LINE_CELLS;
}

/* What stands between two bars: where it begins, in places of the screen, and whether it is a rule. */
struct field { const char *at, *end; size_t place; bool ruled; };

/* The fields of a line; `wide`: places of a drawn character. More than MOST_COLUMNS are not looked at. */
static size_t
fields_of(const struct line *line, size_t wide, struct field out[MOST_COLUMNS + 1])
{
    size_t n = 0, place = 0, used;
    bool open = false;
    for (const char *p = line->at; p < line->end && n <= MOST_COLUMNS; p += used) {
        uint32_t cp = utf8_decode(p, (size_t)(line->end - p), &used);
        enum drawn d = drawn(cp);
        bool bar = d == DRAWN_BAR || (d == DRAWN_CORNER && cp != '+');
        if (bar && open) {
            out[n++].end = p;
            open = false;
        }
        place += cp < 0x1100 ? 1 : cp >= 0x2500 && cp <= 0x257F ? wide : cp >= 0x2E80 ? 2 : 1;
        if (bar && n <= MOST_COLUMNS) {
            out[n] = (struct field){ .at = p + used, .end = p + used, .place = place, .ruled = true };
            open = true;
        } else if (open && !is_space(cp)) {
            out[n].ruled = out[n].ruled && d == DRAWN_RULE;
        }
    }
    return n;
}

static void
trim(struct field *f)
{
    size_t used;
    while (f->at < f->end && is_space(utf8_decode(f->at, (size_t)(f->end - f->at), &used)))
        f->at += used;
    while (f->at < f->end && (unsigned char)f->end[-1] <= ' ')
        f->end--;
    if (f->end - f->at >= 3 && memcmp(f->end - 3, "　", 3) == 0) {
        f->end -= 3;
        trim(f);
    }
}

/* The columns of a table: where they begin; none: they count by their order. */
struct columns { size_t at[MOST_COLUMNS], n, wide; };

static bool
add_column(struct columns *columns, size_t place)
{
    size_t i = columns->n;
    while (i > 0 && columns->at[i - 1] >= place)
        i--;
    if (i < columns->n && columns->at[i] == place)
        return true;
    if (columns->n == MOST_COLUMNS)
        return false;
    memmove(&columns->at[i + 1], &columns->at[i], (columns->n - i) * sizeof columns->at[0]);
    columns->at[i] = place;
    columns->n++;
    return true;
}

/* Bars that stand one below the other make few columns more than the longest line has fields; others make many. */
static void
find_columns(const struct line *lines, size_t n, struct columns *columns)
{
    for (columns->wide = 2; columns->wide > 0; columns->wide--) {
        size_t most = 0;
        bool room = true;
        columns->n = 0;
        for (size_t i = 0; i < n && room; i++) {
            struct field fields[MOST_COLUMNS + 1];
            size_t count = lines[i].kind == LINE_CELLS ? fields_of(&lines[i], columns->wide, fields) : 0;
            most = count > most ? count : most;
            for (size_t f = 0; f < count && room; f++)
                room = add_column(columns, fields[f].place);
        }
        if (room && 2 * columns->n <= 3 * most)
            return;
    }
    columns->n = 0;
    columns->wide = 1;
}

static size_t
column_of(const struct columns *columns, size_t place, size_t order)
{
    for (size_t i = 0; i < columns->n; i++)
        if (columns->at[i] == place)
            return i;
    return order;
}

/* Has a column two numbers in these lines? */
static bool
are_rows(const struct line *lines, size_t n, const struct columns *columns)
{
    bool number[MOST_COLUMNS + 1] = { false };
    for (size_t i = 0; i < n; i++) {
        struct field fields[MOST_COLUMNS + 1];
        size_t count = fields_of(&lines[i], columns->wide, fields);
        for (size_t f = 0; f < count; f++) {
            size_t c = column_of(columns, fields[f].place, f);
            trim(&fields[f]);
            if (!text_is_number(fields[f].at, (size_t)(fields[f].end - fields[f].at)))
                continue;
            if (number[c])
                return true;
            number[c] = true;
        }
    }
    return false;
}

/* The cells of a row, each put together from its lines. */
struct row { struct text cells[MOST_COLUMNS + 1]; };

/* Lines as one row between bars. */
static void
put_row(const struct line *lines, size_t n, const struct columns *columns, struct row *row, struct text *out)
{
    size_t last = columns->n;
    for (size_t c = 0; c <= MOST_COLUMNS; c++)
        row->cells[c].n = 0;
    for (size_t i = 0; i < n; i++) {
        struct field fields[MOST_COLUMNS + 1];
        size_t count = fields_of(&lines[i], columns->wide, fields);
        last = columns->n == 0 && count > last ? count : last;
        for (size_t f = 0; f < count; f++) {
            struct text *cell = &row->cells[column_of(columns, fields[f].place, f)];
            trim(&fields[f]);
            if (fields[f].at == fields[f].end || fields[f].ruled)
                continue;
            text_puts(cell, cell->n > 0 ? "<br>" : "");
            text_put(cell, fields[f].at, (size_t)(fields[f].end - fields[f].at));
        }
    }
    for (size_t c = 0; c < last; c++) {
        text_puts(out, "| ");
        text_put(out, row->cells[c].n > 0 ? row->cells[c].at : "", row->cells[c].n);
        text_putc(out, ' ');
        out->failed = out->failed || row->cells[c].failed;
    }
    text_puts(out, "|\n");
}

/* Is a part of the line a rule, so that a row ends there? */
static bool
is_ruled(const struct line *line, const struct columns *columns)
{
    struct field fields[MOST_COLUMNS + 1];
    size_t count = fields_of(line, columns->wide, fields);
    for (size_t f = 0; f < count; f++) {
        trim(&fields[f]);
        if (fields[f].ruled && fields[f].end - fields[f].at >= 2)
            return true;
    }
    return false;
}

/* The end of the lines that stand between rules from the i-th on. */
static size_t
group_end(const struct line *lines, size_t n, size_t i, const struct columns *columns)
{
    size_t end = i + 1;
    while (lines[i].kind == LINE_CELLS && end < n && lines[end].kind == LINE_CELLS && !is_ruled(&lines[end], columns))
        end++;
    return end;
}

/* Are the lines of the table its rows, though nothing rules them off? */
static bool
is_unruled(const struct line *lines, size_t n)
{
    struct columns columns;
    find_columns(lines, n, &columns);
    for (size_t i = 0, end; i < n; i = end) {
        end = group_end(lines, n, i, &columns);
        if (end - i > 1 && are_rows(&lines[i], end - i, &columns))
            return true;
    }
    return false;
}

static void
put_table(const struct line *lines, size_t n, bool unruled, struct row *row, struct text *out)
{
    struct columns columns;
    find_columns(lines, n, &columns);
    for (size_t i = 0, end; i < n; i = end) {
        end = unruled ? i + 1 : group_end(lines, n, i, &columns);
        if (lines[i].kind == LINE_CELLS)
            put_row(&lines[i], end - i, &columns, row, out);
    }
}

/* The lines of the text; NULL: no memory. */
static struct line *
split(struct arena *arena, const char *s, size_t n, size_t *count)
{
    struct line *lines = NULL;
    size_t cap = 0;
    *count = 0;
    for (const char *end = s + n; s < end; s++) {
        const char *stop = s;
        while (stop < end && *stop != '\n' && *stop != '\r')
            stop++;
        if (!arena_room(arena, &lines, *count, &cap, sizeof *lines))
            return NULL;
        lines[*count] = (struct line){ .at = s, .end = stop };
        classify(&lines[(*count)++]);
        s = stop + (stop + 1 < end && stop[0] == '\r' && stop[1] == '\n');
    }
    return lines;
}

/* Behind the lines of one kind that line i begins; *table: they are a table, with a rule somewhere. */
static size_t
run_end(const struct line *lines, size_t n, size_t i, bool *table)
{
    size_t end = i + 1;
    bool other = lines[i].kind == LINE_OTHER, rules = lines[i].kind == LINE_RULE;
    for (; end < n && (lines[end].kind == LINE_OTHER) == other; end++)
        rules = rules || lines[end].kind == LINE_RULE;
    *table = rules && end - i > 1;
    return end;
}

/* Is there anything to begin with: "+-", "+=", or U+2500 to U+257F? */
static bool
may_be_drawn(const char *s, size_t n)
{
    for (size_t i = 0; i + 1 < n; i++)
        if ((s[i] == '+' && (s[i + 1] == '-' || s[i + 1] == '=')) || (s[i] == '\xE2' && (s[i + 1] == '\x94' || s[i + 1] == '\x95')))
            return true;
    return false;
}

bool
text_unbox(struct arena *arena, const char **s, size_t *n)
{
    if (!may_be_drawn(*s, *n))
        return true;
    size_t count;
    struct line *lines = split(arena, *s, *n, &count);
    struct row *row = arena_alloc(arena, sizeof *row);
    struct text out = text_new(arena);
    bool unruled = false, table;
    if (lines == NULL || row == NULL)
        return false;
    for (size_t c = 0; c <= MOST_COLUMNS; c++)
        row->cells[c] = text_new(arena);
    for (size_t i = 0, end; i < count && !unruled; i = end) {
        end = run_end(lines, count, i, &table);
        unruled = table && is_unruled(&lines[i], end - i);
    }
    for (size_t i = 0, end; i < count; i = end) {
        end = run_end(lines, count, i, &table);
        if (table)
            put_table(&lines[i], end - i, unruled, row, &out);
        for (size_t k = i; k < end && !table; k++) {
            text_put(&out, lines[k].at, (size_t)(lines[k].end - lines[k].at));
            text_putc(&out, '\n');
        }
    }
    if (out.failed)
        return false;
    *s = out.at;
    *n = out.n;
    return true;
}
