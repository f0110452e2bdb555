/* SPDX-License-Identifier: MIT */
/* notepad: text files as Notepad of every age shows them right: with a byte order mark and CR LF; and back. */
#ifndef NIANBAO_NOTEPAD_H
#define NIANBAO_NOTEPAD_H

#include "text.h"

/* Make a text with LF such a file. */
void notepad_dress(struct text *text);

/* Take away mark and CRs, in place; the new length. A text that has none stays. */
size_t notepad_strip(unsigned char *bytes, size_t n);

#endif
