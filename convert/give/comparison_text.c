/* SPDX-License-Identifier: MIT */
/* comparison_text: 与上年对比 in the summary: a line for every number that is not 0 in both years, without the parts of which a total
 * stands in the same row; and before them, in a sentence, what has moved most: by how much, and by how many times. */
#include "comparison.h"
#include "lines.h"

enum { NAME_LEAST = 24, NAME_MOST = 64, NUMBER_WIDTH = 12, PERCENT_WIDTH = 10 };
#define RELATIVE_LEAST (10 * DECIMAL_ONE)        /* of smaller numbers no multiple is named: 1 to 3 is three times as many, and nothing */

static const char *
name_of(struct arena *arena, const struct comparison_line *line)
{
    struct text name = text_new(arena);
    text_printf(&name, "%s %s%s%s", line->table, line->row, *line->row != '\0' ? "·" : "",
                *line->row != '\0' ? line->slot->column->brief : line->slot->column->path);
    return name.failed ? NULL : name.at;
}

static struct decimal
change_of(const struct comparison_line *line)
{
    return (struct decimal){ line->now.micros - line->last.micros };       /* both are below DECIMAL_LIMIT, or sums of a few such */
}

static bool
is_shown(const struct comparison_line *line)
{
    return !line->part && (line->has_now || line->has_last) && (line->now.micros != 0 || line->last.micros != 0);
}

/* -- the sentence -- */

/* What may be named as a movement: counts and amounts, not changes of changes. */
static bool
may_move(const struct comparison_line *line)
{
    return is_shown(line) && line->has_now && line->has_last && line->slot->kind != KIND_CHANGE && change_of(line).micros != 0;
}

static double
size_of(const struct comparison_line *line, bool relative)
{
    double change = decimal_double(change_of(line)), last = decimal_double(line->last);
    change = change < 0 ? -change : change;
    return relative ? change / last : change;
}

/* The largest movement: by how much, of the counts; or by how many times, of all that is not small. NULL: none. */
static const struct comparison_line *
largest(const struct comparison *comparison, bool relative)
{
    const struct comparison_line *found = NULL;
    for (size_t i = 0; i < comparison->n; i++) {
        const struct comparison_line *line = &comparison->lines[i];
        bool fit = relative ? line->last.micros >= RELATIVE_LEAST : line->slot->kind == KIND_COUNT;
        if (may_move(line) && fit && (found == NULL || size_of(line, relative) > size_of(found, relative)))
            found = line;
    }
    return found;
}

/* "“表三 一、新收·总计”由 12 变为 48，增加 36（300.0%）". */
static void
put_movement(struct text *out, const struct comparison_line *line)
{
    char last[DECIMAL_TEXT], now[DECIMAL_TEXT], number[DECIMAL_TEXT], percent[PERCENT_TEXT];
    struct decimal change = change_of(line), size = { change.micros < 0 ? -change.micros : change.micros };
    const char *unit = line->slot->kind == KIND_MONEY ? " 万元" : "", *name = name_of(out->arena, line);
    text_puts(out, "“");
    line_put(out, name);
    text_printf(out, "”由 %s%s 变为 %s%s", decimal_text(line->last, last), unit, decimal_text(line->now, now), unit);
    if (line->last.micros != 0)
        text_printf(out, "，%s %s%s（%s）", change.micros > 0 ? "增加" : "减少", decimal_text(size, number), unit,
                    comparison_percent(line->now, line->last, percent));
}

static void
put_movements(struct text *out, const struct comparison *comparison)
{
    const struct comparison_line *most = largest(comparison, false), *times = largest(comparison, true);
    if (most != NULL) {
        text_puts(out, "件数变化最多的是");
        put_movement(out, most);
        text_puts(out, "。");
    }
    if (times != NULL && times != most) {
        text_puts(out, "变化幅度最大的是");
        put_movement(out, times);
        text_puts(out, "。");
    }
    text_puts(out, most == NULL && times == NULL ? "各数与上年相同，或者上年没有可比的数。\n\n" : "\n\n");
}

/* -- the lines -- */

static void
put_number(struct text *out, bool has, struct decimal number)
{
    char text[DECIMAL_TEXT];
    line_right(out, has ? decimal_text(number, text) : "", NUMBER_WIDTH);
}

/* Columns that the names of all lines need. */
static size_t
names_width(struct text *out, const struct comparison *comparison)
{
    size_t width = NAME_LEAST;
    for (size_t i = 0; i < comparison->n; i++) {
        const char *name = is_shown(&comparison->lines[i]) ? name_of(out->arena, &comparison->lines[i]) : "";
        size_t needed = name != NULL ? text_width(name) : 0;
        width = needed > width ? needed : width;
    }
    return width < NAME_MOST ? width : NAME_MOST;
}

static void
put_line(struct text *out, const struct comparison_line *line, size_t width)
{
    char percent[PERCENT_TEXT];
    bool both = line->has_now && line->has_last;
    const char *name = name_of(out->arena, line);
    if (name == NULL) {
        out->failed = true;
        return;
    }
    line_left(out, name, width);
    put_number(out, line->has_now, line->now);
    put_number(out, line->has_last, line->last);
    put_number(out, both, change_of(line));
    line_right(out, both ? comparison_percent(line->now, line->last, percent) : "", PERCENT_WIDTH);
    text_putc(out, '\n');
}

void
comparison_text(struct text *out, const struct comparison *comparison)
{
    size_t width = names_width(out, comparison);
    put_movements(out, comparison);
    line_left(out, "", width);
    line_right(out, "本年", NUMBER_WIDTH);
    line_right(out, "上年", NUMBER_WIDTH);
    line_right(out, "增减", NUMBER_WIDTH);
    line_right(out, "增减比例", PERCENT_WIDTH);
    text_putc(out, '\n');
    for (size_t i = 0; i < comparison->n; i++)
        if (is_shown(&comparison->lines[i]))
            put_line(out, &comparison->lines[i], width);
    text_puts(out, "（两年都是 0 的没有列出；同一行有总计的，只列总计。）\n");
}
