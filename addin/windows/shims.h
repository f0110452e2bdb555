/* SPDX-License-Identifier: MIT */
/* shims: what the linker's --wrap puts in place of fopen, fopen64 and lxw_tmpfile. */
#ifndef NIANBAO_SHIMS_H
#define NIANBAO_SHIMS_H

#include <stdio.h>

FILE *__wrap_fopen(const char *path, const char *mode);
FILE *__wrap_fopen64(const char *path, const char *mode);
FILE *__wrap_lxw_tmpfile(char *folder);

#endif
