/* SPDX-License-Identifier: MIT */
/* rollup: where a roll-up begins and ends, how its inputs are gathered, and what else is known about its parts. */
#include "rollup.h"

#include "batch.h"
#include "limits.h"
#include "os.h"
#include "text.h"

const char rollup_letters_folder[] = "退回清单";

struct rollup *
rollup_new(const struct forms *forms, const struct rollup_options *options)
{
    struct arena *arena = arena_new(LIMIT_MEMORY);
    struct rollup *rollup = arena != NULL ? arena_alloc(arena, sizeof *rollup) : NULL;
    if (rollup == NULL) {
        arena_free(arena);
        return NULL;
    }
    *rollup = (struct rollup){ .arena = arena, .forms = forms, .options = *options, .parent = SIZE_MAX, .spool = spool_new() };
    if (rollup->spool == NULL || lexicon_load(arena, &rollup->lexicon, NULL) != STATUS_OK) {
        rollup_free(rollup);
        return NULL;
    }
    return rollup;
}

void
rollup_free(struct rollup *rollup)
{
    if (rollup == NULL)
        return;
    spool_free(rollup->spool);
    arena_free(rollup->arena);
}

/* -- gathering -- */

struct gathering {
    struct rollup *rollup;
    struct run *run;
    const struct sources *sources;
    struct progress *progress;
};

static void *
work(void *context, size_t i, struct arena *scratch, struct arena *paper)
{
    const struct gathering *gathering = context;
    const struct source *source = &gathering->sources->source[i];
    struct job job;
    run_read(gathering->run, source, scratch, &job);
    if (job.report.verdict == VERDICT_UNREADABLE)        /* its own memory may be used up */
        job.report.error_message = source->bare ? "文件夹里没有表格或文档。" : fault_sentence(paper, source->path, &job.report.fault, LANGUAGE_ZH);
    struct filing *filing = filing_make(paper, &job.report, source->path, os_modified(source->path));
    if (filing != NULL) {
        filing->aside = job.aside;
        filing->own = job.own;
    }
    return filing;
}

static bool
take(void *context, size_t i, void *result)
{
    const struct gathering *gathering = context;
    const char *path = gathering->sources->source[i].path;
    const struct filing lost = { .file = path, .path = path, .sha256 = "", .verdict = VERDICT_UNREADABLE, .covered = 1,
                                 .trouble = fault_plain(STATUS_MEMORY, LANGUAGE_ZH) };
    if (gathering->progress != NULL)
        progress_step(gathering->progress, i + 1);
    const struct filing *filing = result != NULL ? result : &lost;
    struct passed *aside = &gathering->rollup->aside;
    aside->own += filing->aside && filing->own;
    return !filing->aside ? rollup_note(gathering->rollup, filing) : filing->own || passed_add(gathering->rollup->arena, aside, path);
}

size_t
rollup_gather(struct rollup *rollup, struct run *run, const struct sources *sources, struct progress *progress)
{
    struct gathering gathering = { rollup, run, sources, progress };
    if (rollup->entries == NULL && (rollup->entries = arena_array(rollup->arena, sources->n + 1, sizeof *rollup->entries)) == NULL)
        return 0;
    rollup->entries_cap = sources->n + 1;
    rollup->others = sources->others;
    batch_run(&(struct batch){ .n = sources->n, .work = work, .take = take, .context = &gathering });
    return rollup->nentries + rollup->aside.n + rollup->aside.own;
}

/* -- last year -- */

bool
rollup_compare_with(struct rollup *rollup, const struct rollup *last)
{
    const struct form *form = rollup->form;
    struct sum *before = arena_array(rollup->arena, form->nslots, sizeof *before);
    for (size_t i = 0; before != NULL && i < form->nslots; i++) {
        const struct slot *slot = form_slot(last->form, form->slots[i].key);
        before[i] = slot != NULL ? last->sums[slot - last->form->slots] : (struct sum){ .overflow = true };
    }
    rollup->before = before;
    return before != NULL;
}

/* -- words -- */

const char *
difference_words(const struct rollup *rollup, const struct difference *difference, struct arena *arena, enum language language)
{
    static const struct wording nothing = { "没有填数", "nothing is there" }, blank = { "空的", "nothing" };
    bool english = language == LANGUAGE_EN;
    char found[DECIMAL_TEXT], expected[DECIMAL_TEXT], number[DECIMAL_TEXT];
    struct decimal theirs = { difference->micros }, ours = { rollup->sums[difference->slot].micros }, apart;
    struct text more = text_new(arena);
    if (!difference->has || !decimal_sub(theirs, ours, &apart))
        text_puts(&more, wording_text(nothing, language));
    else {
        decimal_text((struct decimal){ apart.micros < 0 ? -apart.micros : apart.micros }, number);
        text_printf(&more, "%s%s", english ? "" : apart.micros > 0 ? "多了 " : "少了 ", number);
        text_puts(&more, !english ? "" : apart.micros > 0 ? " too many" : " too few");
    }
    const char *path = slot_path(arena, &rollup->form->slots[difference->slot]);
    const struct slot_text slots[] = {
        { "path", path }, { "more", more.at }, { "expected", decimal_text(ours, expected) },
        { "found", difference->has ? decimal_text(theirs, found) : wording_text(blank, language) },
    };
    return more.failed || path == NULL ? NULL
         : wording_fill(arena, wording_text(rule_find(rollup->form, "rollup-sum")->message, language), slots, sizeof slots / sizeof *slots);
}

bool
rollup_wrote(struct rollup *rollup, const char *path)
{
    if (path == NULL || !arena_room(rollup->arena, &rollup->outputs, rollup->noutputs, &rollup->outputs_cap, sizeof *rollup->outputs))
        return false;
    rollup->outputs[rollup->noutputs] = arena_copy(rollup->arena, path);
    return rollup->outputs[rollup->noutputs++] != NULL;
}
