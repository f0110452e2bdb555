/* SPDX-License-Identifier: MIT */
/* predecessors: last year's reports are read as any input is; of each its numbers are kept, some two thousand bytes. */
#include "predecessors.h"

#include "batch.h"
#include "lexicon.h"
#include "os.h"

struct reading {
    struct arena *arena;
    struct run run;
    struct sources sources;
    const struct lexicon *lexicon;
    struct predecessors *out;
};

/* By one of the workers; what is kept of the report lies on the paper until it is taken. */
static void *
work(void *context, size_t i, struct arena *scratch, struct arena *paper)
{
    const struct reading *reading = context;
    const struct source *source = &reading->sources.source[i];
    struct predecessor *it = arena_alloc(paper, sizeof *it);
    struct job job;
    run_read(&reading->run, source, scratch, &job);
    return it != NULL && predecessor_take(paper, reading->lexicon, &job.report, os_modified(source->path), it) ? it : NULL;
}

static bool
take(void *context, size_t i, void *result)
{
    struct reading *reading = context;
    struct predecessors *out = reading->out;
    (void)i;
    if (result == NULL || !arena_room(reading->arena, &out->at, out->n, &out->cap, sizeof *out->at))
        return false;
    return predecessor_keep(reading->arena, result, &out->at[out->n++]);
}

bool
predecessors_read(struct arena *arena, const struct forms *forms, const char *const *paths, size_t n, bool single, struct predecessors *out)
{
    struct reading reading = { .arena = arena, .run = { .arena = arena, .forms = forms }, .sources = { .all = true }, .out = out };
    *out = (struct predecessors){ .chosen = single };
    if (lexicon_load(arena, &reading.lexicon, NULL) != STATUS_OK)
        return false;
    for (size_t i = 0; i < n; i++) {
        out->chosen = out->chosen && !os_is_directory(paths[i]);
        if (!sources_add(arena, &reading.sources, paths[i]))
            return false;
    }
    size_t done = batch_run(&(struct batch){ .n = reading.sources.n, .work = work, .take = take, .context = &reading });
    return done == reading.sources.n && predecessors_index(arena, reading.lexicon, out);
}

const struct predecessor *
predecessors_unreadable(const struct predecessors *all, size_t *n)
{
    const struct predecessor *first = NULL;
    *n = 0;
    for (size_t i = 0; !all->chosen && i < all->n; i++)
        if (all->at[i].verdict == VERDICT_UNREADABLE) {
            first = first != NULL ? first : &all->at[i];
            ++*n;
        }
    return first;
}
