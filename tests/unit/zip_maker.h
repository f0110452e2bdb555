/* SPDX-License-Identifier: MIT */
/* zip_maker: a zip archive from texts, for tests; room is fixed and members are few. */
#ifndef NIANBAO_ZIP_MAKER_H
#define NIANBAO_ZIP_MAKER_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <zlib.h>

struct zip_maker {
    unsigned char bytes[1 << 16], directory[1 << 12];
    size_t n, ndirectory;
    uint16_t count;
    bool stored;                /* do not deflate */
    uint16_t flags;             /* of the next members */
};

static inline void
zip_maker_put(unsigned char *out, size_t *n, uint64_t value, int size)
{
    for (; size > 0; size--, value >>= 8)
        out[(*n)++] = (unsigned char)value;
}

static inline void
zip_maker_bytes(unsigned char *out, size_t *n, const void *bytes, size_t size)
{
    memcpy(out + *n, bytes, size);
    *n += size;
}

/* What local header and directory entry have in common. */
static inline void
zip_maker_head(const struct zip_maker *zip, unsigned char *out, size_t *n, uint32_t crc, size_t packed, size_t size, size_t name_n)
{
    zip_maker_put(out, n, 20, 2);
    zip_maker_put(out, n, zip->flags, 2);
    zip_maker_put(out, n, zip->stored ? 0 : 8, 2);
    zip_maker_put(out, n, 0, 4);
    zip_maker_put(out, n, crc, 4);
    zip_maker_put(out, n, packed, 4);
    zip_maker_put(out, n, size, 4);
    zip_maker_put(out, n, name_n, 2);
    zip_maker_put(out, n, 0, 2);
}

static inline void
zip_maker_add_bytes(struct zip_maker *zip, const char *name, const void *content, size_t size)
{
    static unsigned char packed[1 << 15];
    size_t npacked = size, header = zip->n;
    if (zip->stored) {
        memcpy(packed, content, size);
    } else {
        z_stream z = { .next_in = (z_const Bytef *)(uintptr_t)content, .avail_in = (uInt)size, .next_out = packed, .avail_out = sizeof packed };
        deflateInit2(&z, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
        deflate(&z, Z_FINISH);
        npacked = z.total_out;
        deflateEnd(&z);
    }
    uint32_t crc = (uint32_t)crc32(0, content, (uInt)size);
    zip_maker_bytes(zip->bytes, &zip->n, "PK\3\4", 4);
    zip_maker_head(zip, zip->bytes, &zip->n, crc, npacked, size, strlen(name));
    zip_maker_bytes(zip->bytes, &zip->n, name, strlen(name));
    zip_maker_bytes(zip->bytes, &zip->n, packed, npacked);
    zip_maker_bytes(zip->directory, &zip->ndirectory, "PK\1\2\24", 6);
    zip_maker_head(zip, zip->directory, &zip->ndirectory, crc, npacked, size, strlen(name));
    zip_maker_put(zip->directory, &zip->ndirectory, 0, 10);
    zip_maker_put(zip->directory, &zip->ndirectory, header, 4);
    zip_maker_bytes(zip->directory, &zip->ndirectory, name, strlen(name));
    zip->count++;
}

static inline void
zip_maker_add(struct zip_maker *zip, const char *name, const char *content)
{
    zip_maker_add_bytes(zip, name, content, strlen(content));
}

/* Write the directory: zip->bytes and zip->n are the archive. */
static inline void
zip_maker_end(struct zip_maker *zip)
{
    size_t offset = zip->n;
    zip_maker_bytes(zip->bytes, &zip->n, zip->directory, zip->ndirectory);
    zip_maker_bytes(zip->bytes, &zip->n, "PK\5\6\0\0\0", 8);
    zip_maker_put(zip->bytes, &zip->n, zip->count, 2);
    zip_maker_put(zip->bytes, &zip->n, zip->count, 2);
    zip_maker_put(zip->bytes, &zip->n, zip->ndirectory, 4);
    zip_maker_put(zip->bytes, &zip->n, offset, 4);
    zip_maker_put(zip->bytes, &zip->n, 0, 2);
}

#endif
