/* SPDX-License-Identifier: MIT */
/* zip: the directory of a zip archive in memory, and its members as streams of bytes, one at a time. Nothing is copied: the archive's
 * bytes must outlive the struct. The list of members and zlib's state (42 KB, once) come from the arena, and libdeflate's is kept
 * with it, so nothing needs to be closed. */
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
    size_t directory;               /* where it begins */
    uint64_t shift;                 /* bytes in front of the archive proper */
    struct arena *arena;
    struct zip_member *members;     /* by name */
    size_t nmembers;

    /* The member being read. */
    const unsigned char *packed;    /* it is so small that it is inflated at once, with the first read */
    const unsigned char *plain;     /* its bytes still to come, when they are all there: it is stored, or has been inflated at once */
    unsigned char *room; size_t room_cap;
    z_stream z;
    bool inflates;                  /* z is set up */
    struct zip_member member;
    uint32_t crc;
    uint64_t left;                  /* bytes of the member still to come */
    uint64_t allowance;             /* inflated bytes that the whole archive may still give */
};

/* Find, check and read the directory. */
enum status zip_open(struct zip *zip, struct arena *arena, const unsigned char *bytes, size_t n, struct fault *fault);

/* The member called `name`, without regard to ASCII case or the kind of slash; NULL: none. Or one whose name begins so. */
const struct zip_member *zip_find(const struct zip *zip, const char *name);
const struct zip_member *zip_find_first(const struct zip *zip, const char *begin);

/* The member's bytes as they lie in the archive (member.packed of them). */
enum status zip_raw(const struct zip *zip, const struct zip_member *member, const unsigned char **raw, struct fault *fault);

/* Read a member from its beginning; this ends the reading of the one before. What is wrong with its bytes is told when they are read. */
enum status zip_start(struct zip *zip, const struct zip_member *member, struct fault *fault);

/* The next bytes of the started member (`from` is the struct zip): all that `room` asks for, fewer only at the end, where size and CRC
 * are checked. */
enum status zip_read(void *from, unsigned char *out, size_t room, size_t *got, struct fault *fault);

/* zlib's zalloc and zfree where its opaque is an arena. */
void *zip_zalloc(void *arena, unsigned n, unsigned size);
void zip_zfree(void *arena, void *block);

#endif
