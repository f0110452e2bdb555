/* SPDX-License-Identifier: MIT */
/* sayings: loading them and finding them. "结转(|至)下年" in a definition is two words, so that a page of ways to say a thing stays a
 * line; the words go into one open table, and of those that a text begins with the longest counts. */
#include "sayings.h"

#include <string.h>

#include "bytes.h"
#include "embedded.h"
#include "text.h"

enum {
    SAYINGS_MOST = 20000,           /* words of a file, written out; the legal forms have some 1,500 */
    SAYING_BYTES = 240              /* of one word */
};

/* -- plain writing -- */

bool
sayings_plain(struct arena *arena, const char *s, size_t n, char **plain, size_t *length, size_t **from)
{
    size_t used, out = 0;
    char *to = arena_raw(arena, n + 1);
    size_t *places = from != NULL ? arena_array(arena, n + 1, sizeof *places) : NULL;
    if (to == NULL || (from != NULL && places == NULL))
        return false;
    bool blank = false;
    for (size_t i = 0; i < n; i += used) {
        uint32_t cp = fold_width(utf8_decode(s + i, n - i, &used));
        char bytes[4];
        if (is_space(cp) && cp != '\t' && cp != '\n' && cp != '\r') {
            blank = true;
            continue;
        }
        size_t size = cp == 0xFFFD ? 1 : utf8_encode(cp, bytes);
        if (cp == 0xFFFD)
            bytes[0] = '?';
        if (blank && out > 0 && is_digit(to[out - 1]) && is_digit(bytes[0])) {      /* two numbers, and not one; the blank was no shorter */
            if (places != NULL)
                places[out] = i;
            to[out++] = ' ';
        }
        blank = false;
        for (size_t k = 0; k < size; k++, out++) {
            to[out] = bytes[k];
            if (places != NULL)
                places[out] = i;
        }
    }
    to[out] = '\0';
    if (from != NULL) {
        places[out] = n;
        *from = places;
    }
    *plain = to;
    *length = out;
    return true;
}

/* -- the table -- */

const struct saying *
sayings_find(const struct sayings *sayings, const char *s, size_t n)
{
    return vocabulary_find(&sayings->vocabulary, s, n);
}

static bool
index_words(struct doc_reader *reader, struct sayings *sayings)
{
    if (!vocabulary_make(reader->arena, sayings->n, false, &sayings->vocabulary))
        return doc_no_memory(reader);
    for (size_t i = 0; i < sayings->n; i++) {
        struct saying *saying = &sayings->list[i];
        void **first = vocabulary_put(&sayings->vocabulary, saying->s, saying->n);
        saying->next = *first;
        *first = saying;
    }
    return true;
}

/* -- words written short -- */

/* What an entry of a definition says, but for its word. */
struct entry { struct doc_reader *reader; struct sayings *sayings; const struct doc *at; struct saying meaning; };

static bool
add_word(const struct entry *entry, const char *s, size_t n)
{
    struct sayings *sayings = entry->sayings;
    struct arena *arena = entry->reader->arena;
    struct saying saying = entry->meaning;
    char *plain;
    if (!sayings_plain(arena, s, n, &plain, &saying.n, NULL))
        return doc_no_memory(entry->reader);
    saying.s = plain;
    if (saying.n == 0)
        return doc_refuse(entry->reader, entry->at, "括号里的字都可以没有，就什么也不剩了");
    if (sayings->n == SAYINGS_MOST)
        return doc_refuse(entry->reader, entry->at, "太多了：写开以后最多 %d 个词", SAYINGS_MOST);
    if (!arena_room(arena, &sayings->list, sayings->n, &sayings->cap, sizeof *sayings->list))
        return doc_no_memory(entry->reader);
    sayings->list[sayings->n++] = saying;
    return true;
}

