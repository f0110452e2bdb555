/* SPDX-License-Identifier: MIT */
/* write_package: where libxlsxwriter writes to: the parts of one package, in memory unless it is large, and the archive of them. */
#ifndef NIANBAO_WRITE_PACKAGE_H
#define NIANBAO_WRITE_PACKAGE_H

#include <libdeflate.h>

#include "zip_write.h"

/* Bytes on the heap. */
struct buffer { unsigned char *at; size_t n, room; };

struct package {
    char name[64];               /* for the library, as its output and its folder of temporary files */
    struct arena *arena;
    bool large;                  /* its parts are too big for memory */
    bool on_disk;                /* some part has been on a disk: what that has lost nobody has said */
    bool lost;                   /* a part or the archive did not fit into memory */
    struct libdeflate_compressor *compressor;               /* of parts in memory */
    z_stream z;                                             /* of large ones */
    struct buffer part, raw;                                /* the part so far; the members, deflated, one behind the other */
    struct zip_item *items; size_t nitems, items_cap;
};

/* `package` must stay where it is until the library is done with it. */
enum status package_begin(struct package *package, struct arena *arena, bool large);

/* The archive that the library has written, in the arena; without `bytes` what was written is thrown away. */
enum status package_end(struct package *package, unsigned char **bytes, size_t *n, struct fault *fault);

#endif
