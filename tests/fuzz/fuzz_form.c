/* SPDX-License-Identifier: MIT */
/* The definition of a form; of one that is accepted the blank workbook is made. */
#include "fuzz.h"
#include "give.h"

void
fuzz_one(struct arena *arena, const unsigned char *bytes, size_t n)
{
    struct form *form;
    struct fault fault = { .status = STATUS_OK };
    unsigned char *workbook;
    size_t nworkbook;
    enum status status = form_load(arena, "form.yaml", (const char *)bytes, n, &form, &fault);
    if (status == STATUS_OK)
        status = give_template(arena, form, NULL, &workbook, &nworkbook, &fault);
    else
        FUZZ_HOLDS(status == STATUS_MEMORY || (status == STATUS_DEFINITION && fault.where[0] != '\0'));
    FUZZ_HOLDS(status != STATUS_OUTPUT);
}