/* The words that done[0..n), followed by `rest`, stands for. */
static bool
expand(const struct entry *entry, char *done, size_t n, const char *rest)
{
    size_t plain = strcspn(rest, "(|)");
    if (n + plain >= SAYING_BYTES)
        return doc_refuse(entry->reader, entry->at, "一个词太长：最多 %d 字节", SAYING_BYTES);
    memcpy(done + n, rest, plain);
    n += plain;
    rest += plain;
    if (*rest == '\0')
        return add_word(entry, done, n);
    const char *close = *rest == '(' ? strpbrk(rest + 1, "()") : NULL;
    if (close == NULL || *close != ')')
        return doc_refuse(entry->reader, entry->at, "“(甲|乙)”的括号没有成对，或者括号里又有括号");
    for (const char *choice = rest + 1; choice <= close;) {
        size_t length = strcspn(choice, "|)");
        if (n + length >= SAYING_BYTES)
            return doc_refuse(entry->reader, entry->at, "一个词太长：最多 %d 字节", SAYING_BYTES);
        memcpy(done + n, choice, length);
        if (!expand(entry, done, n + length, close + 1))
            return false;
        choice += length + 1;
    }
    return true;
}

/* All words of a list. */
static bool
add_words(struct doc_reader *reader, struct sayings *sayings, const struct doc *list, struct saying meaning)
{
    const char **words;
    size_t n;
    if (!doc_texts(reader, list, &words, &n))
        return false;
    for (size_t i = 0; i < n; i++) {
        char done[SAYING_BYTES];
        const struct entry entry = { reader, sayings, &list->items[i], meaning };
        if (!expand(&entry, done, 0, words[i]))
            return false;
    }
    return true;
}

/* -- those of every report -- */

static const struct { const char *name; enum saying_kind kind; } lists[] = {
    { "units", SAYING_UNIT }, { "fillers", SAYING_FILLER }, { "copulas", SAYING_COPULA }, { "among", SAYING_AMONG }, { "joins", SAYING_JOIN }, { "each", SAYING_EACH },
    { "respectively", SAYING_RESPECTIVELY }, { "none", SAYING_NONE }, { "share", SAYING_SHARE },
    { "causes", SAYING_CAUSE }, { "examples", SAYING_EXAMPLES }, { "asides", SAYING_ASIDE }, { "parts", SAYING_PART }, { "others", SAYING_OTHER }, { "noise", SAYING_NOISE },
    { "elsewhen", SAYING_ELSEWHEN }, { "about", SAYING_ABOUT }, { "areas", SAYING_AREA }, { "own", SAYING_OWN },
    { "previous", SAYING_PREVIOUS_YEAR }, { "this", SAYING_THIS_YEAR }, { "next", SAYING_NEXT_YEAR }
};
enum { LISTS = sizeof lists / sizeof *lists, YEAR_LISTS = 3 };

/* A list of `map` for each of lists[first..last), and nothing else. */
static bool
load_lists(struct doc_reader *reader, struct sayings *sayings, const struct doc *map, size_t first, size_t last)
{
    struct member members[LISTS + 3] = { { .name = NULL } };
    size_t n = 0;
    if (map->parent == NULL) {
        members[n++] = (struct member){ .name = "schema", .required = true, .want = WANT_ANY };
        members[n++] = (struct member){ .name = "years", .required = true, .want = WANT_ANY };
    }
    for (size_t i = first; i < last; i++)
        members[n++] = (struct member){ .name = lists[i].name, .required = true, .want = WANT_LIST };
    char nothing;
    if (!doc_fill(reader, map, members, &nothing))
        return false;
    for (size_t i = first; i < last; i++)
        if (!add_words(reader, sayings, doc_member(map, lists[i].name), (struct saying){ .kind = lists[i].kind }))
            return false;
    return true;
}

/* No word may be in two lists: which would count? */
static bool
check_unique(struct doc_reader *reader, const struct sayings *sayings, const struct doc *doc)
{
    for (size_t i = 0; i < sayings->n; i++)
        if (sayings->list[i].next != NULL && sayings->list[i].next->kind != sayings->list[i].kind)
            return doc_refuse(reader, doc, "“%s”写在了两处", sayings->list[i].s);
    return true;
}

static enum status
make(struct doc_reader *reader, const struct sayings **sayings)
{
    static const char schema[] = "nianbao.narrative/1";
    struct sayings *made = arena_alloc(reader->arena, sizeof *made);
    if (made == NULL)
        return fault_set(reader->fault, STATUS_MEMORY, "%s", reader->source);
    *sayings = made;
    const struct doc *doc = doc_parse(reader), *named = doc != NULL ? doc_member(doc, "schema") : NULL;
    if (doc == NULL)
        return reader->status;
    if (named == NULL || named->kind != DOC_TEXT || strcmp(named->text, schema) != 0)
        doc_refuse(reader, named != NULL ? named : doc, "应当是“schema: %s”", schema);
    else if (load_lists(reader, made, doc, 0, LISTS - YEAR_LISTS) &&
             load_lists(reader, made, doc_member(doc, "years"), LISTS - YEAR_LISTS, LISTS) && index_words(reader, made))
        check_unique(reader, made, doc);
    return reader->status;
}

