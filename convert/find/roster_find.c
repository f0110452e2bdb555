/* SPDX-License-Identifier: MIT */
/* roster_find: every way to call a member is a key of one table, in four ranks; what is asked for is folded (lexicon.h) and looked up,
 * so the length of the list does not matter. A key that two members share says so: then nobody is meant. */
#include <string.h>

#include "names.h"
#include "roster.h"
#include "text.h"

enum rank {
    RANK_FULL,          /* its full name, folded */
    RANK_OTHER,         /* its other names */
    RANK_LOOSE,         /* a short form of several full names, or the other way round; without the bracket at the end */
    RANK_TAIL           /* without the area: 科学技术局, 市科学技术局 */
};

enum { NOBODY = -1, SEVERAL = -2 };

struct key { const char *s; uint32_t n, next; int32_t member; enum rank rank; };      /* next: index + 1 in its bucket; 0: none */

enum { END = 6, ENDS = 1 << 16 };       /* bytes of two characters; how many of such are told apart */

struct roster_names {
    struct key *keys; size_t nkeys, cap;
    uint32_t *first; size_t mask;       /* index + 1 of the first key of a bucket */
    bool *ends;                         /* by hash of their last bytes: which keys end so */
    bool *wide;                         /* per member: an area that other members are named after */
};

const char *
roster_folded(const struct lexicon *lexicon, struct arena *arena, const char *name)
{
    const char *plain = lexicon_plain(arena, name);
    return plain != NULL ? lexicon_fold(lexicon, arena, plain, strlen(plain)) : NULL;
}

size_t
roster_area(const struct lexicon *lexicon, const char *name)
{
    return lexicon_government(lexicon, name, strlen(name));
}

/* -- making the table -- */

static bool
add_key(struct arena *arena, struct roster_names *names, const char *s, size_t n, size_t member, enum rank rank)
{
    if (!arena_room(arena, &names->keys, names->nkeys, &names->cap, sizeof *names->keys))
        return false;
    names->keys[names->nkeys++] = (struct key){ .s = s, .n = (uint32_t)n, .member = (int32_t)member, .rank = rank };
    return true;
}

/* What is left of a name when its areas are taken away one after another, with and without what the area ends in. */
static bool
add_tails(struct arena *arena, const struct lexicon *lexicon, struct roster_names *names, const char *s, size_t n, size_t member)
{
    size_t area, ending;
    while ((area = lexicon_area(lexicon, s, n, &ending)) > 0 && area < n && s[area] != '(') {
        if (!add_key(arena, names, s + area - ending, n - area + ending, member, RANK_TAIL)
            || !add_key(arena, names, s + area, n - area, member, RANK_TAIL))
            return false;
        s += area;
        n -= area;
    }
    return true;
}

/* The name with another word at its end. */
static bool
add_loose(struct arena *arena, const struct lexicon *lexicon, struct roster_names *names, const char *s, size_t n, const struct word *word,
          size_t member)
{
    char *loose = arena_alloc(arena, n + word->n + 1);
    if (loose == NULL)
        return false;
    memcpy(loose, s, n);
    memcpy(loose + n, word->s, word->n);
    return add_key(arena, names, loose, n + word->n, member, RANK_LOOSE) && add_tails(arena, lexicon, names, loose, n + word->n, member);
}

/* Folded in the arena, by way of scratch, which is larger. */
static const char *
fold_into(struct arena *arena, struct arena *scratch, const struct lexicon *lexicon, const char *name)
{
    const char *plain = lexicon_plain(scratch, name);
    return plain != NULL ? lexicon_fold(lexicon, arena, plain, strlen(plain)) : NULL;
}

