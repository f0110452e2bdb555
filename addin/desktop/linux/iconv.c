/* SPDX-License-Identifier: MIT */
/* iconv: POSIX iconv(3) for the program without shared libraries, from the code pages of .xls files and of text to UTF-8 and nothing else. The C
 * library's own would load modules of the machine it runs on, which belong to another version of the C library. The tables are what
 * that iconv knows where the program is built (codepages.c). Left out: state, so that Hebrew and Vietnamese marks stay apart. */
#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>

#include "text.h"

struct page { const char *name; const uint16_t *single, *const *leads; };
struct run { uint16_t number, character; };      /* of fours of GB 18030 */

#include "codepages.h"

iconv_t
iconv_open(const char *to, const char *from)
{
    for (size_t i = 0; i < sizeof pages / sizeof *pages && strcmp(to, "UTF-8") == 0; i++)
        if (strcmp(from, pages[i].name) == 0)
            return (iconv_t)(uintptr_t)&pages[i];
    errno = EINVAL;
    return (iconv_t)-1;
}

/* The character of four bytes at *s of GB 18030; 0: it is none. From U+10000 on they are in order. */
static unsigned
decode_four(const unsigned char *s, size_t n)
{
    enum { BEYOND = 189000 };
    if (n < 4 || s[0] < 0x81 || s[0] > 0xFE || s[1] < '0' || s[1] > '9' || s[2] < 0x81 || s[2] > 0xFE || s[3] < '0' || s[3] > '9')
        return 0;
    unsigned number = ((s[0] - 0x81u) * 10 + s[1] - '0') * 1260 + (s[2] - 0x81u) * 10 + s[3] - '0';
    size_t i = sizeof fours / sizeof *fours - 1;
    if (number >= FOURS)
        return number >= BEYOND && number - BEYOND < 0x100000 ? number - BEYOND + 0x10000 : 0;
    while (fours[i].number > number)
        i--;
    return fours[i].character != 0 ? fours[i].character + number - fours[i].number : 0;
}

/* The character at *s of n bytes, and how many of them it takes; 0 bytes: it is none. */
static unsigned
decode(const struct page *page, const unsigned char *s, size_t n, size_t *used)
{
    const uint16_t *pairs = page->leads[*s];
    unsigned character = page->single[*s];
    *used = character != 0 || *s == 0 ? 1 : 0;
    if (pairs != NULL && n > 1 && s[1] >= TRAIL && pairs[s[1] - TRAIL] != 0) {
        *used = 2;
        character = pairs[s[1] - TRAIL];
    }
    if (*used == 0 && strcmp(page->name, "GB18030") == 0 && (character = decode_four(s, n)) != 0)
        *used = 4;
    return character;
}

size_t
iconv(iconv_t descriptor, char **in, size_t *nin, char **out, size_t *nout)
{
    const struct page *page = descriptor;
    if (in == NULL)
        return 0;                  /* nothing is held back */
    while (*nin > 0) {
        char character[4];
        size_t used;
        unsigned cp = decode(page, (const unsigned char *)*in, *nin, &used);
        size_t n = used > 0 ? utf8_encode(cp, character) : 0;
        if (used == 0 || n > *nout) {
            errno = used == 0 ? EILSEQ : E2BIG;
            return (size_t)-1;
        }
        memcpy(*out, character, n);
        *in += used;
        *nin -= used;
        *out += n;
        *nout -= n;
    }
    return 0;
}

int
iconv_close(iconv_t descriptor)
{
    (void)descriptor;
    return 0;
}
