/* SPDX-License-Identifier: MIT */
/* What a paragraph states. One pass over its tokens: names gather in a chain, numbers are paired with it, and all that makes a number
 * something else (a part, another year, a comparison, another body) silences its piece of the sentence. */
#include "narrative_scan.h"

#include <string.h>

enum { HEADING_CHARACTERS = 40 };

static void
end_piece(struct scan *scan)
{
    scan->frame.part = scan->frame.part == PART_LISTED || scan->frame.part == PART_BEFORE ? PART_BEFORE : PART_NONE;
    scan->frame.other = scan->frame.cause = scan->frame.verb_lost = false;
}

static void
end_clause(struct scan *scan)
{
    scan_settle_none(scan);
    end_piece(scan);
    chain_forget(&scan->frame);
    scan->frame.verb = NULL;
    scan->frame.aside = scan->frame.about = scan->frame.sharing = false;
}

/* Give the statements of the sentence that ends before byte `to` their place in the text. */
static void
end_sentence(struct scan *scan, size_t *from, size_t to)
{
    scan_settle_sentence(scan);
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
    f->muted = frame_is_silent(f);
    chain_forget(f);
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
take_none(struct scan *scan)
{
    struct frame *f = &scan->frame;
    if (f->none)
        scan_settle_none(scan);                                 /* 无复议、无诉讼 */
    else if (f->touching) {
        memcpy(f->before, f->chain, sizeof f->chain);
        f->nbefore = f->nchain;
    }
    chain_forget(f);
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
    for (i = scan_skip_fillers(scan, i); scan_token(scan, i)->kind == TOKEN_BODY || token_is(scan_token(scan, i), SAYING_JOIN);)
        i = scan_skip_fillers(scan, i + 1);
    const struct token *t = scan_token(scan, i);
    return t->kind == TOKEN_NUMBER || token_is(t, SAYING_COUNT) || token_is(t, SAYING_TOPIC);
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

/* "收到申请" below the heading of something else: what is counted from here on nobody names. */
static bool
is_object(const struct frame *f, const struct saying *saying)
{
    return f->topic != NULL && !term_meaning(saying, SAYING_SHORT, f->topic) && f->nchain > 0 && f->touching && f->chain[f->nchain - 1].saying != NULL;
}

static void
take_short(struct frame *f, const struct saying *saying)
{
    if (f->topic != NULL && term_meaning(saying, SAYING_SHORT, f->topic) && (f->nchain == 0 || f->touching))
        chain_put_topic(f, f->topic);
    else if (f->topic == NULL && !f->lost && saying->next == NULL && f->nchain > 0 && f->touching)
        chain_put_topic(f, saying->topic);
    else {
        f->lost |= is_object(f, saying);
        f->topic = f->lost ? NULL : f->topic;
        take_text(f);
    }
}

/* "2件系2022年申请、2023年审结": when these began, whatever follows. But "是去年的两倍" compares. */
static bool
tells_origin(const struct scan *scan, size_t i)
{
    const struct token *behind = scan_token(scan, i + 1);
    return i > 0 && token_is(scan_token(scan, i - 1), SAYING_COPULA) && !token_is(behind, SAYING_FILLER) && behind->kind != TOKEN_STOP;
}

static void
take_year(struct scan *scan, size_t i, bool other)
{
    struct frame *f = &scan->frame;
    f->origin |= other && tells_origin(scan, i);
    f->elsewhen = other || f->origin;
    f->of_this_year = f->dated ? f->of_this_year : !other;
    f->dated = true;
}

/* "申请合计5件": a word that counts in some topic, and elsewhere, or behind a name, says nothing. */
static bool
only_fills(const struct scan *scan, const struct saying *saying)
{
    const struct frame *f = &scan->frame;
    const struct saying *common = sayings_find(scan->reading->common, saying->s, saying->n);
    bool named = f->touching && f->nchain > 0 && !f->joined;
    return common != NULL && common->n == saying->n && common->kind == SAYING_FILLER && (named || f->topic == NULL || !term_meaning(saying, SAYING_COUNT, f->topic));
}

/* A name, or what joins names. False: it is neither. */
static bool
take_name(struct scan *scan, const struct saying *saying)
{
    struct frame *f = &scan->frame;
    switch (saying->kind) {
    case SAYING_TOPIC:
        chain_put_topic(f, saying->topic);
        return true;
    case SAYING_SHORT:
        take_short(f, saying);
        return true;
    case SAYING_COUNT:
        if (!only_fills(scan, saying))
            chain_put_count(f, saying);
        return true;
    case SAYING_JOIN:
        f->joined = f->touching;
        if (strcmp(saying->s, "、") == 0)
            end_piece(scan);
        return true;
    case SAYING_EACH:
        f->each |= f->touching;
        return true;
    case SAYING_RESPECTIVELY:
        f->respectively |= f->touching;
        return true;
    default:
        return false;
    }
}

/* What makes the numbers of its piece or clause others than the form's, or ends that. False: it does not. */
static bool
take_limit(struct frame *f, enum saying_kind kind)
{
    switch (kind) {
    case SAYING_CAUSE:
        f->cause = true;
        f->none_cause |= f->none;
        return true;
    case SAYING_ASIDE:
        f->aside = true;
        return true;
    case SAYING_PART:
        f->part = f->none ? f->part : PART_HERE;
        return true;
    case SAYING_OTHER:
        f->other |= !f->none;
        f->touching &= f->none;
        return true;
    case SAYING_ABOUT:
        f->about = true;
        return true;
    case SAYING_EXAMPLES:
        f->part = PART_NONE;
        f->cause = false;
        chain_forget(f);
        return true;
    default:
        return false;
    }
}

/* The saying at token i. */
static void
take_saying(struct scan *scan, size_t i, const struct saying *saying)
{
    struct frame *f = &scan->frame;
    if (f->sharing && saying->kind == SAYING_RESPECTIVELY)
        f->nshared = 0;                                         /* 占比分别为: of more than the last one */
    if ((f->sharing && saying->kind <= SAYING_RESPECTIVELY) || take_name(scan, saying) || take_limit(f, saying->kind))
        return;
    switch (saying->kind) {
    case SAYING_NONE:
        take_none(scan);
        break;
    case SAYING_SHARE:
        take_share(f);
        break;
    case SAYING_AMONG:
        f->among = true;
        break;
    case SAYING_ELSEWHEN:
    case SAYING_PREVIOUS_YEAR:
    case SAYING_NEXT_YEAR:
    case SAYING_THIS_YEAR:
        take_year(scan, i, saying->kind != SAYING_THIS_YEAR);
        break;
    case SAYING_AREA:
    case SAYING_OWN:
        scan->told_of = saying->kind == SAYING_AREA ? OF_AREA : OF_BODY;
        f->foreign = false;
        break;
    default:                                                    /* a filler */
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

/* "1. 依申请公开情况" */
static bool
is_itemized(const struct tokens *tokens)
{
    return tokens->n > 1 && tokens->at[0].kind == TOKEN_NUMBER && tokens->at[1].kind == TOKEN_STOP;
}

static void
take_stop(struct scan *scan, size_t i, size_t *from)
{
    end_clause(scan);
    scan->frame.part = PART_NONE;
    if (scan_token(scan, i)->semicolon) {
        scan->frame.elsewhen &= !scan->frame.of_this_year || scan->frame.origin;        /* 本年收到3件，上年5件；行政处罚8件 */
        return;
    }
    scan->frame.dated = scan->frame.of_this_year = false;
    end_sentence(scan, from, scan_token(scan, i)->end);
    scan->frame.nshared = scan->frame.nthen = 0;
    if (scan->frame.lost && scan->frame.kept != NULL) {
        scan->frame.topic = scan->frame.kept;
        scan->frame.lost = false;
    }
    scan->frame.kept = NULL;
    scan->frame.among = false;
    if (!token_is(scan_token(scan, i + 1), SAYING_AMONG))
        scan->frame.elsewhen = scan->frame.origin = scan->frame.foreign = false;
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
    scan.numbered_heading = heading && (is_numbered(&tokens) || is_itemized(&tokens));
    scan.frame.topic = heading || is_numbered(&tokens) ? NULL : *topic;
    for (size_t i = 0; i < tokens.n && !scan.failed;) {
        const struct token *t = &tokens.at[i++];
        scan.at = t->at;
        switch (t->kind) {
        case TOKEN_NUMBER:
            i = scan_take_number(&scan, i - 1);
            break;
        case TOKEN_SAYING:
            if (t->saying != NULL)
                take_saying(&scan, i - 1, t->saying);
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
            take_year(&scan, i - 1, true);
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
