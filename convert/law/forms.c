/* SPDX-License-Identifier: MIT */
/* All forms the program knows: the embedded ones and those of a folder. A report year must lead to one form and no more, so forms
 * whose years overlap are refused; a form without a last year is in force until the next one begins, and again after one that had a
 * last year has ended. */
#include "form.h"

#include <string.h>

#include "embedded.h"
#include "os.h"
#include "text.h"

enum { MAX_FORMS = 64 };            /* the law changed its form twice in ten years */

/* Add a form; one that is there already under the same id gives way if it is embedded (`embedded` of them come first). */
static enum status
add(struct forms *forms, size_t embedded, const struct form *form, struct fault *fault)
{
    for (size_t i = 0; i < forms->n; i++) {
        if (strcmp(forms->form[i]->id, form->id) != 0)
            continue;
        if (i >= embedded)
            return fault_set(fault, STATUS_DEFINITION, "%s: form: “%s”和 %s 里的编号相同", form->source, form->id, forms->form[i]->source);
        forms->form[i] = form;
        return STATUS_OK;
    }
    if (forms->n == MAX_FORMS)
        return fault_set(fault, STATUS_DEFINITION, "%s: 太多了：最多 %d 份格式", form->source, MAX_FORMS);
    forms->form[forms->n++] = form;
    return STATUS_OK;
}

static bool
is_definition(const char *name)
{
    static const char suffix[] = ".yaml";
    size_t n = strlen(name);
    return name[0] != '.' && n >= sizeof suffix && strcmp(name + n - (sizeof suffix - 1), suffix) == 0;
}

/* Why a file or folder could not be read. */
static const char *
unread(enum status status)
{
    switch (status) {
    case STATUS_EMPTY:
        return "文件是空的";
    case STATUS_NOT_FOUND:
        return "不存在，或者是一个失效的链接";
    case STATUS_PERMISSION:
        return "没有读取权限";
    case STATUS_TOO_BIG:
        return "文件太大";
    default:
        return "读不出来：不是普通文件（是文件夹、管道或设备），或者磁盘有问题";
    }
}

static enum status
load_file(struct arena *arena, const char *path, struct form **form, struct fault *fault)
{
    unsigned char *bytes;
    size_t n;
    enum status status = os_read_file(arena, path, &bytes, &n, fault);
    if (status == STATUS_OK)
        return form_load(arena, path, (const char *)bytes, n, form, fault);
    return status == STATUS_MEMORY ? status : fault_set(fault, STATUS_DEFINITION, "%s: %s", path, unread(status));
}

static enum status
load_directory(struct arena *arena, const char *directory, struct forms *forms, struct fault *fault)
{
    char **names = NULL;
    size_t n = 0, loaded = 0, embedded = forms->n;
    if (os_file_exists(directory) && !os_is_directory(directory))
        return fault_set(fault, STATUS_DEFINITION, "%s: 不是文件夹；--forms 后面写放格式文件的文件夹", directory);
    enum status status = os_list(arena, directory, &names, &n, fault);
    if (status != STATUS_OK && status != STATUS_MEMORY)
        return fault_set(fault, status, "%s", unread(status));
    for (size_t i = 0; i < n && status == STATUS_OK; i++) {
        if (!is_definition(names[i]))
            continue;
        struct text path = text_new(arena);
        text_printf(&path, "%s/%s", directory, names[i]);
        if (path.failed)
            return fault_set(fault, STATUS_MEMORY, "%s", directory);
        struct form *form;
        status = load_file(arena, path.at, &form, fault);
        if (status == STATUS_OK)
            status = add(forms, embedded, form, fault);
        loaded++;
    }
    if (status == STATUS_OK && loaded == 0)
        return fault_set(fault, STATUS_DEFINITION, "%s: 里面没有格式文件（*.yaml）", directory);
    return status;
}

static void
sort_by_year(struct forms *forms)
{
    for (size_t i = 1; i < forms->n; i++) {
        const struct form *form = forms->form[i];
        size_t at = i;
        for (; at > 0 && forms->form[at - 1]->year_from > form->year_from; at--)
            forms->form[at] = forms->form[at - 1];
        forms->form[at] = form;
    }
}

static enum status
check_overlap(const struct forms *forms, struct fault *fault)
{
    for (size_t i = 1; i < forms->n; i++) {
        const struct form *older = forms->form[i - 1], *newer = forms->form[i];
        if (older->year_from == newer->year_from || older->year_to >= newer->year_from)
            return fault_set(fault, STATUS_DEFINITION, "%s: years: 格式“%s”和“%s”（%s）都用于 %d 年度", newer->source, newer->id,
                             older->id, older->source, newer->year_from);
    }
    return STATUS_OK;
}

/* What a form says of the keys of another one can only be looked up when all are there. */
static enum status
check_kin(const struct forms *forms, struct fault *fault)
{
    for (size_t i = 0; i < forms->n; i++)
        for (size_t k = 0; k < forms->form[i]->nkin; k++) {
            const struct kin *kin = &forms->form[i]->kin[k];
            const struct form *other = forms_find(forms, kin->form);
            if (!other)
                return fault_set(fault, STATUS_DEFINITION, "%s: 没有“%s”这种格式", kin->place, kin->form);
            for (size_t n = 0; n < kin->nlast; n++)
                if (!form_slot(other, kin->last[n]))
                    return fault_set(fault, STATUS_DEFINITION, "%s: 格式“%s”（%s）里没有叫“%s”的数", kin->place, other->id, other->source,
                                     kin->last[n]);
        }
    return STATUS_OK;
}

/* What is worked out of all the forms together. */
static bool
prepare(struct arena *arena, struct forms *forms)
{
    struct hint_words *hints = arena_alloc(arena, sizeof *hints);
    forms->hints = hints;
    forms->dictionary = dictionary_new(arena, forms, &embedded_dictionary);
    return hints != NULL && forms->dictionary != NULL && hint_words_new(hints, arena, forms->form[forms->n - 1], forms->dictionary);
}

enum status
forms_load(struct arena *arena, const char *directory, struct forms *forms, struct fault *fault)
{
    *forms = (struct forms){ .form = arena_array(arena, MAX_FORMS, sizeof *forms->form), .dictionary = &embedded_dictionary, .hints = &embedded_hints };
    if (!forms->form)
        return fault_set(fault, STATUS_MEMORY, "%s", directory ? directory : "");
    for (; forms->n < embedded_forms_count; forms->n++)
        forms->form[forms->n] = embedded_forms[forms->n];
    if (!directory)
        return STATUS_OK;
    enum status status = load_directory(arena, directory, forms, fault);
    if (status != STATUS_OK)
        return status;
    sort_by_year(forms);
    status = check_overlap(forms, fault);
    if (status == STATUS_OK)
        status = check_kin(forms, fault);
    if (status == STATUS_OK && !prepare(arena, forms))
        status = fault_set(fault, STATUS_MEMORY, "%s", directory);
    return status;
}

const struct form *
forms_find(const struct forms *forms, const char *id)
{
    for (size_t i = 0; i < forms->n; i++)
        if (strcmp(forms->form[i]->id, id) == 0)
            return forms->form[i];
    return NULL;
}

const struct form *
forms_for_year(const struct forms *forms, int year)
{
    const struct form *found = NULL, *begun = NULL;
    for (size_t i = 0; i < forms->n && forms->form[i]->year_from <= year; i++) {
        begun = forms->form[i];
        if (begun->year_to == 0 || year <= begun->year_to)
            found = begun;
    }
    return found ? found : begun;
}