static bool
add_member(struct arena *arena, struct arena *scratch, const struct roster *roster, struct roster_names *names, size_t i)
{
    const struct lexicon *lexicon = roster->lexicon;
    const struct member *member = &roster->members[i];
    const char *s = fold_into(arena, scratch, lexicon, member->name);
    if (s == NULL)
        return false;
    size_t n = strlen(s), base = lexicon_unbracketed(s, n);
    if (!add_key(arena, names, s, n, i, RANK_FULL) || (base < n && !add_key(arena, names, s, base, i, RANK_LOOSE))
        || !add_tails(arena, lexicon, names, s, base, i))
        return false;
    const struct word *word = lexicon_word(lexicon, s, base);
    for (size_t k = 0; word != NULL && k < word->nothers; k++)
        if ((!word->full || word->others[k]->nothers > 1) && !add_loose(arena, lexicon, names, s, base - word->n, word->others[k], i))
            return false;
    for (size_t k = 0; k < member->nothers; k++) {
        const char *other = fold_into(arena, scratch, lexicon, member->others[k]);
        if (other == NULL || !add_key(arena, names, other, strlen(other), i, RANK_OTHER))
            return false;
    }
    return true;
}

static size_t
hash_of(const char *s, size_t n)
{
    uint64_t hash = 14695981039346656037u;           /* FNV-1a */
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ (unsigned char)s[i]) * 1099511628211u;
    return (size_t)(hash ^ hash >> 32);
}

static uint32_t *
bucket(const struct roster_names *names, const char *s, size_t n)
{
    return &names->first[hash_of(s, n) & names->mask];
}

static bool *
end_of(const struct roster_names *names, const char *s, size_t n)
{
    return &names->ends[hash_of(s + n - END, END) % ENDS];
}

/* The key of this name and rank, or of the first rank there is (`any`). */
static struct key *
key_of(const struct roster_names *names, const char *s, size_t n, enum rank rank, bool any)
{
    struct key *best = NULL;
    for (uint32_t at = *bucket(names, s, n); at != 0; at = names->keys[at - 1].next) {
        struct key *key = &names->keys[at - 1];
        if (key->n == n && memcmp(key->s, s, n) == 0 && (any ? best == NULL || key->rank < best->rank : key->rank == rank))
            best = key;
    }
    return best;
}

static enum status
link_keys(struct roster_names *names, const struct roster *roster, const uint32_t *rows, struct fault *fault)
{
    for (size_t i = 0; i < names->nkeys; i++) {
        struct key *key = &names->keys[i], *same = key_of(names, key->s, key->n, key->rank, false);
        if (same == NULL) {
            if (key->n >= END)
                *end_of(names, key->s, key->n) = true;
            uint32_t *first = bucket(names, key->s, key->n);
            key->next = *first;
            *first = (uint32_t)i + 1;
            continue;
        }
        if (same->member != key->member && key->rank == RANK_FULL)
            return fault_set(fault, STATUS_UNSUPPORTED, "第 %u 行和第 %u 行是同一个单位：“%s”，请删去一行", (unsigned)rows[same->member] + 1,
                             (unsigned)rows[key->member] + 1, roster->members[key->member].name);
        if (same->member != key->member)
            same->member = SEVERAL;
    }
    return STATUS_OK;
}

/* Members that are areas which other members are named after. */
static void
mark_wide(const struct roster *roster, struct roster_names *names)
{
    for (size_t i = 0; i < names->nkeys; i++) {
        const struct key *key = &names->keys[i];
        size_t n = 0, area, ending;
        while (key->rank == RANK_FULL && (area = lexicon_area(roster->lexicon, key->s + n, key->n - n, &ending)) > 0 && n + area < key->n) {
            const struct key *whole = key_of(names, key->s, n + area, RANK_FULL, false);
            const struct key *alone = key_of(names, key->s + n, area, RANK_FULL, false);
            if (whole != NULL)
                names->wide[whole->member] = true;
            if (alone != NULL)
                names->wide[alone->member] = true;
            n += area;
        }
    }
}

