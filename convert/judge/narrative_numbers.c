/* SPDX-License-Identifier: MIT */
/* A number goes to the chain in front of it, or else to the term behind it; what stands between may only be words that say nothing. */
#include "narrative_scan.h"

#include <string.h>

/* -- statements -- */

static void
state(struct scan *scan, const struct term *terms, size_t n, const struct token *number, bool sum)
{
    struct arena *arena = scan->reading->arena;
    struct statements *all = scan->statements;
    size_t nany = 1, slots = 0;
    if (n == 1 && terms[0].count->more) {
        if (scan->nmore < MORE) {
            scan->more[scan->nmore].count = terms[0].count;
            scan->more[scan->nmore++].number = number->number;
        }
        return;
    }
    for (size_t i = 0; i < n; i++) {
        nany += terms[i].count->nany;
        slots += terms[i].count->any[0].n;
    }
    struct addends *any = arena_array(arena, nany, sizeof *any);
    struct addends whole = { arena_array(arena, slots, sizeof(size_t)), 0 };
    scan->failed |= any == NULL || whole.slots == NULL || !arena_room(arena, &all->at, all->n, &all->cap, sizeof *all->at);
    if (scan->failed)
        return;
    struct statement *statement = &all->at[all->n++];
    *statement = (struct statement){ .any = any, .topic = terms[0].topic, .told_of = scan->told_of, .at = scan->at };
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < terms[i].count->any[0].n; k++)
            whole.slots[whole.n++] = terms[i].count->any[0].slots[k];
    if (sum)
        any[statement->nany++] = whole;
    for (size_t i = 0; i < n && !sum; i++)
        for (size_t k = 0; k < terms[i].count->nany; k++)
            any[statement->nany++] = terms[i].count->any[k];
    if (n > 1 && !sum)
        any[statement->nany++] = whole;                         /* 新收、结转申请12件 */
    if (number == NULL)
        return;
    statement->number = number->number;
    statement->slack = number->slack;
    statement->percent = number->unit == UNIT_PERCENT;
}

/* Are numbers with this unit counts, or amounts, of the term? */
static bool
fits(const struct scan *scan, const struct term *term, const struct token *number)
{
    enum number_kind kind = scan->reading->form->slots[term->count->any[0].slots[0]].kind;
    return kind == KIND_MONEY ? number->unit == UNIT_MONEY : number->unit != UNIT_MONEY;
}

static bool
all_known(const struct scan *scan, const struct term *terms, size_t n, const struct token *number)
{
    for (size_t i = 0; i < n; i++)
        if (terms[i].count == NULL || !fits(scan, &terms[i], number))
            return false;
    return n > 0;
}

/* Words that only count in a topic: "收到、办理、答复", of which the number may be any. */
static bool
all_verbs(const struct term *terms, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (terms[i].saying == NULL || terms[i].count->alone || terms[i].topic != terms[0].topic)
            return false;
    return true;
}

/* One number for a chain. */
static bool
state_chain(struct scan *scan, const struct term *terms, size_t n, const struct token *number)
{
    if (!all_known(scan, terms, n, number))
        return false;
    bool zero = number->number.micros == 0;
    if (n == 1 || (all_verbs(terms, n) && !scan->frame.each)) {
        state(scan, terms, n, number, false);
        return true;
    }
    if (!scan->frame.each && !zero) {
        for (size_t i = 0; i < n; i++)
            for (size_t k = 0; k < i; k++)
                if (terms[i].count == terms[k].count || term_is_part(terms[i].count, terms[k].count) || term_is_part(terms[k].count, terms[i].count))
                    return false;
        state(scan, terms, n, number, true);
        if (terms[0].topic != terms[n - 1].topic) {             /* 复议、诉讼12件，维持8件: of both */
            scan->frame.topic = NULL;
            scan->frame.lost = true;
        }
        return true;
    }
    for (size_t i = 0; i < n; i++)
        state(scan, &terms[i], 1, number, false);
    return true;
}

static bool
same_count(const struct addends *a, const struct addends *b)
{
    return a->n == b->n && memcmp(a->slots, b->slots, a->n * sizeof *a->slots) == 0;
}

/* "收到复议申请12件，受理9件": which of them the tables hold nobody knows. */
static bool
is_contradicted(const struct scan *scan, const struct statement *it)
{
    for (size_t i = scan->sentence; i < scan->statements->n; i++) {
        const struct statement *other = &scan->statements->at[i];
        if (!it->percent && !other->percent && it->told_of == other->told_of && it->nany == other->nany && it->any[0].slots == other->any[0].slots &&
            it->number.micros != other->number.micros)
            return true;
    }
    return false;
}