enum status
sayings_read(struct arena *arena, const char *source, const char *yaml, size_t n, const struct sayings **sayings, struct fault *fault)
{
    struct doc_reader reader = { .arena = arena, .source = source, .yaml = yaml, .n = n, .fault = fault };
    return make(&reader, sayings);
}

enum status
sayings_load(struct arena *arena, const struct sayings **sayings, struct fault *fault)
{
    struct doc_reader reader = { .arena = arena, .source = embedded_narrative.name, .embedded = embedded_narrative.root, .fault = fault };
    return make(&reader, sayings);
}

/* -- those of a form -- */

struct count_doc { const char *is; const char **other; size_t nother; bool alone, bare, none, more; };
static const struct member count_members[] = {
    { .name = "words", .required = true, .want = WANT_LIST },
    { .name = "is", .required = true, .want = WANT_TEXT, MEMBER_AT(count_doc, is) },
    { .name = "or", MEMBER_TEXTS(count_doc, other, nother) },
    { .name = "alone", .want = WANT_FLAG, MEMBER_AT(count_doc, alone) },
    { .name = "bare", .want = WANT_FLAG, MEMBER_AT(count_doc, bare) },
    { .name = "none", .want = WANT_FLAG, MEMBER_AT(count_doc, none) },
    { .name = "more", .want = WANT_FLAG, MEMBER_AT(count_doc, more) },
    { .name = NULL }
};
struct topic_doc { const char *topic; const char **whole; size_t nwhole; };
static const struct member topic_members[] = {
    { .name = "topic", .required = true, .want = WANT_KEY, MEMBER_AT(topic_doc, topic) },
    { .name = "words", .required = true, .want = WANT_LIST },
    { .name = "short", .want = WANT_LIST },
    { .name = "silent", .want = WANT_LIST },
    { .name = "whole", MEMBER_TEXTS(topic_doc, whole, nwhole) },
    { .name = "counts", .required = true, .want = WANT_LIST },
    { .name = NULL }
};

/* "KEY+KEY", each with "*" for a segment, to the numbers they name: of one kind, each once. */
static bool
load_addends(struct doc_reader *reader, const struct form *form, const struct doc *at, const char *keys, struct addends *addends)
{
    size_t cap = 0;
    for (const char *plus; keys != NULL; keys = plus != NULL ? plus + 1 : NULL) {
        plus = strchr(keys, '+');
        size_t length = plus != NULL ? (size_t)(plus - keys) : strlen(keys), before = addends->n;
        for (size_t i = 0; i < form->nslots; i++) {
            if (!form_key_matches(form->slots[i].key, keys, length))
                continue;
            for (size_t k = 0; k < addends->n; k++)
                if (addends->slots[k] == i)
                    return doc_refuse(reader, at, "“%s”出现两次", form->slots[i].key);
            if (addends->n > 0 && form->slots[i].kind != form->slots[addends->slots[0]].kind)
                return doc_refuse(reader, at, "金额和件数不能加在一起");
            if (!arena_room(reader->arena, &addends->slots, addends->n, &cap, sizeof *addends->slots))
                return doc_no_memory(reader);
            addends->slots[addends->n++] = i;
        }
        if (addends->n == before) {
            char *word = arena_text(reader->arena, keys, length);
            return word != NULL ? doc_refuse(reader, at, "没有叫“%s”的数", word) : doc_no_memory(reader);
        }
    }
    return true;
}

static bool
load_count(struct doc_reader *reader, const struct form *form, struct sayings *sayings, const struct doc *doc, const struct topic *topic,
           struct count *count)
{
    struct count_doc read = { .is = NULL };
    if (!doc_fill(reader, doc, count_members, &read))
        return false;
    *count = (struct count){ .alone = read.alone, .bare = read.bare, .none = read.none, .more = read.more, .nany = 1 + read.nother };
    count->any = arena_array(reader->arena, count->nany, sizeof *count->any);
    if (count->any == NULL)
        return doc_no_memory(reader);
    for (size_t i = 0; i < count->nany; i++)
        if (!load_addends(reader, form, doc_member(doc, i == 0 ? "is" : "or"), i == 0 ? read.is : read.other[i - 1], &count->any[i]))
            return false;
    return add_words(reader, sayings, doc_member(doc, "words"), (struct saying){ .kind = SAYING_COUNT, .topic = topic, .count = count });
}