static enum status
check_successors(struct arena *scratch, const struct roster *roster, const uint32_t *rows, struct fault *fault)
{
    for (size_t i = 0; i < roster->n; i++) {
        const char *merged = roster->members[i].merged, *s = *merged != '\0' ? roster_folded(roster->lexicon, scratch, merged) : "";
        if (s == NULL)
            return fault_set(fault, STATUS_MEMORY, "%s", "");
        const struct key *key = key_of(roster->names, s, strlen(s), RANK_FULL, false);
        if (*merged != '\0' && key == NULL)
            return fault_set(fault, STATUS_UNSUPPORTED, "第 %u 行：并入（更名）后的“%s”不在名单里，请给它加一行", (unsigned)rows[i] + 1, merged);
        if (key != NULL && (size_t)key->member == i)
            return fault_set(fault, STATUS_UNSUPPORTED, "第 %u 行：“%s”并入（更名为）它自己", (unsigned)rows[i] + 1, merged);
    }
    return STATUS_OK;
}

enum status
roster_index(struct arena *arena, struct arena *scratch, struct roster *roster, const uint32_t *rows, struct fault *fault)
{
    struct roster_names *names = arena_alloc(arena, sizeof *names);
    bool ok = names != NULL;
    for (size_t i = 0; ok && i < roster->n; i++)
        ok = add_member(arena, scratch, roster, names, i);
    if (ok) {
        size_t size = 16;
        while (size < names->nkeys)
            size *= 2;
        names->mask = size - 1;
        names->first = arena_array(arena, size, sizeof *names->first);
        names->ends = arena_array(arena, ENDS, sizeof *names->ends);
        names->wide = arena_array(arena, roster->n + 1, sizeof *names->wide);
    }
    if (!ok || names->first == NULL || names->ends == NULL || names->wide == NULL)
        return fault_set(fault, STATUS_MEMORY, "%s", "");
    roster->names = names;
    enum status status = link_keys(names, roster, rows, fault);
    if (status == STATUS_OK)
        mark_wide(roster, names);
    return status == STATUS_OK ? check_successors(scratch, roster, rows, fault) : status;
}

/* -- looking up -- */

/* Who is called so; `plain` as lexicon_plain gives it. Without its bracket it may be one too, or without its area the whole name of one. */
static int32_t
named(const struct roster *roster, struct arena *arena, const char *plain)
{
    const char *s = lexicon_fold(roster->lexicon, arena, plain, strlen(plain));
    size_t n = s != NULL ? strlen(s) : 0, base = s != NULL ? lexicon_unbracketed(s, n) : 0, area, ending;
    const struct key *key = n > 0 ? key_of(roster->names, s, n, RANK_FULL, true) : NULL;
    if (key == NULL && base < n)
        key = key_of(roster->names, s, base, RANK_FULL, true);
    for (; key == NULL && s != NULL && (area = lexicon_area(roster->lexicon, s, base, &ending)) > 0 && area < base; base -= area) {
        s += area;
        key = key_of(roster->names, s, base - area, RANK_FULL, false);
    }
    return key != NULL ? key->member : NOBODY;
}

/* The member of the longest name in the name of a file or folder. Other characters may stand beside it, words only those that the
 * lexicon allows: in 公安局宿城分局 there is no 公安局. */
static int32_t
contained(const struct roster *roster, struct arena *arena, const char *plain)
{
    enum { LEAST = END, MOST = 600 };                /* bytes; no name of a file is longer */
    const struct lexicon *lexicon = roster->lexicon;
    size_t n = strlen(plain) < MOST ? strlen(plain) : 0, longest = 0, ending;
    int32_t found = NOBODY;
    for (size_t end = n; end >= LEAST; end--) {
        if ((end < n && (plain[end] & 0xC0) == 0x80) || (!*end_of(roster->names, plain, end) && !lexicon_folds(lexicon, plain, end))
            || !lexicon_beside(lexicon, plain + end, n - end, false))
            continue;
        for (size_t from = 0; end - from >= LEAST && end - from >= longest; from++) {
            if ((plain[from] & 0xC0) == 0x80)
                continue;
            const char *s = lexicon_fold(lexicon, arena, plain + from, end - from);
            const struct key *key = s != NULL ? key_of(roster->names, s, strlen(s), RANK_FULL, true) : NULL;
            if (key == NULL || (key->rank != RANK_FULL && lexicon_area(lexicon, s, strlen(s), &ending) == 0
                                && !lexicon_beside(lexicon, plain, from, true)))
                continue;
            found = longest == end - from && found != key->member ? SEVERAL : key->member;
            longest = end - from;
            break;
        }
    }
    return found;
}