void
scan_settle_sentence(struct scan *scan)
{
    enum { DROPPED = -1 };
    struct statement *all = scan->statements->at;
    size_t kept = scan->sentence;
    for (size_t i = kept; i < scan->statements->n; i++) {
        all[i].slack = is_contradicted(scan, &all[i]) ? DROPPED : all[i].slack;
        for (size_t k = 0; k < scan->nmore; k++)
            if (same_count(&all[i].any[0], &scan->more[k].count->any[0]) && !decimal_add(all[i].more, scan->more[k].number, &all[i].more))
                all[i].more = (struct decimal){ 0 };
    }
    for (size_t i = kept; i < scan->statements->n; i++)
        if (all[i].slack != DROPPED)
            all[kept++] = all[i];
    scan->statements->n = kept;
    scan->nmore = 0;
}

/* Does 没有 in front of it say that there is none: no request received or newly received, but not "没有办结"? */
static bool
may_be_none(const struct term *term)
{
    const struct count *bare = term_bare(term->topic);
    return term->count->alone || term->count->none || bare == NULL || same_count(&term->count->any[0], &bare->any[0]);
}

void
scan_settle_none(struct scan *scan)
{
    struct frame *f = &scan->frame;
    static const struct token zero = { .unit = UNIT_NONE };
    bool silent = frame_is_silent(f);
    const struct term *terms = f->nchain > 0 ? f->chain : f->before;
    size_t n = f->nchain > 0 ? (!f->tail && (!f->gap || f->none_cause) ? f->nchain : 0) : !f->gap ? f->nbefore : 0;
    for (size_t i = 0; i < n && f->none && !silent; i++)
        if (terms[i].count != NULL && may_be_none(&terms[i]))
            state(scan, &terms[i], 1, &zero, false);
    f->none = f->gap = f->tail = f->none_cause = false;
    f->nbefore = 0;
}

/* -- numbers -- */

const struct token *
scan_token(const struct scan *scan, size_t i)
{
    static const struct token end = { .kind = TOKEN_STOP };
    return i < scan->tokens->n ? &scan->tokens->at[i] : &end;
}

bool
token_is(const struct token *t, enum saying_kind kind)
{
    return t->kind == TOKEN_SAYING && t->saying != NULL && t->saying->kind == kind;
}

static bool
is_filler(const struct token *t)
{
    return t->kind == TOKEN_SAYING && (t->saying == NULL || t->saying->kind == SAYING_FILLER || t->saying->kind == SAYING_COPULA || t->saying->kind == SAYING_AMONG ||
                                       t->saying->kind == SAYING_EACH || t->saying->kind == SAYING_THIS_YEAR);
}

size_t
scan_skip_fillers(const struct scan *scan, size_t i)
{
    while (is_filler(scan_token(scan, i)))
        i++;
    return i;
}

/* Does a piece of the sentence end here? */
static bool
ends_piece(const struct token *t)
{
    return (t->kind >= TOKEN_STOP && t->kind <= TOKEN_CLOSE) || token_is(t, SAYING_JOIN);
}

/* A bare "0" or "67" is a count only where a unit may have been left out; behind a numbered heading it is a page. */
static bool
is_number(const struct scan *scan, size_t i)
{
    const struct token *t = scan_token(scan, i), *before = i > 0 ? scan_token(scan, i - 1) : t, *next = scan_token(scan, i + 1);
    if (t->unit != UNIT_NONE)
        return true;
    bool led = before->kind == TOKEN_COLON || (is_filler(before) && !scan->numbered_heading);
    return next->kind == TOKEN_COMMA || (next->kind == TOKEN_STOP && (next->semicolon || led)) || token_is(next, SAYING_JOIN) ||
           (next->kind == TOKEN_CLOSE && led);
}

/* "分别为3件、2件": one number for each term. The token behind them, or 0. */
static size_t
state_respectively(struct scan *scan, size_t i)
{
    struct frame *f = &scan->frame;
    const struct token *numbers[CHAIN];
    size_t n = 0, end = i;
    while (n < f->nchain && scan_token(scan, i)->kind == TOKEN_NUMBER && !scan_token(scan, i)->vague) {
        numbers[n++] = scan_token(scan, i);
        end = ++i;
        if (scan_token(scan, i)->kind != TOKEN_COMMA && !token_is(scan_token(scan, i), SAYING_JOIN))
            break;
        i++;
    }
    if (n != f->nchain || n < 2 || numbers[n - 1]->unit == UNIT_NONE)
        return 0;
    for (size_t k = 0; k < n; k++)
        if (!all_known(scan, &f->chain[k], 1, numbers[numbers[k]->unit == UNIT_NONE ? n - 1 : k]))
            return 0;
    for (size_t k = 0; k < n; k++) {
        struct token number = *numbers[k];
        number.unit = numbers[numbers[k]->unit == UNIT_NONE ? n - 1 : k]->unit;
        state(scan, &f->chain[k], 1, &number, false);
    }
    return end;
}

