/* SPDX-License-Identifier: MIT */
/* embedded: the form definitions of templates/, the names of bodies and the words of running text as bytes inside the program; the build makes the data with embed.sh. */
#ifndef NIANBAO_EMBEDDED_H
#define NIANBAO_EMBEDDED_H

#include <stddef.h>

struct embedded { const char *name; const unsigned char *bytes; size_t n; };

extern const struct embedded embedded_forms[];
extern const size_t embedded_forms_count;
extern const struct embedded embedded_names, embedded_narrative;

#endif
