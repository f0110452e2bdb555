/* SPDX-License-Identifier: MIT */
/* lexicon: a name is an area and a body: 宿迁市科技局. Only its end is written out, so 宿迁市 and 泗阳县 never become one. All that is
 * known of names comes from names.yaml (templates/README.md is its specification). */
#include "lexicon.h"

#include <stdint.h>
#include <string.h>

#include "doc.h"
#include "embedded.h"
#include "text.h"
#include "vocabulary.h"

struct texts { const char **s; size_t n; };

/* Areas whose names end so, and what their governments are called. */
struct areas { struct texts ends, governments; };

struct lexicon {
    struct word *words; size_t nwords;
    struct vocabulary vocabulary;                    /* of the words, for the ends of names */
    struct areas *areas; size_t nareas;
    bool last[256];                                  /* which bytes the ends of areas end in: few names get past it */
    struct texts not_areas, beside;
};

/* -- plain names -- */

static uint32_t
fold_bracket(uint32_t cp)
{
    switch (cp) {
    case 0x3014: case 0x3010: case '[': case '{': return '(';       /* 〔 【 */
    case 0x3015: case 0x3011: case ']': case '}': return ')';
    default: return cp;
    }
}

char *
lexicon_plain(struct arena *arena, const char *name)
{
    size_t left = strlen(name), n = 0, used;
    char *out = left < SIZE_MAX / 4 ? arena_alloc(arena, left * 3 + 1) : NULL;      /* a byte that is not UTF-8 becomes three */
    for (; out != NULL && left > 0; name += used, left -= used) {
        uint32_t cp = fold_bracket(fold_width(utf8_decode(name, left, &used)));
        if (cp > ' ' && cp != 0x7F && !is_space(cp))
            n += utf8_encode(cp, out + n);
    }
    return out;
}

static bool
begins(const char *s, size_t n, const char *with)
{
    size_t m = strlen(with);
    return n >= m && memcmp(s, with, m) == 0;
}

static bool
ends(const char *s, size_t n, const char *in)
{
    size_t m = strlen(in);
    return n >= m && memcmp(s + n - m, in, m) == 0;
}

size_t
lexicon_unbracketed(const char *s, size_t n)
{
    size_t depth = 0;
    for (size_t open = n; open > 0 && s[n - 1] == ')'; open--) {
        depth += s[open - 1] == ')';
        depth -= s[open - 1] == '(';
        if (depth == 0)
            return open > 1 ? open - 1 : n;
    }
    return n;
}

bool
lexicon_beside(const struct lexicon *lexicon, const char *s, size_t n, bool before)
{
    if (n == 0)
        return true;
    size_t at = before ? n - 1 : 0, used;
    while (at > 0 && (s[at] & 0xC0) == 0x80)
        at--;
    uint32_t cp = utf8_decode(s + at, n - at, &used);
    if (cp < 0x3400 || cp > 0x9FFF)                  /* no ideograph */
        return true;
    for (size_t i = 0; i < lexicon->beside.n; i++)
        if ((before ? ends : begins)(s, n, lexicon->beside.s[i]))
            return true;
    return false;
}

/* -- words -- */

const struct word *
lexicon_word(const struct lexicon *lexicon, const char *s, size_t n)
{
    return vocabulary_find(&lexicon->vocabulary, s, n);
}

/* -- areas -- */

/* Does the character before s[end] belong to a word that is no end of an area (城市)? */
static bool
inside_word(const struct lexicon *lexicon, const char *s, size_t n, size_t end)
{
    for (size_t i = 0; i < lexicon->not_areas.n; i++) {
        const char *word = lexicon->not_areas.s[i];
        size_t length = strlen(word);
        for (size_t last = 3; last <= length && last <= end; last += 3)          /* ideographs: three bytes each */
            if (begins(s + end - last, n - (end - last), word))
                return true;
    }
    return false;
}

/* Bytes of the ending if an area's name may end before s[end]; 0: it may not. */
static size_t
ending_at(const struct lexicon *lexicon, const struct areas *areas, size_t nareas, const char *s, size_t n, size_t end)
{
    for (size_t a = 0; a < nareas && end > 0 && lexicon->last[(unsigned char)s[end - 1]]; a++)
        for (size_t i = 0; i < areas[a].ends.n; i++) {
            size_t length = strlen(areas[a].ends.s[i]);
            if (end > length && ends(s, end, areas[a].ends.s[i]))
                return inside_word(lexicon, s, n, end) ? 0 : length;
        }
    return 0;
}

size_t
lexicon_area(const struct lexicon *lexicon, const char *s, size_t n, size_t *ending)
{
    enum { TWO = 6 };                                /* bytes of two characters, after which another ending goes on: 津市|市, 新市|区 */
    for (size_t end = 1; end <= n; end++) {
        if (end < n && (s[end] & 0xC0) == 0x80)
            continue;
        *ending = ending_at(lexicon, lexicon->areas, lexicon->nareas, s, n, end);
        if (*ending == 0 || (end == TWO && n >= TWO + 3 && ending_at(lexicon, lexicon->areas, lexicon->nareas, s, n, TWO + 3) > 0))
            continue;
        return end;
    }
    return 0;
}