/* "15件为征收类": does the text say from token i on what these are, and not by a name of the form? */
static bool
is_described(const struct scan *scan, size_t i)
{
    bool copula = false;
    for (; is_filler(scan_token(scan, i)); i++)
        copula |= token_is(scan_token(scan, i), SAYING_COPULA);
    const struct token *t = scan_token(scan, i);
    return copula && !ends_piece(t) && t->kind != TOKEN_NUMBER && !token_is(t, SAYING_COUNT) && !token_is(t, SAYING_TOPIC) && !token_is(t, SAYING_SHORT);
}

/* The number belongs to the chain in front of it, unless the text goes on about these alone: 行政复议4件系去年申请. A verb must not have an
 * object of its own behind the number: 收到4件留言. */
static size_t
state_left(struct scan *scan, size_t i)
{
    struct frame *f = &scan->frame;
    const struct token *number = scan_token(scan, i);
    size_t next = scan_skip_fillers(scan, i + 1);
    const struct token *behind = scan_token(scan, next);
    bool noun = token_is(behind, SAYING_TOPIC) || token_is(behind, SAYING_SHORT);
    const struct term *last = &f->chain[f->nchain - 1];
    bool verb = last->saying != NULL && (last->count == NULL || !last->count->alone);
    if (scan_token(scan, i + 1)->kind == TOKEN_TEXT || is_described(scan, i + 1))
        return 0;
    if (verb && noun && (behind->saying->kind == SAYING_TOPIC || behind->saying->next == NULL)) {
        struct frame saved = *f;
        chain_put_topic(f, behind->saying->topic);
        if (f->chain[f->nchain - 1].saying != NULL && state_chain(scan, f->chain, f->nchain, number))
            return next + 1;
        *f = saved;
        return 0;
    }
    if (verb && (behind->kind == TOKEN_TEXT || behind->kind == TOKEN_BODY || token_is(behind, SAYING_OTHER) || token_is(behind, SAYING_PART)))
        return 0;
    return state_chain(scan, f->chain, f->nchain, number) ? i + 1 : 0;
}

/* "11件为不予公开、不予处理和其他处理": is there another name behind this join, and not a number of its own? */
static bool
goes_on(const struct scan *scan, size_t i)
{
    if (!token_is(scan_token(scan, i), SAYING_JOIN))
        return false;
    i = scan_skip_fillers(scan, i + 1);
    return token_is(scan_token(scan, i), SAYING_COUNT) && scan_token(scan, scan_skip_fillers(scan, i + 1))->kind != TOKEN_NUMBER;
}

/* "2件予以公开", "对12件申请作出答复": the term behind the number. */
static size_t
state_right(struct scan *scan, size_t i)
{
    struct frame *f = &scan->frame, saved = *f;
    const struct token *number = scan_token(scan, i);
    size_t at = scan_skip_fillers(scan, i + 1), begin = at;
    const struct token *t = scan_token(scan, at);
    if (token_is(t, SAYING_TOPIC) || (token_is(t, SAYING_SHORT) && f->topic != NULL && term_meaning(t->saying, SAYING_SHORT, f->topic))) {
        const struct topic *topic = token_is(t, SAYING_TOPIC) ? t->saying->topic : f->topic;
        at = scan_skip_fillers(scan, at + 1);
        if (!token_is(scan_token(scan, at), SAYING_COUNT)) {
            chain_put_topic(f, topic);
            if (ends_piece(scan_token(scan, at)) && state_chain(scan, f->chain, f->nchain, number))
                return at;
            *f = saved;
            return 0;
        }
        f->topic = topic;
        f->lost = false;
    }
    if (!token_is(scan_token(scan, at), SAYING_COUNT))
        return 0;
    chain_forget(f);
    chain_put_count(f, scan_token(scan, at)->saying);
    bool weak = f->chain[0].count != NULL && !f->chain[0].count->alone && at == begin;
    at = scan_skip_fillers(scan, at + 1);
    if (token_is(scan_token(scan, at), SAYING_SHORT))
        at = scan_skip_fillers(scan, at + 1);
    if (goes_on(scan, at)) {
        *f = saved;
        return 0;
    }
    if ((ends_piece(scan_token(scan, at)) || token_is(scan_token(scan, at), SAYING_COUNT)) && !(weak && saved.touching && saved.nchain > 0) &&
        state_chain(scan, f->chain, f->nchain, number))
        return at;
    *f = saved;
    return 0;
}

