/* SPDX-License-Identifier: MIT */
/* spool: filings in a temporary file, one after another, and in memory only where each begins. A record is its texts and numbers in the
 * order of struct filing; it is read back by the program that wrote it, so that neither byte order nor version matter. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "os.h"
#include "spool.h"

struct spool {
    FILE *file;
    char buffer[1 << 15];                    /* of the file: a record takes some 5 KB */
    uint64_t *begins; size_t n, cap;         /* offset of each record, and at begins[n] where the next will begin */
    size_t at;                               /* the record at the file's position; SIZE_MAX: unknown */
    bool reading;                            /* the last thing done; between the two the file wants to be told where to go on */
};

struct spool *
spool_new(void)
{
    struct spool *spool = calloc(1, sizeof *spool);
    if (spool == NULL || (spool->file = os_temporary_file()) == NULL) {
        free(spool);
        return NULL;
    }
    setvbuf(spool->file, spool->buffer, _IOFBF, sizeof spool->buffer);
    return spool;
}

void
spool_free(struct spool *spool)
{
    if (spool == NULL)
        return;
    fclose(spool->file);
    free(spool->begins);
    free(spool);
}

size_t
spool_count(const struct spool *spool)
{
    return spool->n;
}

/* -- records: every part is written by put_ and read by its take_ -- */

/* A record on its way in or out. */
struct record { FILE *file; struct arena *arena; uint64_t n; bool failed; };

static void
put(struct record *record, const void *bytes, size_t n)
{
    record->failed = record->failed || (n > 0 && fwrite(bytes, 1, n, record->file) != n);
    record->n += n;
}

static void
take(struct record *record, void *bytes, size_t n)
{
    record->failed = record->failed || fread(bytes, 1, n, record->file) != n;
}

static void
put_size(struct record *record, size_t n)
{
    put(record, &n, sizeof n);
}

static size_t
take_size(struct record *record)
{
    size_t n = 0;
    take(record, &n, sizeof n);
    return record->failed ? 0 : n;
}

/* NULL has a length of its own. */
static void
put_text(struct record *record, const char *s)
{
    size_t n = s != NULL ? strlen(s) : SIZE_MAX;
    put_size(record, n);
    if (s != NULL)
        put(record, s, n);
}

static const char *
take_text(struct record *record)
{
    size_t n = take_size(record);
    if (n == SIZE_MAX || record->failed)
        return NULL;
    char *s = n < SIZE_MAX - 1 ? arena_alloc(record->arena, n + 1) : NULL;
    if (s == NULL)
        record->failed = true;
    else
        take(record, s, n);
    return s;
}

static void *
take_array(struct record *record, size_t n, size_t size)
{
    void *array = record->failed ? NULL : arena_array(record->arena, n + 1, size);
    record->failed = array == NULL;
    return array;
}

static void
put_findings(struct record *record, const struct filing *filing)
{
    put_size(record, filing->nfindings);
    for (size_t i = 0; i < filing->nfindings; i++) {
        const struct filing_finding *finding = &filing->findings[i];
        put(record, &finding->severity, sizeof finding->severity);
        put_text(record, finding->rule);
        put_text(record, finding->place);
        put_text(record, finding->message);
        put_text(record, finding->letter);
        put_text(record, finding->explained);
    }
}

static void
take_findings(struct record *record, struct filing *filing)
{
    filing->nfindings = take_size(record);
    filing->findings = take_array(record, filing->nfindings, sizeof *filing->findings);
    for (size_t i = 0; !record->failed && i < filing->nfindings; i++) {
        struct filing_finding *finding = &filing->findings[i];
        take(record, &finding->severity, sizeof finding->severity);
        finding->rule = take_text(record);
        finding->place = take_text(record);
        finding->message = take_text(record);
        finding->letter = take_text(record);
        finding->explained = take_text(record);
    }
}

static void
put_inputs(struct record *record, const struct filing *filing)
{
    put_size(record, filing->ninputs);
    for (size_t i = 0; i < filing->ninputs; i++) {
        put_text(record, filing->inputs[i].sha256);
        put_text(record, filing->inputs[i].name);
        put(record, &filing->inputs[i].rollup, sizeof filing->inputs[i].rollup);
    }
}

static void
take_inputs(struct record *record, struct filing *filing)
{
    filing->ninputs = take_size(record);
    filing->inputs = take_array(record, filing->ninputs, sizeof *filing->inputs);
    for (size_t i = 0; !record->failed && i < filing->ninputs; i++) {
        filing->inputs[i].sha256 = take_text(record);
        filing->inputs[i].name = take_text(record);
        take(record, &filing->inputs[i].rollup, sizeof filing->inputs[i].rollup);
    }
}

/* -- filings -- */

static bool
has_room(struct spool *spool)
{
    if (spool->n + 1 < spool->cap)
        return true;
    size_t cap = spool->cap > 0 ? 2 * spool->cap : 256;
    uint64_t *grown = cap < SIZE_MAX / sizeof *grown ? realloc(spool->begins, cap * sizeof *grown) : NULL;
    if (grown == NULL)
        return false;
    if (spool->cap == 0)
        grown[0] = 0;
    spool->begins = grown;
    spool->cap = cap;
    return true;
}

static bool
go_to(struct spool *spool, size_t i, bool reading)
{
    if ((spool->at != i || spool->reading != reading) && !os_seek(spool->file, spool->begins[i]))
        return false;
    spool->reading = reading;
    return true;
}

bool
spool_put(struct spool *spool, const struct filing *filing)
{
    if (!has_room(spool) || !go_to(spool, spool->n, false))
        return false;
    struct record record = { .file = spool->file };
    put(&record, filing, sizeof *filing);        /* its pointers are put anew when it is taken */
    put_text(&record, filing->file);
    put_text(&record, filing->path);
    put_text(&record, filing->name);
    put_text(&record, filing->sha256);
    put_text(&record, filing->trouble);
    put_text(&record, filing->form);
    put(&record, filing->values, filing->nvalues * sizeof *filing->values);
    put_findings(&record, filing);
    put_inputs(&record, filing);
    if (record.failed)
        return false;
    spool->begins[spool->n + 1] = spool->begins[spool->n] + record.n;
    spool->at = ++spool->n;
    return true;
}

struct filing *
spool_get(struct spool *spool, size_t i, struct arena *arena)
{
    struct filing *filing = arena_alloc(arena, sizeof *filing);
    struct record record = { .file = spool->file, .arena = arena };
    if (filing == NULL || !go_to(spool, i, true))
        return NULL;
    take(&record, filing, sizeof *filing);
    filing->file = take_text(&record);
    filing->path = take_text(&record);
    filing->name = take_text(&record);
    filing->sha256 = take_text(&record);
    filing->trouble = take_text(&record);
    filing->form = take_text(&record);
    filing->values = take_array(&record, filing->nvalues, sizeof *filing->values);
    if (!record.failed)
        take(&record, filing->values, filing->nvalues * sizeof *filing->values);
    take_findings(&record, filing);
    take_inputs(&record, filing);
    spool->at = record.failed ? SIZE_MAX : i + 1;
    return record.failed ? NULL : filing;
}