/* The folders of a path from the innermost: the part before *end; false: there are no more. */
static bool
next_folder(struct arena *arena, const char *path, size_t *end, const char **plain)
{
    size_t to = *end;
    while (to > 0 && path[to - 1] == '/')
        to--;
    size_t from = to;
    while (from > 0 && path[from - 1] != '/')
        from--;
    *end = from;
    const char *name = arena_text(arena, path + from, to - from);
    *plain = name != NULL ? lexicon_plain(arena, name) : NULL;
    return to > from && *plain != NULL;
}

/* Several are called so: the one of the area that a folder is named after. */
static int32_t
named_in_area(const struct roster *roster, struct arena *arena, const char *plain, const char *file)
{
    const char *folder;
    for (size_t end = (size_t)(name_base(file) - file); next_folder(arena, file, &end, &folder);) {
        folder += strspn(folder, "0123456789.-_");
        size_t area = lexicon_government(roster->lexicon, folder, strlen(folder));
        if (area == 0)
            continue;
        struct text text = text_new(arena);
        text_put(&text, folder, area);
        text_puts(&text, plain);
        int32_t found = !text.failed ? named(roster, arena, text.at) : NOBODY;
        if (found >= 0)
            return found;
    }
    return NOBODY;
}

static int32_t
in_folders(const struct roster *roster, struct arena *arena, const char *file)
{
    const char *folder;
    for (size_t end = (size_t)(name_base(file) - file); next_folder(arena, file, &end, &folder);) {
        int32_t found = contained(roster, arena, folder);
        if (found >= 0 && !roster->names->wide[found])
            return found;
    }
    return NOBODY;
}

/* Is it written as in the list? */
static enum recognised
writing_of(const struct member *member, struct arena *arena, const char *plain)
{
    const char *name = lexicon_plain(arena, member->name);
    if (name != NULL && strcmp(name, plain) == 0)
        return RECOGNISED_NAME;
    for (size_t i = 0; i < member->nothers; i++) {
        name = lexicon_plain(arena, member->others[i]);
        if (name != NULL && strcmp(name, plain) == 0)
            return RECOGNISED_OTHER_NAME;
    }
    return RECOGNISED_ABBREVIATION;
}

size_t
roster_find(const struct roster *roster, struct arena *arena, const char *unit, const char *file, enum recognised *how)
{
    const char *plain = lexicon_plain(arena, unit != NULL ? unit : ""), *base = lexicon_plain(arena, name_base(file));
    *how = RECOGNISED_NOT;
    if (plain == NULL || base == NULL)
        return SIZE_MAX;
    int32_t found = named(roster, arena, plain);
    bool several = found == SEVERAL;
    size_t n = strlen(plain), ending;
    if (found >= 0) {
        *how = writing_of(&roster->members[found], arena, plain);
        return (size_t)found;
    }
    found = contained(roster, arena, base);
    if (found >= 0) {
        *how = RECOGNISED_FILE;
        return (size_t)found;
    }
    if (several)
        found = named_in_area(roster, arena, plain, file);
    else if (lexicon_area(roster->lexicon, plain, n, &ending) == 0 && lexicon_word(roster->lexicon, plain, n) == NULL)
        found = in_folders(roster, arena, file);
    *how = found >= 0 ? RECOGNISED_FOLDER : RECOGNISED_NOT;
    return found >= 0 ? (size_t)found : SIZE_MAX;
}
