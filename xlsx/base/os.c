/* SPDX-License-Identifier: MIT */
/* os: what is the same on every system. */
#include "os.h"

bool
os_same_file(const char *a, const char *b)
{
    struct os_id x, y;
    return os_identify(a, &x) && os_identify(b, &y) && x.device == y.device && x.file == y.file;
}

struct whole { const void *bytes; size_t n; };

static bool
give_whole(void *context, const void **bytes, size_t *n)
{
    struct whole *whole = context;
    *bytes = whole->bytes;
    *n = whole->n;
    whole->n = 0;
    return true;
}

enum status
os_write_file(const char *path, const void *bytes, size_t n, bool replace, bool *exists, struct fault *fault)
{
    return os_write_pieces(path, give_whole, &(struct whole){ bytes, n }, replace, exists, fault);
}
