/* SPDX-License-Identifier: MIT */
/* decimal: exact numbers with six decimal places. Counts are whole, money is 万元; binary floating point never adds anything here. */
#ifndef NIANBAO_DECIMAL_H
#define NIANBAO_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DECIMAL_ONE INT64_C(1000000)          /* 1.000000 */
/* Largest size of one number: 10^11 - 1 (the whole country decides fewer than 10^10 cases a year), so that a sum of any
 * 90 of them fits into 64 bits; sums are checked all the same. */
#define DECIMAL_LIMIT (INT64_C(100000000000) * DECIMAL_ONE)

struct decimal { int64_t micros; };

/* "12", "-3", "+4", "21.83": ASCII digits, at most six decimals that are not zero, below the limit; no exponent. False: not so. */
bool decimal_parse(const char *s, size_t n, struct decimal *out);

/* A spreadsheet's double at its 15 digits (0.1+0.2 is 0.3), rounded to six places when it has more. False: not finite or too large.
 * *inexact (may be NULL): more than six places were there. */
bool decimal_from_double(double number, struct decimal *out, bool *inexact);

/* The nearest double. */
double decimal_double(struct decimal d);

/* Sum, difference; false on overflow. */
bool decimal_add(struct decimal a, struct decimal b, struct decimal *out) __attribute__((warn_unused_result));
bool decimal_sub(struct decimal a, struct decimal b, struct decimal *out) __attribute__((warn_unused_result));

/* d * numerator / denominator; false when not exact at six places, or too large. */
bool decimal_scale(struct decimal d, int64_t numerator, int64_t denominator, struct decimal *out) __attribute__((warn_unused_result));

bool decimal_whole(struct decimal d);

enum { DECIMAL_TEXT = 32 };
/* "4", "-2", "21.83": no trailing zeros, no exponent; returns out. */
const char *decimal_text(struct decimal d, char out[DECIMAL_TEXT]);

#endif
