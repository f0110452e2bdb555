/* SPDX-License-Identifier: MIT */
/* sheets: the names of the sheets that are ours, beside the tables. */
#ifndef NIANBAO_SHEETS_H
#define NIANBAO_SHEETS_H

#include <stdbool.h>

#define COVER_SHEET "封面"
#define RESULTS_SHEET "校验结果"
#define CLEANING_SHEET "格式整理记录"
#define VALUES_SHEET "nianbao"               /* hidden: the values as they were read */
#define GUIDE_SHEET "填报说明"
#define CHECKS_SHEET "校验"                  /* of the blank workbook: a line per equation */
#define MARKS_SHEET "年报校验"               /* put by the add-ins into the workbook that is open */

/* A roll-up: its tables, and what is said beside them. */
#define TOTALS_SHEET "汇总表"
#define DETAILS_SHEET "分单位明细"
#define VERDICTS_SHEET "校验情况"
#define MISSING_SHEET "应报未报"
#define REGISTER_SHEET "报送登记"
#define CHARTS_SHEET "图"
#define COMPARE_SHEET "与上年对比"

/* Heads in 报送登记 by which verify finds the inputs of a roll-up. */
#define REGISTER_FILE "文件"
#define REGISTER_DIGEST "文件校验和（SHA-256）"

/* Are these names the same to Excel? It does not tell a from A. */
bool sheets_alike(const char *a, const char *b);

/* Is this one of the names of the first kind? */
bool sheets_ours(const char *name);

/* Is it one of those that a roll-up has beside its tables? Other workbooks may have such a sheet too. */
bool sheets_of_rollup(const char *name);

/* A table that is there twice has its number behind its name: "三、依申请公开(2)". */
#define SHEETS_REPEATED "%s(%zu)"
bool sheets_numbered(const char *name);

#endif
