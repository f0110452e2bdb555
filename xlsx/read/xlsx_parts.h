/* SPDX-License-Identifier: MIT */
/* xlsx_parts: what the readers of the parts of an .xlsx package share. Internal to read_xlsx.c and xlsx_*.c. */
#ifndef NIANBAO_XLSX_PARTS_H
#define NIANBAO_XLSX_PARTS_H

#include "grid.h"
#include "read.h"
#include "text.h"
#include "xml.h"
#include "zip.h"

/* A package being read into a book. */
struct xlsx {
    struct arena *arena;
    struct book *book;
    struct fault *fault;
    struct zip *zip;
    const struct interest *interest;
    struct xml xml;                 /* one part is scanned at a time */
    struct text value, formula;     /* scratch: the texts of one cell */
    const char **strings;           /* the shared strings */
    size_t nstrings, strings_cap;
    uint16_t *formats;              /* per cell style (xf): index into book->formats */
    size_t nformats, formats_cap;
    size_t passage;                 /* which of those known may come next (xlsx_passage) */
};

enum relation { RELATION_OTHER, RELATION_MAIN, RELATION_SHEET, RELATION_STRINGS, RELATION_STYLES, RELATION_PROPERTIES, RELATION_COMMENTS,
                RELATION_CHAIN };

struct relationship { enum relation type; const char *id, *target; };       /* target: a member name */

struct relationships { struct relationship *items; size_t n, cap; };

/* Shorten a scratch text to n bytes. */
static inline void
xlsx_cut(struct text *text, size_t n)
{
    if (n < text->n) {
        text->n = n;
        text->at[n] = '\0';
    }
}

/* -- xlsx_package.c -- */

/* The name of the relationships of a part: "_rels/" between its folder and its name. NULL: no memory. */
const char *xlsx_relationships_of(struct arena *arena, const char *part);

/* The relationships of a part ("" is the package); none when it has no .rels member. */
enum status xlsx_relationships(struct xlsx *x, const char *part, struct relationships *relationships);

/* The first relationship of a type, or NULL. */
const struct relationship *xlsx_related(const struct relationships *relationships, enum relation type);

/* Begin to scan a part whose root element is `root`; STATUS_DAMAGED when it is missing. */
enum status xlsx_open(struct xlsx *x, const char *part, const char *root);

/* -- one reader per part -- */
enum status xlsx_strings(struct xlsx *x, const char *part);
enum status xlsx_styles(struct xlsx *x, const char *part);
enum status xlsx_properties(struct xlsx *x, const char *part);
enum status xlsx_sheet(struct xlsx *x, const char *part, struct sheet *sheet);

/* -- xlsx_seen.c: parts of workbooks before, for who keeps them in mind -- */

/* How a part is read, into `out` or *x, and how what was read is told in words and taken over from them; after the words stands a NUL. */
enum seen_as { SEEN_RELATIONSHIPS, SEEN_WORKBOOK, SEEN_STYLES, SEEN_PROPERTIES, SEEN_KINDS };
struct seen_reader {
    enum seen_as as;
    enum status (*read)(struct xlsx *x, const char *part, void *out);
    void (*tell)(const struct xlsx *x, const void *out, struct text *words);
    enum status (*take)(struct xlsx *x, const char *words, void *out);
};

/* Read a part, or take over what was read of one with its name and its bytes. */
enum status xlsx_seen_read(struct xlsx *x, const struct seen_reader *reader, const char *part, void *out);

/* Put a word, which may be empty; the next word. */
void xlsx_put_word(struct text *words, const char *word);
const char *xlsx_word(const char **words);

/* What stands between the parts of a sheet that are read, below its root, whose tag ends at byte `root` (0: an unusual one). */
enum { PASSAGE_MOST = 3072 };           /* bytes of it and the root's tag; LibreOffice's have 1500 */
struct passage { size_t root, begin, n; char bytes[PASSAGE_MOST]; };

/* Go behind the passage that comes next if it is known, else remember where it begins; it ends in front of the tag at `end`. */
void xlsx_passage(struct xlsx *x, size_t root, struct passage *passage);
void xlsx_passage_end(struct xlsx *x, const struct passage *passage, const char *end);

