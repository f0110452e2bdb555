/* SPDX-License-Identifier: MIT */
/* embedded: the form definitions of templates/, their dictionary and hints, and the words of templates/words/ inside the program. They were read
 * and checked when it was built (templates/embed.c). */
#ifndef NIANBAO_EMBEDDED_H
#define NIANBAO_EMBEDDED_H

#include "dictionary.h"
#include "doc.h"
#include "hint.h"

struct embedded {
    const char *name;            /* of the file */
    const struct doc *root;
};

extern const struct embedded embedded_names, embedded_narrative;
extern const struct form *const embedded_forms[];       /* ordered by year_from */
extern const size_t embedded_forms_count;
extern const struct dictionary embedded_dictionary;
extern const struct hint_words embedded_hints;

#endif
