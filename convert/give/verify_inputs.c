/* SPDX-License-Identifier: MIT */
/* verify_inputs: the files that a roll-up was made of, beside the files that are there now. Digests decide; names only tell a file that
 * has changed from one that is gone and another that is new. */
#include "verify.h"

#include <stdlib.h>
#include <string.h>

static int
compare_files(const void *a, const void *b)
{
    const struct verify_file *x = a, *y = b;
    int order = strcmp(x->sha256, y->sha256);
    return order != 0 ? order : strcmp(x->path, y->path);
}

void
verify_sort(struct verify_file *files, size_t n)
{
    if (n > 0)
        qsort(files, n, sizeof *files, compare_files);
}

/* Mark all files of a digest; false: there is none. */
static bool
mark_digest(const struct verify_file *files, size_t n, const char *sha256, bool *known)
{
    size_t low = 0, high = n, at;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(files[middle].sha256, sha256) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (at = low; at < n && strcmp(files[at].sha256, sha256) == 0; at++)
        known[at] = true;
    return at > low;
}

/* Last parts of two paths that are the same: 2 for "a/b/c.xlsx" and "x/b/c.xlsx". */
static size_t
same_end(const char *a, const char *b)
{
    const char *x = a + strlen(a), *y = b + strlen(b);
    size_t parts = 0;
    for (; x > a && y > b && x[-1] == y[-1]; x--, y--)
        parts += x[-1] == '/';
    return parts + (*x != '\0' && (x == a || x[-1] == '/') && (y == b || y[-1] == '/'));
}

/* The file that was this one, and is not as it was; SIZE_MAX: none. */
static size_t
find_changed(const struct verify_file *files, size_t n, const char *file, const bool *known)
{
    size_t best = SIZE_MAX, most = 0;
    for (size_t i = 0; i < n; i++) {
        size_t same = known[i] ? 0 : same_end(files[i].path, file);
        if (same > most) {
            most = same;
            best = i;
        }
    }
    return best;
}

bool
verify_inputs(struct arena *arena, const struct verification *verification, const struct verify_file *files, size_t n, struct recheck *out)
{
    size_t most = verification->ninputs + 1;
    bool *known = arena_array(arena, n + 1, sizeof *known);
    *out = (struct recheck){ .changed = arena_array(arena, most, sizeof *out->changed), .missing = arena_array(arena, most, sizeof *out->missing),
                             .fresh = arena_array(arena, n + 1, sizeof *out->fresh) };
    if (known == NULL || out->changed == NULL || out->missing == NULL || out->fresh == NULL)
        return false;
    for (size_t i = 0; i < verification->ninputs; i++) {
        const struct verify_input *input = &verification->inputs[i];
        if (mark_digest(files, n, input->sha256, known))
            out->same++;
        else
            out->missing[out->nmissing++] = input->file;
    }
    size_t gone = out->nmissing;
    out->nmissing = 0;
    for (size_t i = 0; i < gone; i++) {
        size_t at = find_changed(files, n, out->missing[i], known);
        if (at == SIZE_MAX)
            out->missing[out->nmissing++] = out->missing[i];
        else {
            known[at] = true;
            out->changed[out->nchanged++] = out->missing[i];
        }
    }
    for (size_t i = 0; i < n; i++)
        if (!known[i])
            out->fresh[out->nfresh++] = files[i].path;
    return true;
}
