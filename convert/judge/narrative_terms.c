/* SPDX-License-Identifier: MIT */
/* What is being named: terms that touch are a chain ("行政复议、行政诉讼"). A verb waits for its topic ("收到…申请"), a reason says more
 * than the result behind it ("因本机关不掌握而无法提供"). */
#include "narrative_scan.h"

const struct saying *
term_meaning(const struct saying *saying, enum saying_kind kind, const struct topic *topic)
{
    for (; saying != NULL; saying = saying->next)
        if (saying->kind == kind && saying->topic == topic)
            return saying;
    return NULL;
}

bool
frame_is_silent(const struct frame *f)
{
    return f->part != PART_NONE || f->other || f->aside || f->about || f->elsewhen || f->foreign || f->muted;
}

const struct count *
term_bare(const struct topic *topic)
{
    for (size_t i = 0; i < topic->ncounts; i++)
        if (topic->counts[i].bare)
            return &topic->counts[i];
    return NULL;
}

bool
term_is_part(const struct count *a, const struct count *b)
{
    const struct addends *part = &a->any[0], *whole = &b->any[0];
    size_t found = 0;
    for (size_t i = 0; i < part->n; i++)
        for (size_t k = 0; k < whole->n; k++)
            found += part->slots[i] == whole->slots[k];
    return found == part->n && part->n < whole->n;
}

/* Is it a reason that another count of its topic sums? */
static bool
is_reason(const struct term *term)
{
    for (size_t i = 0; i < term->topic->ncounts; i++)
        if (term_is_part(term->count, &term->topic->counts[i]) && !term->topic->counts[i].bare)
            return true;
    return false;
}

void
chain_forget(struct frame *f)
{
    f->nchain = 0;
    f->touching = f->joined = f->each = f->respectively = false;
}

static void
put_term(struct frame *f, struct term term)
{
    if (f->none && f->nchain > 0 && !f->joined)
        f->gap |= f->tail;
    if (!f->joined || !f->touching || f->nchain == CHAIN)
        f->nchain = 0;
    f->chain[f->nchain++] = term;
    f->touching = true;
    f->joined = f->tail = false;
}

/* "收到…申请": the verbs in front of a topic's name are counts of that topic. */
void
chain_put_topic(struct frame *f, const struct topic *topic)
{
    bool verbs = f->nchain > 0 && !(f->joined && f->touching);
    size_t kept = 0;
    for (size_t i = 0; i < f->nchain && verbs; i++) {
        struct term *term = &f->chain[i];
        const struct saying *saying = term->saying != NULL ? term_meaning(term->saying, SAYING_COUNT, topic) : NULL;
        verbs = term->saying != NULL;
        if (saying != NULL)
            f->chain[kept++] = (struct term){ topic, saying->count, term->saying };
    }
    f->topic = topic;
    f->lost = false;
    if (verbs && kept > 0) {
        f->nchain = kept;
        f->touching = true;
        f->joined = false;
        f->tail = false;
        return;
    }
    bool mute = verbs && f->touching && !f->cause && !f->none;       /* 受理行政复议: something is done that is no count of it */
    const struct count *bare = term_bare(topic);
    const struct saying *carried = bare == NULL && f->verb != NULL && !verbs ? term_meaning(f->verb, SAYING_COUNT, topic) : NULL;
    put_term(f, (struct term){ topic, mute ? NULL : carried != NULL ? carried->count : bare, carried });
}

void
chain_put_count(struct frame *f, const struct saying *saying)
{
    const struct saying *found = f->topic != NULL ? term_meaning(saying, SAYING_COUNT, f->topic) : NULL;
    for (const struct saying *s = saying; s != NULL && found == NULL && !f->lost; s = s->next)
        if (s->kind == SAYING_COUNT && s->count != NULL && s->count->alone)
            found = s;
    struct term term = { NULL, NULL, saying };
    f->part = f->part == PART_BEFORE ? PART_NONE : f->part;
    if (found != NULL) {
        term = (struct term){ found->topic, found->count, saying };
        f->topic = found->topic;
    }
    struct term *last = f->nchain > 0 ? &f->chain[f->nchain - 1] : NULL;
    bool follows = last != NULL && !f->joined && term.count != NULL && last->topic == term.topic;
    if (last != NULL && f->joined && term.count != NULL && last->topic == term.topic && term.count->more) {
        f->joined = false;                                      /* 废止、宣布失效 */
        return;
    }
    bool verb = follows && last->count != NULL && last->count->alone && !term.count->alone && f->touching;      /* 予以公开答复 */
    if (verb || (follows && last->count != NULL && last->count != term.count && term_is_part(last->count, term.count))) {
        f->touching = true;                                     /* the reason says more than the result */
        return;
    }
    if (f->cause && term.count != NULL && !is_reason(&term))
        term.count = NULL;                                      /* one of its reasons, which no number of the form is about */
    if (follows && f->touching && last->saying == NULL) {       /* 申请办结, 行政复议维持 */
        f->nchain--;
        f->joined = f->nchain > 0;
    }
    put_term(f, term);
}