static bool
load_topic(struct doc_reader *reader, const struct form *form, struct sayings *sayings, const struct doc *doc, struct topic *topic)
{
    struct topic_doc read = { .topic = NULL };
    if (!doc_fill(reader, doc, topic_members, &read))
        return false;
    for (const struct topic *other = sayings->topics; other < topic; other++)
        if (strcmp(other->name, read.topic) == 0)
            return doc_refuse(reader, doc_member(doc, "topic"), "“%s”写了两次", read.topic);
    const struct doc *counts = doc_member(doc, "counts"), *brief = doc_member(doc, "short"), *silent = doc_member(doc, "silent");
    *topic = (struct topic){ .name = read.topic, .ncounts = counts->nitems, .nwhole = read.nwhole };
    topic->counts = arena_array(reader->arena, topic->ncounts, sizeof *topic->counts);
    topic->whole = arena_array(reader->arena, topic->nwhole + 1, sizeof *topic->whole);
    if (topic->counts == NULL || topic->whole == NULL)
        return doc_no_memory(reader);
    for (size_t i = 0; i < topic->nwhole; i++)
        if (!load_addends(reader, form, &doc_member(doc, "whole")->items[i], read.whole[i], &topic->whole[i]))
            return false;
    bool bare = false;
    for (size_t i = 0; i < topic->ncounts; i++) {
        if (!load_count(reader, form, sayings, &counts->items[i], topic, &topic->counts[i]))
            return false;
        if (topic->counts[i].bare && bare)
            return doc_refuse(reader, &counts->items[i], "一个 topic 里只能有一个 bare");
        bare |= topic->counts[i].bare;
    }
    return add_words(reader, sayings, doc_member(doc, "words"), (struct saying){ .kind = SAYING_TOPIC, .topic = topic }) &&
           (brief == NULL || add_words(reader, sayings, brief, (struct saying){ .kind = SAYING_SHORT, .topic = topic })) &&
           (silent == NULL || add_words(reader, sayings, silent, (struct saying){ .kind = SAYING_COUNT, .topic = topic }));
}

/* A word may have one meaning in each topic; a name of a topic belongs to it alone. */
static bool
check_meanings(struct doc_reader *reader, const struct sayings *sayings, const struct doc *list)
{
    for (size_t i = 0; i < sayings->n; i++)
        for (const struct saying *a = &sayings->list[i], *b = a->next; b != NULL; b = b->next) {
            bool same = a->kind == b->kind && a->topic == b->topic && a->count == b->count;
            if (!same && (a->topic == b->topic || a->kind == SAYING_TOPIC || b->kind == SAYING_TOPIC))
                return doc_refuse(reader, list, "“%s”有两个意思（%s、%s）", a->s, b->topic->name, a->topic->name);
        }
    return true;
}

static bool
load_form(struct doc_reader *reader, const struct form *form, const struct sayings **made)
{
    struct sayings *sayings = arena_alloc(reader->arena, sizeof *sayings);
    const struct doc *list = doc_unpacked(reader->arena, form->narrative);
    if (sayings == NULL || list == NULL)
        return doc_no_memory(reader);
    sayings->topics = arena_array(reader->arena, list->nitems, sizeof *sayings->topics);
    if (sayings->topics == NULL)
        return doc_no_memory(reader);
    for (; sayings->ntopics < list->nitems; sayings->ntopics++)
        if (!load_topic(reader, form, sayings, &list->items[sayings->ntopics], &sayings->topics[sayings->ntopics]))
            return false;
    *made = sayings;
    return index_words(reader, sayings) && check_meanings(reader, sayings, list);
}

bool
form_check_narrative(struct doc_reader *reader, const struct form *form)
{
    const struct sayings *sayings;
    return form->narrative == NULL || load_form(reader, form, &sayings);
}

enum status
sayings_of_form(struct arena *arena, const struct form *form, const struct sayings **sayings)
{
    struct doc_reader reader = { .arena = arena, .source = form->source };
    load_form(&reader, form, sayings);
    return reader.status;
}
