/* SPDX-License-Identifier: MIT */
/* form_file: the definition of a form in a file, for tests that change or lay it out. */
#ifndef NIANBAO_FORM_FILE_H
#define NIANBAO_FORM_FILE_H

#include "form.h"
#include "os.h"
#include "test.h"

static inline struct form *
form_of_file(struct arena *arena, const char *path)
{
    unsigned char *bytes = NULL;
    size_t n = 0;
    struct form *form = NULL;
    CHECK_INT(os_read_file(arena, path, &bytes, &n, NULL), STATUS_OK);
    CHECK_INT(form_load(arena, path, bytes != NULL ? (const char *)bytes : "", n, &form, NULL), STATUS_OK);
    return form;
}

#endif