size_t
lexicon_government(const struct lexicon *lexicon, const char *s, size_t n)
{
    if (ending_at(lexicon, lexicon->areas, lexicon->nareas, s, n, n) > 0)
        return n;
    for (size_t a = 0; a < lexicon->nareas; a++)
        for (size_t i = 0; i < lexicon->areas[a].governments.n; i++) {
            const char *government = lexicon->areas[a].governments.s[i];
            size_t area = ends(s, n, government) ? n - strlen(government) : 0;
            if (area > 0 && ending_at(lexicon, &lexicon->areas[a], 1, s, n, area) > 0)
                return area;
        }
    return 0;
}

char *
lexicon_fold(const struct lexicon *lexicon, struct arena *arena, const char *s, size_t n)
{
    size_t base = lexicon_unbracketed(s, n), area = lexicon_government(lexicon, s, base), kept = area > 0 ? area : base;
    const struct word *word = lexicon_word(lexicon, s, kept);
    kept -= word != NULL ? word->n : 0;
    if (word != NULL && !word->full && word->nothers == 1)
        word = word->others[0];
    size_t written = word != NULL ? word->n : 0;
    char *out = arena_alloc(arena, kept + written + (n - base) + 1);
    if (out == NULL)
        return NULL;
    memcpy(out, s, kept);
    if (word != NULL)
        memcpy(out + kept, word->s, written);
    memcpy(out + kept + written, s + base, n - base);
    return out;
}

bool
lexicon_folds(const struct lexicon *lexicon, const char *s, size_t n)
{
    for (size_t a = 0; a < lexicon->nareas; a++)
        for (size_t i = 0; i < lexicon->areas[a].governments.n; i++)
            if (ends(s, n, lexicon->areas[a].governments.s[i]))
                return true;
    return lexicon_word(lexicon, s, n) != NULL;
}

/* -- loading -- */

struct names {
    const char *schema;
    struct texts not_areas, beside;
};

static const struct member names_members[] = {
    { .name = "schema", .required = true, .want = WANT_TEXT, MEMBER_AT(names, schema) },
    { .name = "provincial", .required = true, .want = WANT_ANY },
    { .name = "names", .required = true, .want = WANT_ANY },
    { .name = "areas", .required = true, .want = WANT_LIST },
    { .name = "not_areas", .required = true, MEMBER_TEXTS(names, not_areas.s, not_areas.n) },
    { .name = "beside", .required = true, MEMBER_TEXTS(names, beside.s, beside.n) },
    { .name = NULL }
};
static const struct member areas_members[] = {
    { .name = "ends", .required = true, MEMBER_TEXTS(areas, ends.s, ends.n) },
    { .name = "governments", .required = true, MEMBER_TEXTS(areas, governments.s, governments.n) },
    { .name = NULL }
};

/* The word that is s, which is added when it is new; there is room (make_room). */
static struct word *
word_of(struct lexicon *lexicon, const char *s)
{
    size_t n = strlen(s);
    void **place = vocabulary_put(&lexicon->vocabulary, s, n);
    if (*place == NULL) {
        lexicon->words[lexicon->nwords] = (struct word){ .s = s, .n = n };
        *place = &lexicon->words[lexicon->nwords++];
    }
    return *place;
}

static bool
link_words(struct arena *arena, struct word *from, const struct word *to)
{
    for (size_t i = 0; i < from->nothers; i++)
        if (from->others[i] == to)
            return true;
    if (!arena_room(arena, &from->others, from->nothers, &from->others_cap, sizeof *from->others))
        return false;
    from->others[from->nothers++] = to;
    return true;
}

/* "科学技术局" with 局 as 厅; NULL: it does not end so, or no memory (reader->status). */
static const char *
other_end(struct doc_reader *reader, const char *s, const char *from, const char *to)
{
    size_t n = strlen(s);
    if (!ends(s, n, from))
        return NULL;
    struct text out = text_new(reader->arena);
    text_put(&out, s, n - strlen(from));
    text_puts(&out, to);
    if (out.failed)
        doc_no_memory(reader);
    return out.failed ? NULL : out.at;
}

static bool
pair(struct doc_reader *reader, struct lexicon *lexicon, const char *full, const char *brief)
{
    struct word *a = word_of(lexicon, full), *b = brief != NULL ? word_of(lexicon, brief) : NULL;
    a->full = true;
    return b == NULL || (link_words(reader->arena, a, b) && link_words(reader->arena, b, a)) || doc_no_memory(reader);
}