static size_t
state_percent(struct scan *scan, size_t i)
{
    struct frame *f = &scan->frame;
    const struct term *terms = f->shared;
    bool alone = i > 1 && scan_token(scan, i - 2)->kind == TOKEN_NUMBER && scan_token(scan, i - 1)->kind == TOKEN_OPEN &&
                 scan_token(scan, i + 1)->kind == TOKEN_CLOSE;                  /* 12件（37.6%） */
    bool known = (f->sharing || alone) && f->nshared > 0 && all_known(scan, terms, f->nshared, scan_token(scan, i)) && terms[0].topic->nwhole > 0;
    for (size_t k = 0; k < f->nshared && known; k++)
        known = terms[k].count->alone;                          /* 答复率 is of something else */
    if (known)
        state(scan, terms, f->nshared, scan_token(scan, i), true);
    return i + 1;
}

/* "上半年收到申请5件，…，全年合计12件": what numbers of other times counted, the one of this year does. */
static bool
follows_this_year(const struct scan *scan, size_t i)
{
    while (i > 0 && is_filler(scan_token(scan, i - 1)) && !token_is(scan_token(scan, i - 1), SAYING_THIS_YEAR))
        i--;
    return i > 0 && token_is(scan_token(scan, i - 1), SAYING_THIS_YEAR);
}

static void
take_then(struct frame *f, const struct token *number)
{
    if (!f->elsewhen || !f->touching || f->nchain == 0 || number->unit != UNIT_COUNT)
        return;
    bool same = f->nthen == 1 && f->nchain == 1 && f->chain[0].saying == f->then.saying;
    f->nthen = same ? 1 : f->nthen + f->nchain;
    f->then = f->chain[0];
}

size_t
scan_take_number(struct scan *scan, size_t i)
{
    struct frame *f = &scan->frame;
    const struct token *number = scan_token(scan, i);
    bool silent = frame_is_silent(f) || f->none || number->vague;
    size_t end = 0;
    if (number->unit == UNIT_PERCENT && !silent)
        end = state_percent(scan, i);
    else if (!silent && !f->sharing && (f->respectively || is_number(scan, i))) {
        struct term chain[CHAIN];
        size_t nchain = f->nchain;
        memcpy(chain, f->chain, sizeof chain);
        if (f->touching && f->respectively)
            end = state_respectively(scan, i);
        else if (f->touching && f->nchain > 0)
            end = state_left(scan, i);
        else if (f->nchain == 0 && f->nthen == 1 && follows_this_year(scan, i) && state_chain(scan, &f->then, 1, number))
            end = i + 1;
        if (end == 0 && !f->respectively && (end = state_right(scan, i)) > 0) {
            memcpy(chain, f->chain, sizeof chain);
            nchain = f->nchain;
        } else if (end > i + 1) {
            memcpy(chain, f->chain, sizeof chain);
            nchain = f->nchain;
        }
        f->nshared = end > 0 ? nchain : 0;
        memcpy(f->shared, chain, sizeof chain);
        f->verb = end > 0 && nchain == 1 ? chain[0].saying : NULL;
        bool verb = end == 0 && f->nchain > 0 && !f->touching && f->chain[f->nchain - 1].saying != NULL && number->unit == UNIT_COUNT;
        if (verb && f->verb_lost) {                             /* 收到企业诉求30件, 办结30件 */
            f->topic = NULL;
            f->lost = true;
        }
    } else if (f->other && number->unit == UNIT_COUNT && !f->none) {
        f->kept = f->among && f->topic != NULL ? f->topic : f->kept;
        f->topic = NULL;
        f->lost = true;
        f->nshared = 0;
    } else {
        f->nshared = 0;
        take_then(f, number);
    }
    f->part = f->other || (f->part == PART_HERE && f->touching && f->nchain > 0) ? PART_LISTED : f->part;
    chain_forget(f);
    f->none = f->about = f->sharing = f->cause = f->verb_lost = false;
    return end > 0 ? end : i + 1;
}
