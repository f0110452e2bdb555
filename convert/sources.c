/* SPDX-License-Identifier: MIT */
/* sources: walking folders. A folder that cannot be listed, or holds no spreadsheet, is an input of its own, so that it is reported
 * like any other file that cannot be read. */
#include <stdlib.h>
#include <string.h>

#include "sources.h"
#include "names.h"

static bool
add_source(struct arena *arena, struct sources *sources, const struct source *source)
{
    if (!arena_room(arena, &sources->source, sources->n, &sources->cap, sizeof *sources->source))
        return false;
    sources->source[sources->n++] = *source;
    return true;
}

/* Remember a folder; *again when it was walked before. */
static bool
enter(struct arena *arena, struct sources *sources, const char *path, bool *again)
{
    struct os_id id;
    *again = false;
    if (!os_identify(path, &id))
        return true;
    for (size_t i = 0; i < sources->nwalked && !*again; i++)
        *again = sources->walked[i].device == id.device && sources->walked[i].file == id.file;
    if (*again)
        return true;
    if (!arena_room(arena, &sources->walked, sources->nwalked, &sources->walked_cap, sizeof *sources->walked))
        return false;
    sources->walked[sources->nwalked++] = id;
    return true;
}

static bool
excepted(const struct sources *sources, const char *path)
{
    struct os_id id, except;
    return sources->except != NULL && os_identify(sources->except, &except) && os_identify(path, &id) &&
           id.device == except.device && id.file == except.file;
}

/* Hidden files, and the lock files of office programs. */
static bool
passed_over(const char *name)
{
    return name[0] == '.' || strncmp(name, "~$", 2) == 0;
}

/* Is names[i] to be read? */
static bool
wanted(char **names, size_t n, size_t i)
{
    if (!name_is_spreadsheet(names[i]))
        return false;
    for (size_t j = 0; j < n; j++)
        if (!passed_over(names[j]) && name_stems_from(names[i], names[j]))
            return false;
    return true;
}

/* Add what lies below a folder; `relative` is "" or ends in '/'. */
static bool
walk(struct arena *arena, struct sources *sources, const char *path, const char *relative)
{
    struct source source = { .path = path, .folder = relative };
    char **names;
    size_t n;
    bool again;
    if (!enter(arena, sources, path, &again))
        return false;
    if (again)
        return true;
    if (os_list(arena, path, &names, &n, &source.fault) != STATUS_OK)
        return add_source(arena, sources, &source);
    for (size_t i = 0; i < n; i++) {
        if (passed_over(names[i]))
            continue;
        source.path = name_join(arena, path, names[i]);
        if (source.path == NULL)
            return false;
        if (excepted(sources, source.path))
            continue;
        if (os_is_directory(source.path)) {
            char *below = name_join(arena, relative, names[i]);
            char *folder = below != NULL ? name_join(arena, below, "/") : NULL;
            if (folder == NULL || !walk(arena, sources, source.path, folder))
                return false;
        } else if (wanted(names, n, i)) {
            if (!add_source(arena, sources, &source))
                return false;
        } else if (!name_is_spreadsheet(names[i]) && !name_is_product(names[i]))
            sources->others++;
    }
    return true;
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
    sources->nwalked = 0;                        /* a folder named twice is read twice, as a file is */
    if (!walk(arena, sources, path, ""))
        return false;
    if (sources->n == first)
        return add_source(arena, sources, &(struct source){ .path = path, .folder = "", .bare = true });
    qsort(sources->source + first, sources->n - first, sizeof *sources->source, compare_paths);
    return true;
}
