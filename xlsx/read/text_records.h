/* SPDX-License-Identifier: MIT */
/* text_records: a text as records of fields, parted by tabs, commas, semicolons, bars or runs of blanks. */
#ifndef NIANBAO_TEXT_RECORDS_H
#define NIANBAO_TEXT_RECORDS_H

#include "text.h"

struct text_records {
    const char *at, *end;               /* what is still to be read */
    char delimiter;                     /* '\t' ',' ';' '|' or ' ' for two blanks and more */
    bool barred;                        /* bars also stand around the rows, where they part no fields */
    const char *open, *shut;            /* no bracket closes in between (text_records.c) */
};

enum record_kind {
    RECORD_BLANK,
    RECORD_PLAIN,                       /* nothing parts it, or it is a sentence */
    RECORD_RULE,                        /* only draws a line: "|---|---|" */
    RECORD_ROW
};

struct record {
    enum record_kind kind;
    const char *at, *end;               /* without the end of its last line */
    size_t fields, filled, numbers;     /* in all; with something in them; with nothing but a number */
    bool sentence;                      /* it has a full stop */
    const char *open, *shut;
};

/* What parts the fields of s[0..n): of all that may, what gives most numbers. '\0': nothing does. */
char text_delimiter(const char *s, size_t n);

/* What a first line "sep=;" says, which is for programs and no part of the table; *s and *n are behind it then. '\0': there is none. */
char text_stated(const char **s, size_t *n);

/* Do bars stand around the rows of s[0..n), and not only between their fields? */
bool text_barred(const char *s, size_t n);

/* The next record; false: there is none. */
bool text_record(struct text_records *records, struct record *record);

/* The next field of a record: begin with *at = record->at; put into `out` without quotes and control characters. False: there is none. */
bool text_field(const struct text_records *records, const struct record *record, const char **at, struct text *out);

/* Nothing but a number: digits, perhaps with a sign, thousands separators and decimals. */
bool text_is_number(const char *s, size_t n);

/* How many numbers the rows of s[0..n) have that anything but single blanks parts (text_spread.c). */
size_t text_parted_numbers(const char *s, size_t n);

/* Tables drawn with lines (text_boxes.c) become rows between bars. *s and *n are of a text in the arena then. False: no memory. */
bool text_unbox(struct arena *arena, const char **s, size_t *n);

/* Tables whose every cell is a line of its own (text_stacked.c) get their rows back, two blanks between the cells. The same. */
bool text_unstack(struct arena *arena, const char **s, size_t *n);

/* Tables whose cells single blanks part (text_spread.c) get two of them. The same. */
bool text_spread(struct arena *arena, const char **s, size_t *n);

#endif
