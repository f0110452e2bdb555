/* SPDX-License-Identifier: MIT */
/* Names of sheets must be unique (ECMA-376 part 1, 18.2.19), to Excel without regard to case. Left out: case of other letters than
 * ASCII's. */
#define _POSIX_C_SOURCE 200809L
#include "sheets.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

static const char *const ours[] = { COVER_SHEET, RESULTS_SHEET, CLEANING_SHEET, VALUES_SHEET, GUIDE_SHEET, CHECKS_SHEET, MARKS_SHEET };
static const char *const asides[] = { DETAILS_SHEET, VERDICTS_SHEET, MISSING_SHEET, REGISTER_SHEET, CHARTS_SHEET, COMPARE_SHEET };

bool
sheets_alike(const char *a, const char *b)
{
    return strcasecmp(a, b) == 0;
}

static bool
among(const char *const *names, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (sheets_alike(names[i], name))
            return true;
    return false;
}

bool
sheets_ours(const char *name)
{
    return among(ours, sizeof ours / sizeof *ours, name);
}

bool
sheets_of_rollup(const char *name)
{
    return among(asides, sizeof asides / sizeof *asides, name);
}

bool
sheets_numbered(const char *name)
{
    const char *open = strrchr(name, '(');
    size_t digits = open != NULL ? strspn(open + 1, "0123456789") : 0;
    return digits > 0 && strcmp(open + 1 + digits, ")") == 0;
}
