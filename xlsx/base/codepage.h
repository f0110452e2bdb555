/* SPDX-License-Identifier: MIT */
/* codepage: 8-bit text of old programs to UTF-8. */
#ifndef NIANBAO_CODEPAGE_H
#define NIANBAO_CODEPAGE_H

#include "text.h"

/* Put n bytes in a Windows code page (936 = GBK, 54936 = GB18030) as UTF-8. NULs are dropped, bytes without a meaning give U+FFFD.
 * False when this system does not know the code page. */
bool codepage_put(unsigned codepage, const unsigned char *bytes, size_t n, struct text *out);

#endif
