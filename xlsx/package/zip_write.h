/* SPDX-License-Identifier: MIT */
/* zip_write: a zip archive from members of another, with their bytes as they lie there, and from bytes of one's own. */
#ifndef NIANBAO_ZIP_WRITE_H
#define NIANBAO_ZIP_WRITE_H

#include "zip.h"

struct zip_item {
    const char *name; size_t name_n;
    uint16_t made_by, needed, flags, method, time, date, internal;
    uint32_t external, crc;
    size_t packed, size;                /* bytes in the archive, and inflated */
    const unsigned char *raw;
};

/* A member as it lies in its archive, which must outlive the item. STATUS_TOO_BIG: it needs zip64. */
enum status zip_item_of(const struct zip *zip, const struct zip_member *member, struct zip_item *item, struct fault *fault);

/* Give an item other bytes, deflated. What says when it was written stays. */
enum status zip_item_pack(struct arena *arena, struct zip_item *item, const void *bytes, size_t n, struct fault *fault);

/* The archive, in the arena: the same items give the same bytes. STATUS_TOO_BIG over LIMIT_FILE. */
enum status zip_write(struct arena *arena, const struct zip_item *items, size_t n, unsigned char **bytes, size_t *nbytes, struct fault *fault);

#endif
