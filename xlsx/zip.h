/* SPDX-License-Identifier: MIT */
/* zip: the directory of a zip archive in memory, and its members as streams of bytes, one at a time. Nothing is copied: the archive's
 * bytes must outlive the struct. Only zlib's state comes from the arena (42 KB, once), so nothing needs to be closed. */
#ifndef NIANBAO_ZIP_H
#define NIANBAO_ZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <zlib.h>

#include "arena.h"
#include "status.h"

/* One entry of the directory. */
struct zip_member {
    const char *name;               /* not NUL-terminated; '/' or '\' between folders */
    size_t name_n;
    uint16_t flags, method;
    uint32_t crc;
    uint64_t packed, size;          /* bytes in the archive, and inflated */
    uint64_t header;                /* where its local header begins */
};

struct zip {
    const unsigned char *bytes;
    size_t directory, end;          /* of the entries */
    uint64_t shift;                 /* bytes in front of the archive proper */

    /* The member being read. */
    struct arena *arena;
    z_stream z;
    bool inflates;                  /* z is set up */
    struct zip_member member;
    uint32_t crc;
    uint64_t left;                  /* bytes of the member still to come */
    uint64_t allowance;             /* inflated bytes that the whole archive may still give */
};

/* Find and check the directory. The arena may be NULL when only names are wanted. */
enum status zip_open(struct zip *zip, struct arena *arena, const unsigned char *bytes, size_t n, struct fault *fault);

/* The directory entry at *at, moving on; false after the last. Start with *at = zip->directory. */
bool zip_next(const struct zip *zip, size_t *at, struct zip_member *member);

/* The first member called `name`, without regard to ASCII case or the kind of slash. */
bool zip_find(const struct zip *zip, const char *name, struct zip_member *member);
bool zip_is(const struct zip_member *member, const char *name);

/* The member's bytes as they lie in the archive (member.packed of them). */
enum status zip_raw(const struct zip *zip, const struct zip_member *member, const unsigned char **raw, struct fault *fault);

/* Read a member from its beginning; this ends the reading of the one before. */
enum status zip_start(struct zip *zip, const struct zip_member *member, struct fault *fault);

/* The next bytes of the started member (`from` is the struct zip): all that `room` asks for, fewer only at the end, where size and CRC
 * are checked. */
enum status zip_read(void *from, unsigned char *out, size_t room, size_t *got, struct fault *fault);

#endif
