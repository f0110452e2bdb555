/* SPDX-License-Identifier: MIT */
/* whole: is a package that was just written all there? */
#ifndef NIANBAO_WHOLE_H
#define NIANBAO_WHOLE_H

#include "arena.h"
#include "status.h"

/* STATUS_OUTPUT when a part of the package is missing bytes. Scratch memory comes from the arena. */
enum status whole_check(struct arena *arena, const unsigned char *bytes, size_t n, struct fault *fault);

#endif
