/* SPDX-License-Identifier: MIT */
/* ole_maker: a compound file for tests. Sectors of 512 bytes in this order: FAT, directory, mini FAT, mini stream, large streams. */
#ifndef NIANBAO_OLE_MAKER_H
#define NIANBAO_OLE_MAKER_H

#include <stdint.h>
#include <string.h>

struct ole_part { const char *name; const unsigned char *bytes; size_t n; };

enum { OLE_MADE = 65536, OLE_SECTOR = 512, OLE_FAT = 512, OLE_DIRECTORY = 1024 };    /* the latter two: where they begin */

static inline void
ole_put32(unsigned char *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(value >> 8 * i);
}

/* Chain the sectors first, first + 1, … that n bytes need; returns the first free one. */
static inline uint32_t
ole_chain(unsigned char *fat, uint32_t first, size_t n, size_t size)
{
    uint32_t end = first + (uint32_t)((n + size - 1) / size);
    for (uint32_t i = first; i < end; i++)
        ole_put32(fat + 4 * i, i + 1 < end ? i + 1 : 0xFFFFFFFE);
    return end;
}

static inline void
ole_entry(unsigned char *entry, const char *name, unsigned char type, uint32_t start, size_t n)
{
    for (size_t i = 0; name[i] != '\0'; i++)
        entry[2 * i] = (unsigned char)name[i];
    entry[64] = (unsigned char)(2 * strlen(name) + 2);
    entry[66] = type;
    memset(entry + 68, 0xFF, 12);
    ole_put32(entry + 116, start);
    ole_put32(entry + 120, (uint32_t)n);
}

/* At most 7 parts; those below 4096 bytes share the mini stream (8192 bytes). Returns the length. */
static inline size_t
ole_make(unsigned char out[OLE_MADE], const struct ole_part *parts, size_t nparts)
{
    unsigned char *fat = out + OLE_FAT, *directory = out + OLE_DIRECTORY, *minifat = directory + 4 * OLE_SECTOR / 2;
    memset(out, 0, OLE_MADE);
    memcpy(out, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
    out[26] = 3, out[28] = 0xFE, out[29] = 0xFF, out[30] = 9, out[32] = 6, out[44] = 1;
    ole_put32(out + 48, 1);                             /* directory: sectors 1 and 2 */
    ole_put32(out + 56, 4096);
    ole_put32(out + 60, 3);                             /* mini FAT: sector 3 */
    ole_put32(out + 68, 0xFFFFFFFE);
    memset(out + 76, 0xFF, 436);
    ole_put32(out + 76, 0);                             /* FAT: sector 0 */
    memset(fat, 0xFF, OLE_SECTOR);
    memset(minifat, 0xFF, OLE_SECTOR);
    ole_put32(fat, 0xFFFFFFFD);
    ole_chain(fat, 1, 1024, OLE_SECTOR);
    ole_chain(fat, 3, 1, OLE_SECTOR);
    uint32_t next = ole_chain(fat, 4, 8192, OLE_SECTOR), small = 0;
    ole_entry(directory, "Root Entry", 5, 4, 8192);
    ole_put32(directory + 76, 1);
    for (size_t i = 0; i < nparts; i++) {
        unsigned char *entry = directory + 128 * (i + 1);
        int mini = parts[i].n < 4096;
        uint32_t start = mini ? small : next;
        memcpy(mini ? out + 5 * OLE_SECTOR + 64 * start : out + (start + 1) * OLE_SECTOR, parts[i].bytes, parts[i].n);
        ole_entry(entry, parts[i].name, 2, start, parts[i].n);
        if (i + 1 < nparts)
            ole_put32(entry + 72, (uint32_t)i + 2);     /* each the right sibling of the one before */
        if (mini)
            small = ole_chain(minifat, small, parts[i].n, 64);
        else
            next = ole_chain(fat, next, parts[i].n, OLE_SECTOR);
    }
    return (next + 1) * OLE_SECTOR;
}

#endif
