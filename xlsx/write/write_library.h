/* SPDX-License-Identifier: MIT */
/* write_library: the functions of libxlsxwriter that are used. Where it is a shared library it is loaded when the first workbook is written:
 * Debian's brings libcrypto along, whose linking takes three times as long as starting the program. */
#ifndef NIANBAO_WRITE_LIBRARY_H
#define NIANBAO_WRITE_LIBRARY_H

#include <stdbool.h>

#include <xlsxwriter.h>

#define LIBXLSXWRITER(NAME) \
    NAME(chart_add_series) NAME(chart_axis_major_gridlines_set_visible) NAME(chart_axis_set_min) NAME(chart_axis_set_num_font) \
    NAME(chart_axis_set_num_format) NAME(chart_axis_set_reverse) NAME(chart_legend_set_font) NAME(chart_legend_set_position) \
    NAME(chart_series_set_categories) NAME(chart_series_set_fill) NAME(chart_series_set_labels) NAME(chart_series_set_name) \
    NAME(chart_series_set_values) NAME(chart_title_set_name) NAME(chart_title_set_name_font) \
    NAME(format_set_align) NAME(format_set_bg_color) NAME(format_set_bold) NAME(format_set_border) NAME(format_set_fg_color) \
    NAME(format_set_font_color) NAME(format_set_font_name) NAME(format_set_font_size) NAME(format_set_indent) \
    NAME(format_set_num_format) NAME(format_set_pattern) NAME(format_set_shrink) NAME(format_set_text_wrap) NAME(format_set_unlocked) \
    NAME(lxw_strerror) \
    NAME(workbook_add_chart) NAME(workbook_add_format) NAME(workbook_add_worksheet) NAME(workbook_close) NAME(workbook_new_opt) \
    NAME(workbook_set_custom_property_string) NAME(workbook_set_properties) NAME(workbook_validate_sheet_name) \
    NAME(worksheet_activate) NAME(worksheet_autofilter) NAME(worksheet_center_horizontally) NAME(worksheet_conditional_format_range) \
    NAME(worksheet_data_validation_range) NAME(worksheet_fit_to_pages) NAME(worksheet_freeze_panes) NAME(worksheet_hide) \
    NAME(worksheet_hide_zero) NAME(worksheet_insert_chart_opt) NAME(worksheet_merge_range) NAME(worksheet_print_area) \
    NAME(worksheet_protect) NAME(worksheet_repeat_columns) NAME(worksheet_repeat_rows) NAME(worksheet_set_column_opt) \
    NAME(worksheet_set_comments_author) NAME(worksheet_set_first_sheet) NAME(worksheet_set_footer) NAME(worksheet_set_h_pagebreaks) \
    NAME(worksheet_set_landscape) NAME(worksheet_set_margins) NAME(worksheet_set_paper) NAME(worksheet_set_print_scale) \
    NAME(worksheet_set_row) NAME(worksheet_set_tab_color) NAME(worksheet_write_blank) NAME(worksheet_write_comment_opt) \
    NAME(worksheet_write_formula_num) NAME(worksheet_write_formula_str) NAME(worksheet_write_number) NAME(worksheet_write_string) \
    NAME(worksheet_write_url_opt)

struct libxlsxwriter {
#define MEMBER(name) __typeof__(name) *name;
    LIBXLSXWRITER(MEMBER)
#undef MEMBER
};

/* False: this machine does not have it. */
bool libxlsxwriter_load(struct libxlsxwriter *library);

#endif