/* One full name with its short forms, as written and as those of a province. */
static bool
load_name(struct doc_reader *reader, struct lexicon *lexicon, const struct doc *doc, const struct doc *provincial)
{
    struct texts shorts = { NULL, 0 };
    if (doc->kind != DOC_LIST)
        return doc_refuse(reader, doc, "应当是简称的列表：[甲, 乙]，没有就写 []");
    if (doc->nitems > 0 && !doc_texts(reader, doc, &shorts.s, &shorts.n))
        return false;
    if (!pair(reader, lexicon, doc->name, NULL))
        return false;
    for (size_t i = 0; i < shorts.n; i++)
        if (!pair(reader, lexicon, doc->name, shorts.s[i]))
            return false;
    for (size_t p = 0; p < provincial->nitems; p++) {
        const char *from = provincial->items[p].name, *to = provincial->items[p].text, *full = other_end(reader, doc->name, from, to);
        if (full != NULL && !pair(reader, lexicon, full, NULL))
            return false;
        for (size_t i = 0; full != NULL && i < shorts.n; i++) {
            const char *brief = other_end(reader, shorts.s[i], from, to);
            if (brief != NULL && !pair(reader, lexicon, full, brief))
                return false;
        }
    }
    return reader->status == STATUS_OK;
}

/* The most words that the names may give, and a table twice as large. */
static bool
make_room(struct doc_reader *reader, struct lexicon *lexicon, const struct doc *names, const struct doc *provincial)
{
    size_t most = 0;
    for (size_t i = 0; i < names->nitems; i++)
        most += (1 + names->items[i].nitems) * (1 + provincial->nitems);
    lexicon->words = arena_array(reader->arena, most + 1, sizeof *lexicon->words);
    return (lexicon->words != NULL && vocabulary_make(reader->arena, most, true, &lexicon->vocabulary)) || doc_no_memory(reader);
}

static bool
load_names(struct doc_reader *reader, struct lexicon *lexicon, const struct doc *names, const struct doc *provincial)
{
    if (names->kind != DOC_MAP || names->nitems == 0)
        return doc_refuse(reader, names, "应当每行一个“全称: [简称, …]”");
    for (size_t i = 0; provincial->kind == DOC_MAP && i < provincial->nitems; i++)
        if (provincial->items[i].kind != DOC_TEXT || *provincial->items[i].text == '\0')
            return doc_refuse(reader, &provincial->items[i], "应当是文字");
    if (provincial->kind != DOC_MAP)
        return doc_refuse(reader, provincial, "应当是 {局: 厅}");
    if (!make_room(reader, lexicon, names, provincial))
        return false;
    for (size_t i = 0; i < names->nitems; i++)
        if (!load_name(reader, lexicon, &names->items[i], provincial))
            return false;
    for (size_t i = 0; i < names->nitems; i++)
        for (size_t k = 0; k < names->items[i].nitems; k++)
            if (word_of(lexicon, names->items[i].items[k].text)->full)
                return doc_refuse(reader, &names->items[i].items[k], "“%s”已经是一个全称", names->items[i].items[k].text);
    return true;
}

static bool
load(struct doc_reader *reader, struct lexicon *lexicon)
{
    static const char schema[] = "nianbao.names/1";
    struct names names = { .schema = "" };
    const struct doc *doc = doc_parse(reader);
    if (doc == NULL || !doc_fill(reader, doc, names_members, &names))
        return false;
    if (strcmp(names.schema, schema) != 0)
        return doc_refuse(reader, doc_member(doc, "schema"), "应当是 %s", schema);
    const struct doc *areas = doc_member(doc, "areas");
    lexicon->not_areas = names.not_areas;
    lexicon->beside = names.beside;
    lexicon->nareas = areas->nitems;
    lexicon->areas = arena_array(reader->arena, areas->nitems, sizeof *lexicon->areas);
    if (lexicon->areas == NULL)
        return doc_no_memory(reader);
    for (size_t i = 0; i < areas->nitems; i++) {
        if (!doc_fill(reader, &areas->items[i], areas_members, &lexicon->areas[i]))
            return false;
        const struct texts *list = &lexicon->areas[i].ends;
        for (size_t k = 0; k < list->n; k++)
            lexicon->last[(unsigned char)list->s[k][strlen(list->s[k]) - 1]] = true;
    }
    return load_names(reader, lexicon, doc_member(doc, "names"), doc_member(doc, "provincial"));
}

static enum status
make(struct doc_reader *reader, const struct lexicon **lexicon)
{
    struct lexicon *made = arena_alloc(reader->arena, sizeof *made);
    if (made == NULL)
        return fault_set(reader->fault, STATUS_MEMORY, "%s", reader->source);
    *lexicon = made;
    return load(reader, made) ? STATUS_OK : reader->status;
}

enum status
lexicon_read(struct arena *arena, const char *source, const char *yaml, size_t n, const struct lexicon **lexicon, struct fault *fault)
{
    struct doc_reader reader = { .arena = arena, .source = source, .yaml = yaml, .n = n, .fault = fault };
    return make(&reader, lexicon);
}

enum status
lexicon_load(struct arena *arena, const struct lexicon **lexicon, struct fault *fault)
{
    struct doc_reader reader = { .arena = arena, .source = embedded_names.name, .embedded = embedded_names.root, .fault = fault };
    return make(&reader, lexicon);
}
