/* SPDX-License-Identifier: MIT */
/* fail: what a run counts. Failures are printed with the scene they happened in; the same one in the same scene once. */
#ifndef XLLHOST_FAIL_H
#define XLLHOST_FAIL_H

#include <stdbool.h>

void scene(const char *format, ...) __attribute__((format(__MINGW_PRINTF_FORMAT, 1, 2)));      /* "校验 年报.xlsx" */
void fail(const char *format, ...) __attribute__((format(__MINGW_PRINTF_FORMAT, 1, 2)));
bool expect(bool good, const char *format, ...) __attribute__((format(__MINGW_PRINTF_FORMAT, 2, 3)));   /* counts as passed or failed; returns good */
void give_up(const char *why) __attribute__((noreturn));
int fail_count(void);
void fail_summary(void);                                         /* the last line */

#endif
