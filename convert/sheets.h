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

/* Are these names the same to Excel? It does not tell a from A. */
bool sheets_alike(const char *a, const char *b);

/* Is this one of the names above? */
bool sheets_ours(const char *name);

/* A table that is there twice has its number behind its name: "三、依申请公开(2)". */
#define SHEETS_REPEATED "%s(%zu)"
bool sheets_numbered(const char *name);

#endif
