/* SPDX-License-Identifier: MIT */
/* text_stacked: tables whose every cell is a line of its own, as a page is copied whose cells are paragraphs: "一、本年新收", "21", "0", "0" below
 * one another. A text is read like that only where it has many numbers on lines of their own and next to none beside others.
 * Mostly tabs are left on lines between the cells (innerText of HTML has one between two cells and a line end between two rows, and
 * those of the paragraphs around them): then what stands between tabs is put on one line again.
 * Without tabs, numbers that follow one another are written behind the label above them, with two blanks, which text_records reads; the
 * labels before that one are a line, for a header and its groups are copied one after the other, and the first of many is a caption. As
 * when single blanks part (text_spread.c) an empty cell leaves no trace, and a row with too few numbers is not filled up. */
#include <string.h>

#include "text_records.h"

enum {
    MOST_BYTES = 4 << 20,       /* of a text that may be a report */
    ALL_NUMBERS = 30,           /* of a text that is read so: less than any of its forms has */
    LABEL = 180,                /* bytes of a line that may be a label: sixty characters */
    LABELS = 40,                /* one after another, before a number: the longest header has 24, and a few titles */
    ROW = 64,                   /* numbers one after another: the longest row has 15 */
    TITLED = 3,                 /* labels in front of a row's own: the first is a title or a caption, on a line of its own */
    UNIT = 2                    /* characters behind a number: 件, 万元 */
};

struct piece {
    const char *gap, *at, *end; /* what stands in front of it, and itself */
    size_t tabs, lines;         /* tabs in the gap, line ends behind the last of them */
};

struct stack {
    struct text out;
    struct piece labels[LABELS];
    size_t nlabels, values;     /* labels that wait for numbers; numbers of the row that is being written */
};

static bool
is_line_end(const char *s, const char *end)
{
    return *s == '\n' || *s == '\f' || (*s == '\r' && (s + 1 == end || s[1] != '\n'));
}

/* The next piece between line ends and tabs, without the blanks around it; false: there is none. */
static bool
next_piece(const char **s, const char *end, struct piece *piece)
{
    size_t used;
    *piece = (struct piece){ .gap = *s };
    for (; *s < end && is_space(utf8_decode(*s, (size_t)(end - *s), &used)); *s += used) {
        piece->tabs += **s == '\t';
        piece->lines = **s == '\t' ? 0 : piece->lines + is_line_end(*s, end);
    }
    piece->at = piece->end = *s;
    for (; *s < end && **s != '\t' && **s != '\n' && **s != '\r' && **s != '\f'; *s += used)
        if (!is_space(utf8_decode(*s, (size_t)(end - *s), &used)))
            piece->end = *s + used;
    return piece->at < piece->end;
}

/* -- without tabs -- */

static bool
is_number(const struct piece *piece)
{
    return text_is_number(piece->at, (size_t)(piece->end - piece->at));
}

/* What may stand where a number stands: one with a unit, a dash, 无. “3.其他” is a label, and 2023年 tells the year. */
static bool
is_value(const struct piece *piece)
{
    static const char none[] = "无", dash[] = "—", year[] = "年";
    size_t digits = 0, dashes = 0, others = 0, used;
    if (piece->end - piece->at == 3 && memcmp(piece->at, none, 3) == 0)
        return true;
    for (const char *s = piece->at; s < piece->end; s += used) {
        uint32_t cp = fold_width(utf8_decode(s, (size_t)(piece->end - s), &used));
        if (cp >= '0' && cp <= '9')
            digits += others == 0;
        else if (cp == '-' || cp == '/' || memcmp(s, dash, used) == 0)
            dashes++;
        else if (cp == 0x3001 || (cp == '.' && (digits == 0 || s + 1 >= piece->end || s[1] < '0' || s[1] > '9')))
            return false;
        else if (!is_space(cp) && cp != '.' && cp != ',' && cp != '+')
            others += digits > 0 && (used < 3 || memcmp(s, year, 3) != 0) ? 1 : UNIT + 1;
    }
    return digits + dashes > 0 && others <= UNIT;
}

static bool
is_label(const struct piece *piece)
{
    static const char stop[] = "。";
    for (const char *s = piece->at; s + 3 <= piece->end; s++)
        if (memcmp(s, stop, 3) == 0)
            return false;
    return piece->end - piece->at <= LABEL;
}

/* On one line, with single blanks. */
static void
put_piece(struct text *out, const struct piece *piece)
{
    size_t used;
    bool gap = false;
    for (const char *s = piece->at; s < piece->end; s += used) {
        bool blank = is_space(utf8_decode(s, (size_t)(piece->end - s), &used));
        if (gap && !blank)
            text_putc(out, ' ');
        gap = blank;
        if (!blank)
            text_put(out, s, used);
    }
}

static void
put_labels(struct stack *stack, size_t from, size_t to, const char *between)
{
    for (size_t i = from; i < to; i++) {
        put_piece(&stack->out, &stack->labels[i]);
        text_puts(&stack->out, i + 1 < to ? between : "\n");
    }
}

/* A number comes: the last label is its row's, unless it stood there before: then it is a header's, as 总计 of each group. */
static void
begin_row(struct stack *stack)
{
    size_t n = stack->nlabels, header = n > 0 ? n - 1 : 0;
    for (size_t i = 0; i + 1 < n && header < n; i++) {
        size_t bytes = (size_t)(stack->labels[i].end - stack->labels[i].at);
        if ((size_t)(stack->labels[n - 1].end - stack->labels[n - 1].at) == bytes && memcmp(stack->labels[n - 1].at, stack->labels[i].at, bytes) == 0)
            header = n;
    }
    bool titled = header >= TITLED;
    if (titled)
        put_labels(stack, 0, 1, "\n");
    put_labels(stack, titled, header, "  ");
    if (header < n)
        put_piece(&stack->out, &stack->labels[n - 1]);
    stack->nlabels = 0;
}

