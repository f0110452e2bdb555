/* SPDX-License-Identifier: MIT */
/* livebook: a workbook that is open in Excel, as the library's grid and its report. All memory belongs to the arena. */
#ifndef NIANBAO_LIVEBOOK_H
#define NIANBAO_LIVEBOOK_H

#include "call.h"
#include "report.h"

struct live {
    struct excel *excel;
    struct arena *arena;
    struct arena *scratch;       /* of what is only compared */
    const char *name;            /* "年报.xlsx" */
    const char *path;            /* folder/name, or the name alone when it was never saved */
    bool saved;
    bool command;                /* asked by a command, which may do more and take longer than a function of a cell */
    bool refused;                /* Excel did not let us read it */
    bool too_big;
    struct book book;
    uintptr_t *sheets;           /* Excel's ids of book.sheets */
    uint64_t hash;               /* of all that was read */
};

/* Read the values of every worksheet but our own. False: live->refused, live->too_big, or out of memory. */
bool live_read(struct live *live, struct excel *excel, struct arena *arena, const char *name, bool command);

/* The report of what was read; asks Excel which of its numbers are formulas and dates. False: as above. */
bool live_report(struct live *live, const struct forms *forms, struct report *report);

/* Ask again. True: nothing is different, the report stands. */
bool live_same_details(struct live *live, const struct report *report);

/* Where in the workbook. */
uintptr_t live_sheet(const struct live *live, const struct sheet *sheet);

#endif
