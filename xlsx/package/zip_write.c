/* SPDX-License-Identifier: MIT */
/* zip_write: PKWARE APPNOTE 6.3.10: local headers (4.3.7), central directory (4.3.12) and its end (4.3.16). Sizes stand in the local
 * headers, so data descriptors of the archive that members come from are left out, as are extra fields and comments, which hold times
 * and padding. Left out: zip64. */
#include <string.h>

#include <libdeflate.h>

#include "bytes.h"
#include "limits.h"
#include "zip_write.h"

enum {
    LOCAL_SIZE = 30, ENTRY_SIZE = 46, END_SIZE = 22,
    ENTRY_MADE_BY = 4, ENTRY_TIME = 12, ENTRY_DATE = 14, ENTRY_INTERNAL = 36, ENTRY_EXTERNAL = 38,
    FLAG_DESCRIPTOR = 8, METHOD_DEFLATED = 8, NEEDED_DEFLATE = 20, LEVEL = 1
};

enum status
zip_item_of(const struct zip *zip, const struct zip_member *member, struct zip_item *item, struct fault *fault)
{
    const unsigned char *entry = (const unsigned char *)member->name - ENTRY_SIZE;
    if (member->size >= UINT32_MAX || member->packed >= UINT32_MAX)
        return fault_set(fault, STATUS_TOO_BIG, "zip: a member that needs zip64");
    *item = (struct zip_item){
        .name = member->name, .name_n = member->name_n,
        .made_by = le16(entry + ENTRY_MADE_BY), .needed = NEEDED_DEFLATE, .method = member->method,
        .flags = (uint16_t)(member->flags & ~FLAG_DESCRIPTOR), .time = le16(entry + ENTRY_TIME), .date = le16(entry + ENTRY_DATE),
        .internal = le16(entry + ENTRY_INTERNAL), .external = le32(entry + ENTRY_EXTERNAL),
        .crc = member->crc, .packed = (size_t)member->packed, .size = (size_t)member->size,
    };
    return zip_raw(zip, member, &item->raw, fault);
}

enum status
zip_item_pack(struct arena *arena, struct zip_item *item, const void *bytes, size_t n, struct fault *fault)
{
    if (n > LIMIT_FILE * 2)
        return fault_set(fault, STATUS_TOO_BIG, "zip: a part of more than %zu bytes", LIMIT_FILE * 2);
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(LEVEL);
    size_t room = compressor != NULL ? libdeflate_deflate_compress_bound(compressor, n) : 0;
    unsigned char *raw = compressor != NULL ? arena_raw(arena, room) : NULL;
    size_t packed = raw != NULL ? libdeflate_deflate_compress(compressor, bytes, n, raw, room) : 0;
    libdeflate_free_compressor(compressor);
    if (packed == 0)
        return STATUS_MEMORY;
    item->needed = NEEDED_DEFLATE;
    item->method = METHOD_DEFLATED;
    item->crc = libdeflate_crc32(0, bytes, n);
    item->packed = packed;
    item->size = n;
    item->raw = raw;
    return STATUS_OK;
}

/* -- the archive -- */

static unsigned char *
put16(unsigned char *p, size_t value)
{
    p[0] = (unsigned char)value;
    p[1] = (unsigned char)(value >> 8);
    return p + 2;
}

static unsigned char *
put32(unsigned char *p, size_t value)
{
    return put16(put16(p, value & 0xFFFF), value >> 16 & 0xFFFF);
}

static unsigned char *
put_bytes(unsigned char *p, const void *bytes, size_t n)
{
    if (n > 0)
        memcpy(p, bytes, n);
    return p + n;
}

/* What a local header and an entry of the directory have in common. */
static unsigned char *
put_common(unsigned char *p, const struct zip_item *item)
{
    p = put16(put16(put16(p, item->needed), item->flags), item->method);
    p = put16(put16(p, item->time), item->date);
    p = put32(put32(put32(p, item->crc), item->packed), item->size);
    return put16(put16(p, item->name_n), 0);
}

static unsigned char *
put_entry(unsigned char *p, const struct zip_item *item, size_t header)
{
    p = put_bytes(p, "PK\1\2", 4);
    p = put_common(put16(p, item->made_by), item);
    p = put16(put16(put16(p, 0), 0), item->internal);
    p = put32(put32(p, item->external), header);
    return put_bytes(p, item->name, item->name_n);
}

enum status
zip_write(struct arena *arena, const struct zip_item *items, size_t n, unsigned char **bytes, size_t *nbytes, struct fault *fault)
{
    size_t members = 0, directory = 0;
    if (n >= LIMIT_ZIP_MEMBERS)
        return fault_set(fault, STATUS_TOO_BIG, "zip: more than %d members", LIMIT_ZIP_MEMBERS);
    for (size_t i = 0; i < n && members <= LIMIT_FILE; i++) {
        members += LOCAL_SIZE + items[i].name_n + items[i].packed;
        directory += ENTRY_SIZE + items[i].name_n;
    }
    if (members + directory + END_SIZE > LIMIT_FILE)
        return fault_set(fault, STATUS_TOO_BIG, "zip: more than %zu bytes", LIMIT_FILE);
    unsigned char *begin = arena_raw(arena, members + directory + END_SIZE), *p = begin, *entry = begin != NULL ? begin + members : NULL;
    if (begin == NULL)
        return STATUS_MEMORY;
    for (size_t i = 0; i < n; i++) {
        entry = put_entry(entry, &items[i], (size_t)(p - begin));
        p = put_common(put_bytes(p, "PK\3\4", 4), &items[i]);
        p = put_bytes(p, items[i].name, items[i].name_n);
        p = put_bytes(p, items[i].raw, items[i].packed);
    }
    p = put_bytes(entry, "PK\5\6\0\0\0\0", 8);
    p = put16(put16(p, n), n);
    p = put16(put32(put32(p, directory), members), 0);
    *bytes = begin;
    *nbytes = (size_t)(p - begin);
    return STATUS_OK;
}
