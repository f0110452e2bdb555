/* SPDX-License-Identifier: MIT */
/* What a paragraph states. One pass over its tokens: terms that touch are a chain ("行政复议、行政诉讼"), a number goes to the chain in
 * front of it, or else to the term behind it, and what stands between them may only be words that say nothing. All that makes a number
 * something else (a part, another year, a comparison, another body) silences its piece of the sentence. */
#include "narrative.h"

#include <string.h>

#include "text.h"

enum { CHAIN = 12, DEPTH = 4, HEADING_CHARACTERS = 40 };

/* What a word says is counted. A verb whose topic is not known yet has a saying and no count; a topic alone may have no count. */
struct term { const struct topic *topic; const struct count *count; const struct saying *saying; };

/* A word that makes numbers a part of something: in this piece, or in the one before, whose list goes on ("公示行政许可3条、行政处罚2条"). */
enum part { PART_NONE, PART_HERE, PART_LISTED, PART_BEFORE };

/* What is known at a place of the text; brackets have their own. */
struct frame {
    const struct topic *topic;          /* what is talked about */
    bool lost;                          /* something that no topic names */
    struct term chain[CHAIN]; size_t nchain;
    bool touching, joined;              /* nothing but fillers since the chain; and a 和 or 、 among them */
    bool each, respectively, together;  /* 均, 分别, 共 */
    enum part part;                     /* of the piece between two 、 */
    bool other, cause, verb_lost;
    bool aside, about;                  /* of the piece between two commas */
    bool elsewhen, foreign;             /* of the sentence */
    bool muted;                         /* of the bracket: what it explains is silent */
    bool none, gap, tail, none_cause;   /* 没有; text behind it; text behind the chain */
    struct term before[CHAIN]; size_t nbefore;      /* the chain in front of 没有 */
    bool sharing;                       /* 占: the percentage to come is of `shared` */
    struct term shared[CHAIN]; size_t nshared;
    const struct saying *verb;          /* of the number before, in this clause: 制发规章2件、规范性文件3件 */
};

struct scan {
    const struct reading *reading;
    const struct tokens *tokens;
    struct statements *statements;
    struct frame frame, outer[DEPTH];
    size_t depth;
    enum told_of told_of;
    size_t sentence;                    /* the first statement of the sentence */
    size_t at;                          /* the token that is read: bytes of the text */
    bool failed;
};

/* -- terms -- */

static const struct saying *
meaning(const struct saying *saying, enum saying_kind kind, const struct topic *topic)
{
    for (; saying != NULL; saying = saying->next)
        if (saying->kind == kind && saying->topic == topic)
            return saying;
    return NULL;
}

/* Is nothing of what is talked about said here of a number of the form? */
static bool
is_silent(const struct frame *f)
{
    return f->part != PART_NONE || f->other || f->aside || f->about || f->elsewhen || f->foreign || f->muted;
}

static const struct count *
bare_count(const struct topic *topic)
{
    for (size_t i = 0; i < topic->ncounts; i++)
        if (topic->counts[i].bare)
            return &topic->counts[i];
    return NULL;
}

/* Does b sum all that a sums, and more? */
static bool
is_part_of(const struct count *a, const struct count *b)
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
        if (is_part_of(term->count, &term->topic->counts[i]) && !term->topic->counts[i].bare)
            return true;
    return false;
}

