/* SPDX-License-Identifier: MIT */
/* concern: which texts of a workbook concern its report: what a reader of very large sheets has to keep (struct interest). */
#ifndef NIANBAO_CONCERN_H
#define NIANBAO_CONCERN_H

#include "form.h"
#include "hint.h"
#include "read.h"

struct concern {
    struct interest interest;
    struct arena *arena;
    const struct dictionary *dictionary;
    const struct hint_words *hints;
};

/* `concern` must not move as long as its interest is used. */
void concern_new(struct concern *concern, struct arena *arena, const struct forms *forms);

#endif
