/* SPDX-License-Identifier: MIT */
/* passed: see the header. */
#include "passed.h"

#include "lines.h"
#include "names.h"

bool
passed_add(struct arena *arena, struct passed *passed, const char *path)
{
    if (!arena_room(arena, &passed->path, passed->n, &passed->cap, sizeof *passed->path))
        return false;
    return (passed->path[passed->n++] = arena_copy(arena, path)) != NULL;
}

static void
put_passed(struct text *out, const char *head, const struct passed *passed, bool all, bool english)
{
    enum { NAMED = 3 };
    bool more = !all && passed->n > NAMED;
    if (passed->n == 0)
        return;
    text_printf(out, head, passed->n);
    for (size_t i = 0; i < (more ? NAMED : passed->n); i++) {
        text_puts(out, i == 0 ? "" : english ? ", " : "、");
        line_put(out, name_base(passed->path[i]));
    }
    text_puts(out, english ? (more ? " and others." : ".") : more ? " 等。" : "。");
}

void
passed_unread(struct text *out, const struct passed *others, bool all, enum language language)
{
    bool english = language == LANGUAGE_EN;
    put_passed(out, english ? "%zu other files of the folders are not read: " : "文件夹里另有 %zu 个文件没有读：", others, all, english);
}

void
passed_aside(struct text *out, const struct passed *aside, bool all, enum language language)
{
    bool english = language == LANGUAGE_EN;
    put_passed(out, english ? "%zu documents of the folders hold no table of the report and were passed over: "
                            : "文件夹里另有 %zu 个文档没有年度报告的表，没有核对：", aside, all, english);
}