static void
forget_chain(struct frame *f)
{
    f->nchain = 0;
    f->touching = f->joined = f->each = f->respectively = f->together = false;
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
static void
put_topic(struct frame *f, const struct topic *topic)
{
    bool verbs = f->nchain > 0 && !(f->joined && f->touching);
    size_t kept = 0;
    for (size_t i = 0; i < f->nchain && verbs; i++) {
        struct term *term = &f->chain[i];
        const struct saying *saying = term->saying != NULL ? meaning(term->saying, SAYING_COUNT, topic) : NULL;
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
    const struct count *bare = bare_count(topic);
    const struct saying *carried = bare == NULL && f->verb != NULL && !verbs ? meaning(f->verb, SAYING_COUNT, topic) : NULL;
    put_term(f, (struct term){ topic, mute ? NULL : carried != NULL ? carried->count : bare, carried });
}

static void
put_count(struct frame *f, const struct saying *saying)
{
    const struct saying *found = f->topic != NULL ? meaning(saying, SAYING_COUNT, f->topic) : NULL;
    for (const struct saying *s = saying; s != NULL && found == NULL && !f->lost; s = s->next)
        if (s->kind == SAYING_COUNT && s->count->alone)
            found = s;
    struct term term = { NULL, NULL, saying };
    f->part = f->part == PART_BEFORE ? PART_NONE : f->part;
    if (found != NULL) {
        term = (struct term){ found->topic, found->count, saying };
        f->topic = found->topic;
    }
    struct term *last = f->nchain > 0 ? &f->chain[f->nchain - 1] : NULL;
    bool follows = last != NULL && !f->joined && term.count != NULL && last->topic == term.topic;
    bool verb = follows && last->count != NULL && last->count->alone && !term.count->alone && f->touching;      /* 予以公开答复 */
    if (verb || (follows && last->count != NULL && last->count != term.count && is_part_of(last->count, term.count))) {
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

/* -- statements -- */

static void
state(struct scan *scan, const struct term *terms, size_t n, const struct token *number, bool sum)
{
    struct arena *arena = scan->reading->arena;
    struct statements *all = scan->statements;
    size_t nany = 0, slots = 0;
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
    for (size_t i = 0; i < n && sum; i++)
        for (size_t k = 0; k < terms[i].count->any[0].n; k++)
            whole.slots[whole.n++] = terms[i].count->any[0].slots[k];
    if (sum)
        any[statement->nany++] = whole;
    for (size_t i = 0; i < n && !sum; i++)
        for (size_t k = 0; k < terms[i].count->nany; k++)
            any[statement->nany++] = terms[i].count->any[k];
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
                if (terms[i].count == terms[k].count || is_part_of(terms[i].count, terms[k].count) || is_part_of(terms[k].count, terms[i].count))
                    return false;
        state(scan, terms, n, number, true);
        return true;
    }
    for (size_t i = 0; i < n; i++)
        state(scan, &terms[i], 1, number, false);
    return true;
}

/* The end of a piece that said 没有: what stands there is none. */
static void
settle_none(struct scan *scan)
{
    struct frame *f = &scan->frame;
    static const struct token zero = { .unit = UNIT_NONE };
    bool silent = is_silent(f);
    const struct term *terms = f->nchain > 0 ? f->chain : f->before;
    size_t n = f->nchain > 0 ? (!f->tail && (!f->gap || f->none_cause) ? f->nchain : 0) : !f->gap ? f->nbefore : 0;
    for (size_t i = 0; i < n && f->none && !silent; i++)
        if (terms[i].count != NULL && (terms[i].count->bare || terms[i].count->alone || bare_count(terms[i].topic) == NULL))
            state(scan, &terms[i], 1, &zero, false);
    f->none = f->gap = f->tail = f->none_cause = false;
    f->nbefore = 0;
}

/* -- numbers -- */

static const struct token *
token(const struct scan *scan, size_t i)
{
    static const struct token end = { .kind = TOKEN_STOP };
    return i < scan->tokens->n ? &scan->tokens->at[i] : &end;
}

static bool
is_saying(const struct token *t, enum saying_kind kind)
{
    return t->kind == TOKEN_SAYING && t->saying != NULL && t->saying->kind == kind;
}

static bool
is_filler(const struct token *t)
{
    return t->kind == TOKEN_SAYING && (t->saying == NULL || t->saying->kind == SAYING_FILLER || t->saying->kind == SAYING_AMONG ||
                                       t->saying->kind == SAYING_EACH || t->saying->kind == SAYING_TOGETHER || t->saying->kind == SAYING_THIS_YEAR);
}

static size_t
skip_fillers(const struct scan *scan, size_t i)
{
    while (is_filler(token(scan, i)))
        i++;
    return i;
}

/* Does a piece of the sentence end here? */
static bool
ends_piece(const struct token *t)
{
    return (t->kind >= TOKEN_STOP && t->kind <= TOKEN_CLOSE) || is_saying(t, SAYING_JOIN);
}

/* A bare "0" or "67" is a count only where a unit may have been left out. */
static bool
is_number(const struct scan *scan, size_t i)
{
    const struct token *t = token(scan, i), *before = i > 0 ? token(scan, i - 1) : t, *next = token(scan, i + 1);
    if (t->unit != UNIT_NONE)
        return true;
    bool led = before->kind == TOKEN_COLON || is_filler(before);
    return next->kind == TOKEN_COMMA || (next->kind == TOKEN_STOP && (next->semicolon || led)) || is_saying(next, SAYING_JOIN) ||
           (next->kind == TOKEN_CLOSE && led);
}

/* "分别为3件、2件": one number for each term. The token behind them, or 0. */
static size_t
state_respectively(struct scan *scan, size_t i)
{
    struct frame *f = &scan->frame;
    const struct token *numbers[CHAIN];
    size_t n = 0, end = i;
    while (n < f->nchain && token(scan, i)->kind == TOKEN_NUMBER && !token(scan, i)->vague) {
        numbers[n++] = token(scan, i);
        end = ++i;
        if (token(scan, i)->kind != TOKEN_COMMA && !is_saying(token(scan, i), SAYING_JOIN))
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

/* The number belongs to the chain in front of it. A verb must not have an object of its own behind the number: 收到4件留言. */
static size_t
state_left(struct scan *scan, size_t i)
{
    struct frame *f = &scan->frame;
    const struct token *number = token(scan, i);
    size_t next = skip_fillers(scan, i + 1);
    const struct token *behind = token(scan, next);
    bool noun = is_saying(behind, SAYING_TOPIC) || is_saying(behind, SAYING_SHORT);
    const struct term *last = &f->chain[f->nchain - 1];
    bool verb = last->saying != NULL && (last->count == NULL || !last->count->alone);
    if (verb && noun && (behind->saying->kind == SAYING_TOPIC || behind->saying->next == NULL)) {
        struct frame saved = *f;
        put_topic(f, behind->saying->topic);
        if (f->chain[f->nchain - 1].saying != NULL && state_chain(scan, f->chain, f->nchain, number))
            return next + 1;
        *f = saved;
        return 0;
    }
    if (verb && (behind->kind == TOKEN_TEXT || behind->kind == TOKEN_BODY || is_saying(behind, SAYING_OTHER) || is_saying(behind, SAYING_PART)))
        return 0;
    return state_chain(scan, f->chain, f->nchain, number) ? i + 1 : 0;
}

/* "2件予以公开", "对12件申请作出答复": the term behind the number. */
static size_t
state_right(struct scan *scan, size_t i)
{
    struct frame *f = &scan->frame, saved = *f;
    const struct token *number = token(scan, i);
    size_t at = skip_fillers(scan, i + 1), begin = at;
    const struct token *t = token(scan, at);
    if (is_saying(t, SAYING_TOPIC) || (is_saying(t, SAYING_SHORT) && f->topic != NULL && meaning(t->saying, SAYING_SHORT, f->topic))) {
        const struct topic *topic = is_saying(t, SAYING_TOPIC) ? t->saying->topic : f->topic;
        at = skip_fillers(scan, at + 1);
        if (!is_saying(token(scan, at), SAYING_COUNT)) {
            put_topic(f, topic);
            if (ends_piece(token(scan, at)) && state_chain(scan, f->chain, f->nchain, number))
                return at;
            *f = saved;
            return 0;
        }
        f->topic = topic;
        f->lost = false;
    }
    if (!is_saying(token(scan, at), SAYING_COUNT))
        return 0;
    forget_chain(f);
    put_count(f, token(scan, at)->saying);
    bool weak = f->chain[0].count != NULL && !f->chain[0].count->alone && at == begin;
    at = skip_fillers(scan, at + 1);
    if (is_saying(token(scan, at), SAYING_SHORT))
        at = skip_fillers(scan, at + 1);
    if ((ends_piece(token(scan, at)) || is_saying(token(scan, at), SAYING_COUNT)) && !(weak && saved.touching && saved.nchain > 0) &&
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
    bool known = f->sharing && f->nshared > 0 && all_known(scan, terms, f->nshared, token(scan, i)) && terms[0].topic->nwhole > 0;
    for (size_t k = 0; k < f->nshared && known; k++)
        known = terms[k].count->alone;                          /* 答复率 is of something else */
    if (known)
        state(scan, terms, f->nshared, token(scan, i), true);
    return i + 1;
}

/* A number: the token to go on with. */
static size_t
take_number(struct scan *scan, size_t i)
{
    struct frame *f = &scan->frame;
    const struct token *number = token(scan, i);
    bool silent = is_silent(f) || f->none || number->vague;
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
        f->topic = NULL;
        f->lost = true;
        f->nshared = 0;
    } else
        f->nshared = 0;
    f->part = (f->part == PART_HERE || f->other) && f->touching && f->nchain > 0 ? PART_LISTED : f->part;
    forget_chain(f);
    f->none = f->about = f->sharing = f->cause = f->verb_lost = false;
    return end > 0 ? end : i + 1;
}

/* -- the other tokens -- */

static void
end_piece(struct scan *scan)
{
    scan->frame.part = scan->frame.part == PART_LISTED || scan->frame.part == PART_BEFORE ? PART_BEFORE : PART_NONE;
    scan->frame.other = scan->frame.cause = scan->frame.verb_lost = false;
}

static void
end_clause(struct scan *scan)
{
    settle_none(scan);
    end_piece(scan);
    forget_chain(&scan->frame);
    scan->frame.verb = NULL;
    scan->frame.aside = scan->frame.about = scan->frame.sharing = false;
}

/* Give the statements of the sentence that ends before byte `to` their place in the text. */
static void
end_sentence(struct scan *scan, size_t *from, size_t to)
{
    for (size_t i = scan->sentence; i < scan->statements->n; i++) {
        scan->statements->at[i].from = *from;
        scan->statements->at[i].to = to;
    }
    scan->sentence = scan->statements->n;
    *from = to;
}

static void
open_bracket(struct scan *scan)
{
    struct frame *f = &scan->frame;
    if (scan->depth < DEPTH)
        scan->outer[scan->depth] = *f;
    scan->depth++;
    f->muted = is_silent(f);
    forget_chain(f);
    f->none = f->gap = f->tail = f->none_cause = f->sharing = f->cause = f->about = false;
    f->nbefore = 0;
    f->verb = NULL;
}

static void
close_bracket(struct scan *scan)
{
    end_clause(scan);
    if (scan->depth > 0 && --scan->depth < DEPTH)
        scan->frame = scan->outer[scan->depth];
}

static void
take_none(struct frame *f)
{
    f->nbefore = 0;
    if (f->touching && !f->none) {
        memcpy(f->before, f->chain, sizeof f->chain);
        f->nbefore = f->nchain;
    }
    forget_chain(f);
    f->none = true;
    f->gap = f->tail = f->none_cause = false;
}

static void
take_text(struct frame *f)
{
    f->touching = f->joined = false;
    f->verb_lost |= f->nchain > 0 && f->chain[f->nchain - 1].count != NULL && !f->chain[f->nchain - 1].count->alone;
    if (f->none && f->nchain == 0)
        f->gap = true;
    f->tail |= f->none;
}

/* Another body whose numbers follow: the subject of the clause, and not somebody who is mentioned. */
static bool
is_subject(const struct scan *scan, size_t i)
{
    for (i = skip_fillers(scan, i); token(scan, i)->kind == TOKEN_BODY || is_saying(token(scan, i), SAYING_JOIN);)
        i = skip_fillers(scan, i + 1);
    const struct token *t = token(scan, i);
    return t->kind == TOKEN_NUMBER || is_saying(t, SAYING_COUNT) || is_saying(t, SAYING_TOPIC);
}

static void
take_share(struct frame *f)
{
    if (f->nchain > 0 && f->touching) {
        memcpy(f->shared, f->chain, sizeof f->chain);
        f->nshared = f->nchain;
    }
    f->sharing = f->nshared > 0;
}

static void
take_saying(struct scan *scan, const struct saying *saying)
{
    struct frame *f = &scan->frame;
    if (f->sharing && saying->kind <= SAYING_TOGETHER)
        return;
    switch (saying->kind) {
    case SAYING_TOPIC:
        put_topic(f, saying->topic);
        break;
    case SAYING_SHORT:
        if (f->topic != NULL && meaning(saying, SAYING_SHORT, f->topic) && (f->nchain == 0 || f->touching))
            put_topic(f, f->topic);
        else if (f->topic == NULL && !f->lost && saying->next == NULL && f->nchain > 0 && f->touching)
            put_topic(f, saying->topic);
        else
            take_text(f);
        break;
    case SAYING_COUNT:
        put_count(f, saying);
        break;
    case SAYING_JOIN:
        f->joined = f->touching;
        if (strcmp(saying->s, "、") == 0)
            end_piece(scan);
        break;
    case SAYING_EACH:
        f->each |= f->touching;
        break;
    case SAYING_RESPECTIVELY:
        f->respectively |= f->touching;
        break;
    case SAYING_TOGETHER:
        f->together = true;
        break;
    case SAYING_NONE:
        take_none(f);
        break;
    case SAYING_SHARE:
        take_share(f);
        break;
    case SAYING_CAUSE:
        f->cause = true;
        f->none_cause |= f->none;
        break;
    case SAYING_ASIDE:
        f->aside = true;
        break;
    case SAYING_PART:
        f->part = f->none ? f->part : PART_HERE;
        break;
    case SAYING_OTHER:
        f->other |= !f->none;
        f->touching &= f->none;
        break;
    case SAYING_ELSEWHEN:
    case SAYING_PREVIOUS_YEAR:
    case SAYING_NEXT_YEAR:
        f->elsewhen = true;
        break;
    case SAYING_THIS_YEAR:
        f->elsewhen = false;
        break;
    case SAYING_ABOUT:
        f->about = true;
        break;
    case SAYING_AREA:
    case SAYING_OWN:
        scan->told_of = saying->kind == SAYING_AREA ? OF_AREA : OF_BODY;
        f->foreign = false;
        break;
    case SAYING_FILLER:
    case SAYING_AMONG:
    case SAYING_NOISE:
    case SAYING_UNIT:
        break;
    }
}

/* A line without the end of a sentence names what the next ones are about. */
static bool
is_heading(const char *text)
{
    size_t characters = 0;
    for (const char *at = text; *at != '\0'; at++)
        characters += (*at & 0xC0) != 0x80;
    return characters <= HEADING_CHARACTERS && strstr(text, "。") == NULL && strstr(text, "，") == NULL && strstr(text, "；") == NULL;
}

/* "（二）依申请公开情况。…" begins with a heading of its own. */
static bool
is_numbered(const struct tokens *tokens)
{
    return tokens->n > 1 && (tokens->at[0].kind == TOKEN_OPEN || (tokens->at[1].kind == TOKEN_SAYING && tokens->at[1].saying != NULL &&
                                                                  strcmp(tokens->at[1].saying->s, "、") == 0));
}

static void
take_stop(struct scan *scan, size_t i, size_t *from)
{
    end_clause(scan);
    scan->frame.part = PART_NONE;
    if (token(scan, i)->semicolon)
        return;
    end_sentence(scan, from, token(scan, i)->end);
    scan->frame.nshared = 0;
    if (!is_saying(token(scan, i + 1), SAYING_AMONG))
        scan->frame.elsewhen = scan->frame.foreign = false;
}

bool
narrative_scan(const struct reading *reading, struct arena *scratch, const char *text, const struct topic **topic, struct statements *statements)
{
    struct tokens tokens = { .at = NULL };
    struct scan scan = { .reading = reading, .tokens = &tokens, .statements = statements, .sentence = statements->n };
    size_t from = 0;
    if (!narrative_tokens(reading, scratch, text, &tokens))
        return false;
    bool heading = is_heading(text);
    scan.frame.topic = heading || is_numbered(&tokens) ? NULL : *topic;
    for (size_t i = 0; i < tokens.n && !scan.failed;) {
        const struct token *t = &tokens.at[i++];
        scan.at = t->at;
        switch (t->kind) {
        case TOKEN_NUMBER:
            i = take_number(&scan, i - 1);
            break;
        case TOKEN_SAYING:
            if (t->saying != NULL)
                take_saying(&scan, t->saying);
            break;
        case TOKEN_STOP:
            take_stop(&scan, i - 1, &from);
            break;
        case TOKEN_COMMA:
            end_clause(&scan);
            break;
        case TOKEN_COLON:
            end_piece(&scan);
            break;
        case TOKEN_OPEN:
            open_bracket(&scan);
            break;
        case TOKEN_CLOSE:
            close_bracket(&scan);
            break;
        case TOKEN_OTHER_YEAR:
        case TOKEN_PART_YEAR:
            scan.frame.elsewhen = true;
            break;
        case TOKEN_BODY:
            scan.frame.foreign |= is_subject(&scan, i);
            break;
        case TOKEN_TEXT:
            take_text(&scan.frame);
            break;
        }
    }
    end_clause(&scan);
    end_sentence(&scan, &from, strlen(text));
    *topic = heading ? scan.frame.topic : *topic;
    return !scan.failed;
}
