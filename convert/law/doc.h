/* SPDX-License-Identifier: MIT */
/* doc: a YAML document as a tree in which every value knows its place, and one way to take it in: a table of the members that a
 * mapping may have. All memory belongs to the reader's arena. Functions that give bool give false after a refusal or when memory
 * is out; the reader then holds the status, and its fault the words. */
#ifndef NIANBAO_DOC_H
#define NIANBAO_DOC_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "status.h"

enum doc_kind { DOC_TEXT, DOC_LIST, DOC_MAP,
                DOC_PACKED };               /* a whole document, packed when the program was built (doc_packed.c) */

struct doc {
    enum doc_kind kind;
    unsigned line;                          /* from 1; of the name, for a member */
    const char *text;                       /* DOC_TEXT, without control characters; DOC_PACKED: bytes */
    struct doc *items;                      /* DOC_LIST, DOC_MAP */
    unsigned nitems;
    unsigned index;                         /* among the parent's items */
    const struct doc *parent;               /* NULL: the document */
    const char *name;                       /* in a map; NULL in a list */
};

struct doc_reader {
    struct arena *arena;
    const char *source;                     /* file name, for messages */
    const char *yaml; size_t n;             /* what the file holds */
    const struct doc *embedded;             /* instead of yaml: what was parsed when the program was built */
    struct fault *fault;
    enum status status;
};

/* Parse exactly one document. NULL: refused. Aliases are expanded, within bounds. */
const struct doc *doc_parse(struct doc_reader *reader);

/* What a packed document holds; any other is itself. NULL: out of memory. */
enum { PACKED_NAMED = 0x80 };
const struct doc *doc_unpacked(struct arena *arena, const struct doc *doc);

/* The member of a map, or NULL. */
const struct doc *doc_member(const struct doc *map, const char *name);

/* Refuse the definition: "SOURCE:LINE: PATH OF at: reason". Always false. */
bool doc_refuse(struct doc_reader *reader, const struct doc *at, const char *reason, ...) __attribute__((format(printf, 3, 4)));

/* "SOURCE:LINE: PATH", for what can only be refused later. NULL: out of memory. */
const char *doc_place(struct doc_reader *reader, const struct doc *at);

/* Memory is out. Always false. */
bool doc_no_memory(struct doc_reader *reader);

enum doc_want {
    WANT_TEXT,      /* const char *, never empty */
    WANT_KEY,       /* the same, of [a-z0-9_] */
    WANT_ID,        /* the same, of [a-z0-9_-] */
    WANT_TEXTS,     /* const char ** and size_t, at least one */
    WANT_FLAG,      /* bool */
    WANT_NUMBER,    /* int, least to most */
    WANT_CHOICE,    /* an enum that counts from 0, by name */
    WANT_PART,      /* a mapping with members of its own, filled into a struct at the offset */
    WANT_LIST,      /* at least one item; left to the caller */
    WANT_ANY        /* left to the caller */
};

/* One member that a mapping may have, and where its value goes in the struct that stands for the mapping. */
struct member {
    const char *name;                       /* NULL ends the table */
    bool required;
    enum doc_want want;
    size_t offset, count_offset;            /* count_offset: WANT_TEXTS */
    int least, most;                        /* WANT_NUMBER */
    const char *const *choices;             /* WANT_CHOICE; NULL ends them */
    const struct member *members;           /* WANT_PART */
};

/* Where it goes: a field; for WANT_TEXTS a field and the one with their number. */
#define MEMBER_AT(type, field) .offset = offsetof(struct type, field)
#define MEMBER_TEXTS(type, field, n) .want = WANT_TEXTS, .offset = offsetof(struct type, field), .count_offset = offsetof(struct type, n)

/* Fill `into` from a mapping. Refuses members not in the table, missing ones and values of another type. */
bool doc_fill(struct doc_reader *reader, const struct doc *map, const struct member *members, void *into);

/* The texts of a list, as WANT_TEXTS. */
bool doc_texts(struct doc_reader *reader, const struct doc *list, const char ***texts, size_t *n);

#endif
