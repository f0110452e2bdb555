/* SPDX-License-Identifier: MIT */
/* embed: what its parts share. Structs that point at each other become arrays with a name, a part each: first all are declared, then
 * defined. Everything is constant. */
#ifndef NIANBAO_EMBED_PARTS_H
#define NIANBAO_EMBED_PARTS_H

#include "dictionary.h"
#include "doc.h"
#include "form.h"

struct emitter {
    struct arena *arena;
    struct part { const char *kind; const char *at; size_t n, size; } *parts; size_t nparts, cap;
    bool failed;                 /* no memory, or a pointer that leads nowhere */
};

/* Declare struct KIND at[n]. Nothing when there are none. */
void declare(struct emitter *emitter, const char *kind, const void *at, size_t n, size_t size);
/* "static const struct KIND NAME[] = {", for what was declared. */
void begin(struct emitter *emitter, const void *at);

/* ", .field = value"; an empty value is left out. */
void put_text(const char *field, const char *s);
void put_number(const char *field, size_t n);
void put_texts(const char *field, const char *count, const char *const *texts, size_t n);
void put_numbers(const char *field, const char *count, const size_t *numbers, size_t n);
void put_address(struct emitter *emitter, const char *field, const void *at);       /* of an item of some part */
void put_name(struct emitter *emitter, const void *at);                             /* that address alone */
void put_array(struct emitter *emitter, const char *field, const char *count, const void *at, size_t n);
void put_literal(const char *s);

/* A document, or a value of one, with all below it: a struct doc, packed. */
void put_doc(struct emitter *emitter, const struct doc *root);

/* A form with all its parts: form_NUMBER. */
void put_form(struct emitter *emitter, size_t number, const struct form *form);

void put_dictionary(const struct dictionary *dictionary);
void put_hints(size_t number, const struct hint_words *hints);      /* of the form of that number */

#endif
