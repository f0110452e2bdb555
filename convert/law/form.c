/* SPDX-License-Identifier: MIT */
/* Finding things in a loaded form. A form has about two hundred numbers, so every search just walks. */
#include "form.h"

#include <string.h>

#include "text.h"

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

static void
add_step(struct text *path, const char *between, const char *step)
{
    if (step != NULL && *step != '\0')
        text_printf(path, "%s%s", path->n > 0 ? between : "", step);
}

const char *
slot_path(struct arena *arena, const struct slot *slot)
{
    static const char arrow[] = " → ";
    const char *caption = slot->block->caption.text;
    struct text path = text_new(arena);
    add_step(&path, arrow, slot->table->title.text);
    add_step(&path, arrow, caption);
    add_step(&path, caption != NULL && *caption != '\0' ? "/" : arrow, slot->row->path);
    add_step(&path, arrow, slot->column->path);
    return path.failed ? NULL : path.at;
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
