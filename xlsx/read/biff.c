/* SPDX-License-Identifier: MIT */
/* biff: records and their data types after [MS-XLS] (record 2.1.4, CONTINUE 2.4.58, RkNumber 2.5.217,
 * XLUnicodeRichExtendedString 2.5.293), and the byte strings of BIFF2 to BIFF5, which that document does not describe. */
#include "biff.h"

#include <string.h>

#include "bytes.h"
#include "codepage.h"

enum { HEADER = 4, CONTINUE = 0x003C };

bool
biff_next(struct biff *biff)
{
    if (biff->n < HEADER || biff->next > biff->n - HEADER)
        return false;
    const unsigned char *p = biff->bytes + biff->next;
    size_t length = le16(p + 2);
    if (length > biff->n - biff->next - HEADER)
        return false;
    biff->id = le16(p);
    biff->at = p + HEADER;
    biff->left = length;
    biff->next += HEADER + length;
    return true;
}

bool
biff_more(struct biff *biff)
{
    while (biff->left == 0) {
        struct biff ahead = *biff;
        if (!biff_next(&ahead) || ahead.id != CONTINUE)
            return false;
        *biff = ahead;
    }
    return true;
}

uint8_t
biff_u8(struct biff *biff)
{
    if (!biff_more(biff)) {
        biff->failed = true;
        return 0;
    }
    biff->left--;
    return *biff->at++;
}

uint16_t
biff_u16(struct biff *biff)
{
    unsigned low = biff_u8(biff);
    return (uint16_t)(low | (unsigned)biff_u8(biff) << 8);
}

uint32_t
biff_u32(struct biff *biff)
{
    uint32_t low = biff_u16(biff);
    return low | (uint32_t)biff_u16(biff) << 16;
}

static double
double_of(uint64_t bits)
{
    double number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

double
biff_double(struct biff *biff)
{
    uint64_t low = biff_u32(biff);
    return double_of(low | (uint64_t)biff_u32(biff) << 32);
}

double
biff_rk(struct biff *biff)
{
    uint32_t rk = biff_u32(biff);
    double number;
    if (rk & 2)
        number = (double)(rk >> 2) - (rk >> 31 ? 1 << 30 : 0);
    else
        number = double_of((uint64_t)(rk & ~(uint32_t)3) << 32);
    return rk & 1 ? number / 100 : number;
}

void
biff_skip(struct biff *biff, size_t n)
{
    while (n > 0) {
        if (!biff_more(biff)) {
            biff->failed = true;
            return;
        }
        size_t part = n < biff->left ? n : biff->left;
        biff->at += part;
        biff->left -= part;
        n -= part;
    }
}

void
biff_unicode(struct biff *biff, size_t count, struct text *out)
{
    enum { WIDE = 1, EXTENDED = 4, RICH = 8 };
    uint8_t flags = biff_u8(biff);
    size_t behind = flags & RICH ? 4 * (size_t)biff_u16(biff) : 0;
    if (flags & EXTENDED)
        behind += biff_u32(biff);
    uint32_t high = 0;                  /* the first half of a surrogate pair */
    for (size_t i = 0; i < count && !biff->failed; i++) {
        if (biff->left == 0 && biff_more(biff))
            flags = biff_u8(biff);      /* the characters go on in a CONTINUE record, perhaps in another width */
        uint32_t unit = flags & WIDE ? biff_u16(biff) : biff_u8(biff);
        bool pair = high && unit >= 0xDC00 && unit <= 0xDFFF;
        if (pair)
            unit = 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00);
        else if (high)
            text_put_cp(out, high);     /* a lone surrogate: written as U+FFFD */
        high = unit >= 0xD800 && unit <= 0xDBFF ? unit : 0;
        if (unit && !high)
            text_put_cp(out, unit);
    }
    if (high)
        text_put_cp(out, high);
    biff_skip(biff, behind);
}

bool
biff_bytes(struct biff *biff, size_t n, unsigned codepage, struct text *out)
{
    if (n > biff->left) {               /* byte strings have at most 255 bytes and stay in one record */
        biff->failed = true;
        return true;
    }
    const unsigned char *at = biff->at;
    biff_skip(biff, n);
    return codepage_put(codepage, at, n, out);
}
