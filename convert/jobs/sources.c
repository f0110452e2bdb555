/* SPDX-License-Identifier: MIT */
/* sources: walking folders. A folder that cannot be listed, or holds no file that is read, is an input of its own, so that it is reported
 * like any other file that cannot be read. Of a folder's files only their names are kept. */
#include <stdlib.h>
#include <string.h>

#include "limits.h"
#include "names.h"
#include "sources.h"

static bool
add_source(struct arena *arena, struct sources *sources, const struct source *source)
{
    if (!arena_room(arena, &sources->source, sources->n, &sources->cap, sizeof *sources->source))
        return false;
    sources->source[sources->n++] = *source;
    return true;
}

static bool
excepted(const struct sources *sources, const char *path)
{
    return sources->except != NULL && os_same_file(sources->except, path);
}

/* Hidden files, and the lock files of office programs. */
static bool
passed_over(const char *name)
{
    return name[0] == '.' || strncmp(name, "~$", 2) == 0;
}

/* A folder being walked; its memory ends with the visit. */
struct visit {
    struct arena *arena;
    const char *path, *relative;         /* relative: "" or ends in '/' */
    char **names; size_t nnames;         /* of all that lies in it */
    struct file { const char *name; struct descent descent; } *files; size_t nfiles;        /* the inputs */
};

static bool walk(struct arena *arena, struct sources *sources, const char *path, const char *relative);

/* Walk the folders and gather the files. */
static bool
walk_folders(struct arena *arena, struct sources *sources, struct visit *visit)
{
    visit->files = arena_array(visit->arena, visit->nnames, sizeof *visit->files);
    if (visit->files == NULL)
        return false;
    for (size_t i = 0; i < visit->nnames; i++) {
        const char *name = visit->names[i];
        if (passed_over(name))
            continue;
        char *path = name_join(visit->arena, visit->path, name);
        if (path == NULL)
            return false;
        if (!os_is_directory(path)) {
            if (name_is_input(name))
                visit->files[visit->nfiles++] = (struct file){ name, name_descent(name) };
            else if (!name_is_product(name) && !passed_add(arena, &sources->others, path))
                return false;
            continue;
        }
        char *below = name_join(visit->arena, visit->relative, name);
        char *folder = below != NULL ? name_join(visit->arena, below, "/") : NULL;
        if (folder == NULL || (!excepted(sources, path) && !walk(arena, sources, path, folder)))
            return false;
    }
    return true;
}

static int
compare_stems(const struct file *x, const struct file *y)
{
    size_t n = x->descent.stem, m = y->descent.stem;
    int order = memcmp(x->name, y->name, n < m ? n : m);
    return order != 0 ? order : (n > m) - (n < m);
}

/* By stem; within a stem what the others are made from comes first. */
static int
compare_files(const void *a, const void *b)
{
    const struct file *x = a, *y = b;
    int order = compare_stems(x, y);
    return order != 0 ? order : (x->descent.rank > y->descent.rank) - (x->descent.rank < y->descent.rank);
}

/* Add the files that stem from no other here. */
static bool
add_files(struct arena *arena, struct sources *sources, struct visit *visit)
{
    struct source source = { .folder = arena_copy(arena, visit->relative), .found = true };
    const struct file *first = visit->files;     /* of its stem */
    if (source.folder == NULL)
        return false;
    qsort(visit->files, visit->nfiles, sizeof *visit->files, compare_files);
    for (const struct file *file = visit->files; file < visit->files + visit->nfiles; file++) {
        if (compare_stems(first, file) != 0)
            first = file;
        if (!sources->all && file->descent.rank > first->descent.rank)
            continue;
        source.path = name_join(arena, visit->path, file->name);
        if (source.path == NULL || !add_source(arena, sources, &source))
            return false;
    }
    return true;
}

/* A folder that cannot be listed. */
static bool
add_fault(struct arena *arena, struct sources *sources, const struct visit *visit, const struct fault *fault)
{
    struct fault *kept = arena_alloc(arena, sizeof *kept);
    struct source source = { .path = arena_copy(arena, visit->path), .folder = "", .fault = kept };
    if (kept == NULL || source.path == NULL)
        return false;
    *kept = *fault;
    return add_source(arena, sources, &source);
}

/* Add what lies below a folder; `relative` is "" or ends in '/'. */
static bool
walk(struct arena *arena, struct sources *sources, const char *path, const char *relative)
{
    struct visit visit = { .path = path, .relative = relative };
    struct fault fault = { .status = STATUS_OK };
    struct os_id id;
    if (os_identify(path, &id)) {
        if (ids_have(&sources->walked, id))
            return true;
        if (!ids_add(arena, &sources->walked, id))
            return false;
    }
    visit.arena = arena_new(LIMIT_MEMORY);
    if (visit.arena == NULL)
        return false;
    bool ok = os_list(visit.arena, path, &visit.names, &visit.nnames, &fault) != STATUS_OK
            ? add_fault(arena, sources, &visit, &fault)
            : walk_folders(arena, sources, &visit) && add_files(arena, sources, &visit);
    arena_free(visit.arena);
    return ok;
}

static int
compare_paths(const void *a, const void *b)
{
    const struct source *x = a, *y = b;
    return strcmp(x->path, y->path);
}

bool
sources_add(struct arena *arena, struct sources *sources, const char *path)
{
    size_t first = sources->n;
    if (!os_is_directory(path))
        return add_source(arena, sources, &(struct source){ .path = path, .folder = "" });
    sources->walked = (struct ids){ .n = 0 };    /* a folder named twice is read twice, as a file is */
    if (!walk(arena, sources, path, ""))
        return false;
    if (sources->n == first)
        return add_source(arena, sources, &(struct source){ .path = path, .folder = "", .bare = true });
    qsort(sources->source + first, sources->n - first, sizeof *sources->source, compare_paths);
    return true;
}

enum status
source_read(const struct source *source, struct arena *arena, unsigned char **bytes, size_t *n, struct fault *fault)
{
    if (source->bare)
        return fault_set(fault, STATUS_NOT_FOUND, "no spreadsheet in this folder");
    if (source->fault == NULL)
        return os_read_file(arena, source->path, bytes, n, fault);
    *fault = *source->fault;
    return fault->status;
}

char *
source_folder(const struct source *source, const char *under, struct arena *arena)
{
    if (under == NULL)
        return arena_text(arena, source->path, (size_t)(name_base(source->path) - source->path));
    return name_join(arena, under, source->folder);
}
