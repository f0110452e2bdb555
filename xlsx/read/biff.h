/* SPDX-License-Identifier: MIT */
/* biff: the record stream of an .xls workbook, read number by number. A record that ends too early gives zeros and sets `failed`;
 * check it once per record. Reading goes on by itself in the CONTINUE records that follow. */
#ifndef NIANBAO_BIFF_H
#define NIANBAO_BIFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text.h"

struct biff {
    const unsigned char *bytes;         /* the stream */
    size_t n;
    size_t next;                        /* where the next record begins */
    uint16_t id;                        /* the current record */
    const unsigned char *at;            /* what is unread of it */
    size_t left;
    bool failed;
};

/* Step to the next record. False when the stream ends before its last byte. */
bool biff_next(struct biff *biff);

/* True if there is a byte to read, in this record or in the CONTINUE records after it. */
bool biff_more(struct biff *biff);

uint8_t biff_u8(struct biff *biff);
uint16_t biff_u16(struct biff *biff);
uint32_t biff_u32(struct biff *biff);
double biff_double(struct biff *biff);
double biff_rk(struct biff *biff);                  /* a number in 30 bits, perhaps divided by 100 */
void biff_skip(struct biff *biff, size_t n);

/* Put a BIFF8 string of `count` UTF-16 units; formatting runs and phonetic text behind it are skipped. NULs are dropped. */
void biff_unicode(struct biff *biff, size_t count, struct text *out);

/* Put a string of n bytes in a code page (BIFF2 to BIFF5). False when the code page is unknown here. */
bool biff_bytes(struct biff *biff, size_t n, unsigned codepage, struct text *out);

#endif
