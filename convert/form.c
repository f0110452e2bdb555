/* SPDX-License-Identifier: MIT */
/* Finding things in a loaded form. A form has about two hundred numbers, so every search just walks. */
#include "form.h"

#include <string.h>

const struct rule *
form_rule(const struct form *form, const char *id)
{
    for (size_t i = 0; i < form->nrules; i++)
        if (strcmp(form->rules[i].id, id) == 0)
            return &form->rules[i];
    return NULL;
}

const struct slot *
form_slot(const struct form *form, const char *key)
{
    for (size_t i = 0; i < form->nslots; i++)
        if (strcmp(form->slots[i].key, key) == 0)
            return &form->slots[i];
    return NULL;
}

const struct table *
form_table(const struct form *form, const char *id)
{
    for (size_t i = 0; i < form->ntables; i++)
        if (strcmp(form->tables[i].id, id) == 0)
            return &form->tables[i];
    return NULL;
}

bool
form_key_matches(const char *key, const char *pattern, size_t n)
{
    const char *end = pattern + n;
    while (pattern < end) {
        if (*pattern == '*') {
            if (*key == '\0' || *key == '.')
                return false;
            key += strcspn(key, ".");
        } else if (*pattern != *key++) {
            return false;
        }
        pattern++;
    }
    return *key == '\0';
}
