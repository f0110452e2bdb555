/* SPDX-License-Identifier: MIT */
/* codepage: by Windows' own tables, one character at a time: the shortest run of bytes that means something. Windows code page
 * numbers as the CODEPAGE record has them ([MS-XLS] 2.4.52). Left out: code pages with states (ISO 2022, HZ) and UTF-7. */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include "codepage.h"

enum { CHARACTER_BYTES = 4 };           /* of the longest: GB 18030, UTF-8 */

static unsigned
known_number(unsigned codepage)
{
    switch (codepage) {
    case 0: case 367: case 32769: return 1252;      /* none, ASCII, and "ANSI" in BIFF2 and BIFF3 */
    case 32768: return 10000;                       /* Macintosh */
    default: return codepage;
    }
}

/* What Windows gives for bytes that mean nothing: a control character or one for private use. */
static bool
meaningless(uint32_t cp)
{
    return (cp >= 0x80 && cp < 0xA0) || (cp >= 0xE000 && cp < 0xF900);
}

/* Bytes of the character at the beginning, and its code point; 0: none of this code page begins here. */
static size_t
decode(unsigned codepage, const unsigned char *bytes, size_t n, uint32_t *cp)
{
    for (size_t used = 1; used <= n && used <= CHARACTER_BYTES; used++) {
        wchar_t units[4];
        int count = MultiByteToWideChar(codepage, MB_ERR_INVALID_CHARS, (const char *)bytes, (int)used, units, 4);
        if (count == 1)
            *cp = units[0];
        if (count == 2)
            *cp = 0x10000 + ((uint32_t)(units[0] - 0xD800) << 10) + (uint32_t)(units[1] - 0xDC00);
        if (count == 1 || count == 2)
            return meaningless(*cp) ? 0 : used;
    }
    return 0;
}

bool
codepage_put(unsigned codepage, const unsigned char *bytes, size_t n, struct text *out)
{
    uint32_t cp = 0;
    bool plain = true;
    for (size_t i = 0; i < n; i++)
        plain &= bytes[i] > 0 && bytes[i] < 0x80;
    if (plain) {
        text_put(out, (const char *)bytes, n);
        return true;
    }
    codepage = known_number(codepage);
    if (decode(codepage, (const unsigned char *)"A", 1, &cp) != 1)
        return false;
    for (size_t used; n > 0; bytes += used, n -= used) {
        used = decode(codepage, bytes, n, &cp);
        if (used == 0 || cp != 0)
            text_put_cp(out, used > 0 ? cp : 0xFFFD);
        used += used == 0;
    }
    return true;
}
