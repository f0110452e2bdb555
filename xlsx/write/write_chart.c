/* SPDX-License-Identifier: MIT */
/* write_chart: bar and column charts (ECMA-376 part 1, 21.2) over cells of their own sheet. The library keeps the numbers in the chart as
 * well, so that a program that only shows the file draws it too; for that they must be plain numbers and texts. */
#include <string.h>

#include "write_parts.h"

enum { WIDTH = 480, HEIGHT = 288,       /* pixels of a chart at scale 1 */
       TITLE_SIZE = 13, LABEL_SIZE = 9, TITLE_UNITS = 255 };

static const lxw_color_t colors[] = { 0x2F75B5, 0xBDD7EE };      /* this year, the year before */

static void
set_fonts(const struct writer *w, lxw_chart *chart)
{
    char name[] = "宋体";
    lxw_chart_font title = { .name = name, .size = TITLE_SIZE, .bold = LXW_TRUE }, label = { .name = name, .size = LABEL_SIZE };
    w->lib.chart_title_set_name_font(chart, &title);
    w->lib.chart_axis_set_num_font(chart->x_axis, &label);
    w->lib.chart_axis_set_num_font(chart->y_axis, &label);
    w->lib.chart_legend_set_font(chart, &label);
}

static void
add_series(struct writer *w, lxw_chart *out, const struct chart *chart, const char *sheet, size_t which)
{
    const struct series *series = &chart->series[which];
    const struct area *names = &chart->names, *values = &series->values;
    lxw_chart_series *added = w->lib.chart_add_series(out, NULL, NULL);
    if (added == NULL) {
        note_error(w, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    w->lib.chart_series_set_categories(added, sheet, names->row, names->col, names->row2, names->col2);
    w->lib.chart_series_set_values(added, sheet, values->row, values->col, values->row2, values->col2);
    w->lib.chart_series_set_name(added, series->name);
    w->lib.chart_series_set_fill(added, &(lxw_chart_fill){ .color = colors[which] });
    w->lib.chart_series_set_labels(added);
}

/* Bars are read from above, as the list beside them is; the names then stand on the axis that the library calls y. */
static void
set_axes(const struct writer *w, lxw_chart *out, const struct chart *chart)
{
    lxw_chart_axis *numbers = chart->kind == CHART_BARS ? out->x_axis : out->y_axis;
    if (chart->kind == CHART_BARS)
        w->lib.chart_axis_set_reverse(out->y_axis);
    w->lib.chart_axis_major_gridlines_set_visible(numbers, LXW_FALSE);
    w->lib.chart_axis_set_min(numbers, 0);              /* or small differences look large */
    w->lib.chart_axis_set_num_format(numbers, "0");
    if (chart->nseries < 2)
        w->lib.chart_legend_set_position(out, LXW_CHART_LEGEND_NONE);
    else
        w->lib.chart_legend_set_position(out, LXW_CHART_LEGEND_BOTTOM);
}

static void
write_chart(struct writer *w, lxw_worksheet *out, const struct chart *chart, const char *sheet)
{
    lxw_chart *made = w->lib.workbook_add_chart(w->workbook, chart->kind == CHART_BARS ? LXW_CHART_BAR : LXW_CHART_COLUMN);
    const char *title = escaped(w, chart->title, TITLE_UNITS);
    if (made == NULL)
        note_error(w, LXW_ERROR_MEMORY_MALLOC_FAILED);
    if (w->error != LXW_NO_ERROR)
        return;
    w->lib.chart_title_set_name(made, title);
    set_fonts(w, made);
    for (size_t i = 0; i < chart->nseries && w->error == LXW_NO_ERROR; i++)
        add_series(w, made, chart, sheet, i);
    set_axes(w, made, chart);
    lxw_chart_options place = { .x_scale = (double)chart->width / WIDTH, .y_scale = (double)chart->height / HEIGHT };
    if (w->error == LXW_NO_ERROR)
        note_error(w, w->lib.worksheet_insert_chart_opt(out, chart->row, chart->col, made, &place));
}

void
write_charts(struct writer *w, lxw_worksheet *out, const struct sheet *sheet, const struct page *page)
{
    for (size_t i = 0; i < page->ncharts && w->error == LXW_NO_ERROR; i++)
        write_chart(w, out, &page->charts[i], sheet->name);
}
