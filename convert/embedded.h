/* SPDX-License-Identifier: MIT */
/* embedded: the form definitions of templates/ and the words of templates/words/ inside the program, parsed when it was built
 * (templates/embed.c). */
#ifndef NIANBAO_EMBEDDED_H
#define NIANBAO_EMBEDDED_H

#include <stddef.h>

struct embedded {
    const char *name;            /* of the file */
    const char *digest;          /* SHA-256 of its bytes, in hexadecimal */
    const unsigned char *packed; /* doc_unpack */
};

extern const struct embedded embedded_forms[];
extern const size_t embedded_forms_count;
extern const struct embedded embedded_names, embedded_narrative;

#endif