/* -- xlsx_value.c: the lexical forms of values -- */

/* Append the text of the element just started, or of its runs, to `out`; _xHHHH_ is decoded. */
enum status xlsx_text(struct xlsx *x, struct text *out);
enum status xlsx_rich_text(struct xlsx *x, struct text *out);

/* A copy of a slice. NULL: no memory. */
const char *xlsx_copy(struct xlsx *x, const struct slice *s);

/* False: s is not such a value. */
bool xlsx_number(const char *s, double *number);
bool xlsx_decimal(uint64_t digits, unsigned places, double *number);       /* the last `places` digits stand behind the point; false: it takes more */
bool xlsx_index(const struct slice *s, uint32_t *index);
bool xlsx_boolean(const struct slice *s, bool *value);
bool xlsx_date(const char *s, bool date1904, double *serial);               /* ISO 8601: a date, a time or a duration */
bool xlsx_duration(const char *s, double *days);                            /* [-]P[nD]T[nH][nM][n[.f]S]; no years, no months */
bool xlsx_moment(const char *s, int *days, bool *dated, double *part);      /* the same: days since 1970-01-01, and the part of a day */
bool xlsx_address(const struct slice *s, uint32_t *row, uint16_t *col);     /* "J8" */

/* -- xlsx_plain.c -- */

/* A text: in the scanner's window where it lies there in one piece, else put together in `room`. Runs have few different properties: those
 * last looked through are known again from one text to the next; before the first one nknown is 0. */
enum { PLAIN_KNOWN = 4 };
struct plain_text {
    const char *at;
    size_t n;
    char room[2048];
    struct { size_t n; char bytes[256]; } known[PLAIN_KNOWN];
    size_t nknown;                  /* counts on, the oldest is replaced */
};

/* Take a shared string, whose runs are joined, if it is what comes next. */
bool xlsx_plain_string(struct xml *xml, struct plain_text *text);

/* Take a merged range, written from its first cell to its last, if it is what comes next. */
bool xlsx_plain_merge(struct xml *xml, struct area *area);

/* -- xlsx_cells.c -- */

/* What was read of one cell. */
struct raw_cell {
    struct cell cell;               /* its place */
    uint32_t style;
    char type;                      /* of the attribute t: its first letter, 'S' for str, 'n' when missing */
    bool has_value, has_inline, has_formula;
    struct slice value;             /* as it was written, or: */
    bool parsed;                    /* it is known already: a number in cell.number, a shared string in `index` */
    uint32_t index;
    struct slice formula;           /* of a plain cell that has one */
    bool shared;                    /* the formula is, under the index `share` */
    uint32_t share;
};

/* Where the next row and a cell without an address would stand; the number of a row as it was last written. */
struct plain_place {
    uint32_t row, col;
    uint64_t written, mask;         /* its digits with the quote behind them, and which bits these are; without any, `written` is not 0 */
    unsigned length;
    uint32_t number;
};

/* Where the texts of a plain cell are put together. */
struct plain_texts { struct plain_text value, formula; };

/* May elements of a sheet come next that are taken as they lie? Their names have no prefix. */
static inline bool
xlsx_plain(const struct xml *xml)
{
    return !xml->empty && xml->default_space == SPACE_OFFICE;
}

/* If so: take the next cell with a value or a formula, if it and what is in front of it are written as most programs write them; or, where it closes one, the
 * end tag of a row. Empty cells are taken by the way. */
enum plain { PLAIN_OTHER, PLAIN_CELL, PLAIN_END };
enum plain xlsx_plain_cell(struct xml *xml, bool closes, struct plain_place *place, struct raw_cell *raw, struct plain_texts *texts);

/* The tag of a row from its number on, as it was read: `n` bytes of it, 0 when it does not begin with its number. */
struct plain_row { char tail[256]; size_t n; bool open; };

/* Take the tag of such a row. Its cells may follow (like->open), but it is not open to the scanner. */
bool xlsx_plain_row(struct xml *xml, struct plain_place *place, struct plain_row *like);

/* -- xlsx_formula.c -- */

/* Put a shared formula as it reads `rows` below and `cols` right of where it was written. */
void xlsx_shift(struct text *out, const char *formula, int64_t rows, int64_t cols);

#endif