static void
put_value(struct stack *stack, const struct piece *piece)
{
    if (stack->values == 0)
        begin_row(stack);
    if (stack->out.n > 0 && stack->out.at[stack->out.n - 1] != '\n')
        text_puts(&stack->out, "  ");
    put_piece(&stack->out, piece);
    stack->values++;
}

static void
end_row(struct stack *stack)
{
    text_puts(&stack->out, stack->values > 0 ? "\n" : "");
    stack->values = 0;
}

static void
put_text(struct stack *stack, const struct piece *piece)
{
    bool label = is_label(piece);
    end_row(stack);
    if (!label || stack->nlabels == LABELS) {
        put_labels(stack, 0, stack->nlabels, "\n");
        stack->nlabels = 0;
    }
    stack->labels[stack->nlabels++] = *piece;
    if (!label) {
        put_labels(stack, 0, 1, "\n");
        stack->nlabels = 0;
    }
}

/* -- with tabs -- */

/* How cells are copied: with how many line ends around what is in one, and whether rows are parted by more than those. */
struct copied { size_t numbers, paragraph; bool spaced; };

/* Do so many line ends part rows? Between two texts, around tabs, between tabs. Two line ends around everything in a cell leave an odd
 * one for the row. */
static bool
parts_rows(const struct copied *copied, size_t lines, bool tab_before, bool tab_behind)
{
    if (copied->paragraph == 2)
        return lines % 2 == 1 && (lines > 1 || tab_before || tab_behind);
    return lines > (tab_before && tab_behind ? 2 : 1);
}

/* Put what stands in front of the piece: a tab for each tab, a line end between rows. Is it the first of a row? Behind a label, whose
 * cell may end with a line end of its own, none ends in front of a tab. */
static bool
put_gap(struct text *out, const struct piece *piece, const struct copied *copied, bool labelled)
{
    size_t lines = 0;
    bool tab = false, first = false;
    for (const char *s = piece->gap; s <= piece->at; s++) {
        bool next = s < piece->at && *s == '\t';
        if (s < piece->at && !next) {
            lines += is_line_end(s, piece->at);
            continue;
        }
        if (parts_rows(copied, lines, tab, next) && !(labelled && next && !tab)) {
            text_putc(out, '\n');
            first = true;
        }
        if (next)
            text_putc(out, '\t');
        tab = next;
        lines = 0;
    }
    return first;
}

/* Where rows are parted, a label that only a few line ends part from one in a row belongs to the same cell. What is no label is in
 * no table. */
static void
put_cell(struct text *out, const struct piece *piece, const struct copied *copied, bool *labelled)
{
    bool value = is_value(piece), label = !value && is_label(piece);
    bool first = put_gap(out, piece, copied, *labelled), goes_on = !first && piece->tabs == 0 && label && *labelled;
    if (!first && (piece->tabs == 0 ? !goes_on : !label && !value))
        text_putc(out, '\n');
    put_piece(out, piece);
    *labelled = label && copied->spaced && (first || goes_on || piece->tabs > 0);
}

/* -- which texts -- */

enum stacking { NOT_STACKED, BARE, TABBED };

/* Has it so many numbers on lines of their own that it is a report? */
static enum stacking
stacking_of(const char *s, size_t n, struct copied *copied)
{
    struct piece piece;
    size_t row = 0, tabbed[3] = { 0 }, gaps[4] = { 0 };         /* by the line ends between tab and number, and number and label */
    *copied = (struct copied){ 0 };
    for (const char *at = s; next_piece(&at, s + n, &piece); ) {
        bool behind = row > 0, number = is_number(&piece);
        row = number ? row + 1 : 0;
        copied->numbers += number;
        if (number && piece.tabs > 0 && piece.lines < 3)
            tabbed[piece.lines]++;
        if (behind && !number && piece.tabs == 0)
            gaps[piece.lines < 3 ? piece.lines : 3]++;
        if (row > ROW)
            return NOT_STACKED;
    }
    copied->paragraph = tabbed[2] > tabbed[1] ? 2 : 1;
    copied->spaced = copied->paragraph == 2 ? gaps[3] >= gaps[1] + gaps[2] : gaps[2] + gaps[3] >= gaps[1];
    if (copied->numbers < ALL_NUMBERS)
        return NOT_STACKED;
    return tabbed[copied->paragraph] * 2 > copied->numbers ? TABBED : text_parted_numbers(s, n) * 4 <= copied->numbers ? BARE : NOT_STACKED;
}

bool
text_unstack(struct arena *arena, const char **s, size_t *n)
{
    struct piece piece;
    struct copied copied;
    enum stacking stacking = *n > MOST_BYTES ? NOT_STACKED : stacking_of(*s, *n, &copied);
    if (stacking == NOT_STACKED)
        return true;
    struct stack stack = { .out = text_new(arena) };
    bool labelled = false;
    for (const char *at = *s; next_piece(&at, *s + *n, &piece); )
        if (stacking == TABBED)
            put_cell(&stack.out, &piece, &copied, &labelled);
        else if (is_value(&piece))
            put_value(&stack, &piece);
        else
            put_text(&stack, &piece);
    end_row(&stack);
    put_labels(&stack, 0, stack.nlabels, "\n");
    *s = stack.out.at;
    *n = stack.out.n;
    return !stack.out.failed;
}
