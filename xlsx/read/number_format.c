/* SPDX-License-Identifier: MIT */
/* number_format: ids and codes after ECMA-376 part 1, 18.8.30; [MS-XLS] 2.4.126 has the same ids. The built-in codes that differ by
 * language are those of Chinese (zh-cn), as far as they are dates: a date is no number of a report. Currencies are left out (""). */
#include <string.h>

#include "limits.h"
#include "number_format.h"

static const char *
built_in(uint32_t id)
{
    static const char *const codes[] = {
        [0] = "General", [1] = "0", [2] = "0.00", [3] = "#,##0", [4] = "#,##0.00", [9] = "0%", [10] = "0.00%", [11] = "0.00E+00",
        [12] = "# ?/?", [13] = "# \?\?/\?\?", [14] = "m/d/yy", [15] = "d-mmm-yy", [16] = "d-mmm", [17] = "mmm-yy",
        [18] = "h:mm AM/PM", [19] = "h:mm:ss AM/PM", [20] = "h:mm", [21] = "h:mm:ss", [22] = "m/d/yy h:mm",
        [27] = "yyyy\"年\"m\"月\"", [28] = "m\"月\"d\"日\"", [29] = "m\"月\"d\"日\"", [30] = "m-d-yy", [31] = "yyyy\"年\"m\"月\"d\"日\"",
        [32] = "h\"时\"mm\"分\"", [33] = "h\"时\"mm\"分\"ss\"秒\"", [34] = "上午/下午h\"时\"mm\"分\"",
        [35] = "上午/下午h\"时\"mm\"分\"ss\"秒\"", [36] = "yyyy\"年\"m\"月\"",
        [37] = "#,##0;-#,##0", [38] = "#,##0;[Red]-#,##0", [39] = "#,##0.00;-#,##0.00", [40] = "#,##0.00;[Red]-#,##0.00",
        [45] = "mm:ss", [46] = "[h]:mm:ss", [47] = "mm:ss.0", [48] = "##0.0E+0", [49] = "@",
        [50] = "yyyy\"年\"m\"月\"", [51] = "m\"月\"d\"日\"", [52] = "yyyy\"年\"m\"月\"", [53] = "m\"月\"d\"日\"", [54] = "m\"月\"d\"日\"",
        [55] = "上午/下午h\"时\"mm\"分\"", [56] = "上午/下午h\"时\"mm\"分\"ss\"秒\"", [57] = "yyyy\"年\"m\"月\"", [58] = "m\"月\"d\"日\"",
    };
    const char *code = id < sizeof codes / sizeof *codes ? codes[id] : NULL;
    return code != NULL ? code : "";
}

static enum status
at(struct arena *arena, struct number_formats *formats, uint32_t id, struct number_format **found, struct fault *fault)
{
    if (id >= LIMIT_FORMATS)
        return fault_set(fault, STATUS_TOO_BIG, "number format %lu", (unsigned long)id);
    while (formats->cap <= id)
        if (!arena_room(arena, &formats->items, formats->cap, &formats->cap, sizeof *formats->items))
            return STATUS_MEMORY;
    *found = &formats->items[id];
    return STATUS_OK;
}

static enum status
add(struct book *book, const char *code, struct fault *fault)
{
    if (book->nformats == LIMIT_FORMATS)
        return fault_set(fault, STATUS_TOO_BIG, "more than %d number formats", LIMIT_FORMATS);
    if (!arena_room(book->arena, &book->formats, book->nformats, &book->formats_cap, sizeof *book->formats))
        return STATUS_MEMORY;
    book->formats[book->nformats++] = code;
    return STATUS_OK;
}

enum status
number_format_begin(struct book *book)
{
    return add(book, "General", NULL);
}

enum status
number_format_define(struct arena *arena, struct number_formats *formats, uint32_t id, const char *code, struct fault *fault)
{
    struct number_format *format;
    enum status status = at(arena, formats, id, &format, fault);
    if (status == STATUS_OK)
        format->code = code;
    return status;
}

enum status
number_format_use(struct book *book, struct number_formats *formats, uint32_t id, uint16_t *index, struct fault *fault)
{
    struct number_format *format;
    enum status status = at(book->arena, formats, id, &format, fault);
    if (status != STATUS_OK)
        return status;
    const char *code = format->code != NULL ? format->code : built_in(id);
    if (format->index == 0 && strcmp(code, "General") != 0) {
        format->index = (uint16_t)book->nformats;
        status = add(book, code, fault);
    }
    *index = format->index;
    return status;
}
