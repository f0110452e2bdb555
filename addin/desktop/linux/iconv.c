/* SPDX-License-Identifier: MIT */
/* iconv: POSIX iconv(3) for the program without shared libraries, from the code pages of .xls files to UTF-8 and nothing else. The C
 * library's own would load modules of the machine it runs on, which belong to another version of the C library. The tables are what
 * that iconv knows where the program is built (codepages.c). Left out: state, so that Hebrew and Vietnamese marks stay apart. */
#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>

#include "text.h"

struct page { const char *name; const uint16_t *single, *const *leads; };

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
