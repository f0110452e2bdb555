/* SPDX-License-Identifier: MIT */
/* libxml2: the few functions of it that are used. Where it is a shared library it is loaded when the first web page comes: it brings the
 * tables of ICU along, which would more than half lengthen every start. */
#ifndef NIANBAO_LIBXML2_H
#define NIANBAO_LIBXML2_H

#include <stdbool.h>

#include <libxml/HTMLparser.h>

struct libxml2 {
    htmlParserCtxtPtr (*new_parser)(void);
    htmlDocPtr (*read)(htmlParserCtxtPtr parser, xmlInputReadCallback more, xmlInputCloseCallback close, void *from, const char *url,
                       const char *encoding, int options);
    void (*stop)(xmlParserCtxtPtr parser);
    void (*free_parser)(htmlParserCtxtPtr parser);
    int (*count_names)(xmlDictPtr names);
    void (*report)(void *to, xmlStructuredErrorFunc error);         /* all errors of this thread from now on; NULL: to nobody in particular */
};

/* False: this machine does not have it. */
bool libxml2_load(struct libxml2 *library);

#endif
