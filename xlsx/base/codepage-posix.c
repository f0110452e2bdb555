/* SPDX-License-Identifier: MIT */
/* codepage: by the system's iconv, opened for one string only, so that there is no state; texts that are plain ASCII, the most
 * by far, never come to it. Windows code page numbers as the CODEPAGE record has them ([MS-XLS] 2.4.52). */
#include "codepage.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>

static const char *
charset_name(unsigned codepage, char out[16])
{
    switch (codepage) {
    case 0: case 367: case 32769: codepage = 1252; break;   /* none, ASCII, and "ANSI" in BIFF2 and BIFF3 */
    case 10000: case 32768: return "MACINTOSH";
    case 10007: return "MAC-CYRILLIC";
    case 10029: return "MAC-CENTRALEUROPE";
    case 54936: return "GB18030";
    default: break;
    }
    snprintf(out, 16, "CP%u", codepage);
    return out;
}

static bool
plain(const unsigned char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (bytes[i] == 0 || bytes[i] >= 0x80)
            return false;
    return true;
}

static void
put_without_nul(struct text *out, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (s[i])
            text_putc(out, s[i]);
}

bool
codepage_put(unsigned codepage, const unsigned char *bytes, size_t n, struct text *out)
{
    if (plain(bytes, n)) {
        text_put(out, (const char *)bytes, n);
        return true;
    }
    char name[16], part[256];
    iconv_t to_utf8 = iconv_open("UTF-8", charset_name(codepage, name));
    if (to_utf8 == (iconv_t)-1)
        return false;
    char *in = (char *)(uintptr_t)bytes;            /* iconv does not write to its input */
    while (n > 0) {
        char *end = part;
        size_t room = sizeof part;
        bool bad = iconv(to_utf8, &in, &n, &end, &room) == (size_t)-1 && errno != E2BIG;
        put_without_nul(out, part, (size_t)(end - part));
        if (bad && n > 0) {
            text_put_cp(out, 0xFFFD);
            in++;
            n--;
        }
    }
    char *end = part;                               /* some code pages hold the last letter back, for an accent that may follow */
    size_t room = sizeof part;
    iconv(to_utf8, NULL, NULL, &end, &room);
    put_without_nul(out, part, (size_t)(end - part));
    iconv_close(to_utf8);
    return true;
}
