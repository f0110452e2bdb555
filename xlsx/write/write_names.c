/* SPDX-License-Identifier: MIT */
/* write_names: defined names (ECMA-376 part 1, 18.2.5) put into a package that was just written: the library has room for no formula of
 * more than 127 bytes, and does not hide names. Relative addresses are those of A1. */
#include <string.h>

#include "text.h"
#include "write_parts.h"
#include "zip_write.h"

#define WORKBOOK "xl/workbook.xml"

static void
put_xml(struct text *out, const char *s)
{
    for (; *s != '\0'; s++)
        if (*s == '&' || *s == '<' || *s == '>')
            text_puts(out, *s == '&' ? "&amp;" : *s == '<' ? "&lt;" : "&gt;");
        else
            text_putc(out, *s);
}

static enum status
read_member(struct zip *zip, const struct zip_member *member, char **text, struct fault *fault)
{
    size_t n = 0;
    unsigned char *bytes = arena_raw(zip->arena, (size_t)member->size + 1);
    enum status status = bytes == NULL ? STATUS_MEMORY : zip_start(zip, member, fault);
    if (status == STATUS_OK)
        status = zip_read(zip, bytes, (size_t)member->size, &n, fault);
    if (status == STATUS_OK)
        bytes[n] = '\0';
    *text = (char *)bytes;
    return status;
}

/* The part with the names: among those that the library wrote, or in front of what follows them (the children of <workbook> stand in order). */
static enum status
with_names(const struct draft *draft, const char *xml, struct text *out)
{
    const char *at = strstr(xml, "</definedNames>"), *next = strstr(xml, "<calcPr");
    if (at == NULL && next == NULL)
        return STATUS_OUTPUT;
    text_put(out, xml, (size_t)((at != NULL ? at : next) - xml));
    text_puts(out, at == NULL ? "<definedNames>" : "");
    for (size_t i = 0; i < draft->nnames; i++) {
        text_printf(out, "<definedName name=\"%s\" hidden=\"1\">", draft->names[i].name);
        put_xml(out, draft->names[i].formula);
        text_puts(out, "</definedName>");
    }
    text_puts(out, at == NULL ? "</definedNames>" : "");
    text_puts(out, at != NULL ? at : next);
    return out->failed ? STATUS_MEMORY : STATUS_OK;
}

enum status
write_names(struct arena *arena, const struct draft *draft, unsigned char **bytes, size_t *n, struct fault *fault)
{
    struct zip zip;
    struct text xml = text_new(arena);
    char *text = NULL;
    enum status status = zip_open(&zip, arena, *bytes, *n, fault);
    const struct zip_member *workbook = status == STATUS_OK ? zip_find(&zip, WORKBOOK) : NULL;
    struct zip_item *items = status == STATUS_OK ? arena_array(arena, zip.nmembers, sizeof *items) : NULL;
    if (status != STATUS_OK || workbook == NULL || items == NULL)
        return status != STATUS_OK ? status : workbook == NULL ? STATUS_OUTPUT : STATUS_MEMORY;
    status = read_member(&zip, workbook, &text, fault);
    if (status == STATUS_OK)
        status = with_names(draft, text, &xml);
    for (size_t i = 0; status == STATUS_OK && i < zip.nmembers; i++) {
        status = zip_item_of(&zip, &zip.members[i], &items[i], fault);
        if (status == STATUS_OK && &zip.members[i] == workbook)
            status = zip_item_pack(arena, &items[i], xml.at, xml.n, fault);
    }
    return status == STATUS_OK ? zip_write(arena, items, zip.nmembers, bytes, n, fault) : status;
}
