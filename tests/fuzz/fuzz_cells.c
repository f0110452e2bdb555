/* SPDX-License-Identifier: MIT */
/* Rows and cells of an .xlsx, read as they are, which for the most part is as they lie in the scanner's window, and once more with a prefix in front of
 * every element's name, which leaves them all to the scanner's events: the same cells, or both refuse. */
#include <string.h>

#include "fuzz.h"
#include "read.h"
#include "text.h"

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

static const char workbook[] = "<workbook xmlns='" MAIN "'><sheets><sheet name='S'/></sheets></workbook>";
static const char strings[] = "<sst xmlns='" MAIN "'><si><t>总计</t></si><si><t/></si><si><t>12</t></si></sst>";
static const char styles[] = "<styleSheet xmlns='" MAIN "'><cellXfs><xf numFmtId='9'/><xf/><xf numFmtId='14'/></cellXfs></styleSheet>";

/* The sheet with these rows, each tag's name with the prefix ("p:" or ""). */
static enum status
read_rows(struct arena *arena, const char *prefix, const char *rows, struct book *book)
{
    struct text sheet = text_new(arena);
    text_printf(&sheet, "<%sworksheet xmlns%s%.1s='" MAIN "'><%ssheetData>", prefix, *prefix != '\0' ? ":" : "", prefix, prefix);
    for (; *rows != '\0'; rows++) {
        text_putc(&sheet, *rows);
        if (*rows == '<' && rows[1] != '/')
            text_puts(&sheet, prefix);
        else if (*rows == '<') {
            text_putc(&sheet, *++rows);
            text_puts(&sheet, prefix);
        }
    }
    text_printf(&sheet, "</%ssheetData><!--%400s--></%sworksheet>", prefix, "", prefix);
    FUZZ_HOLDS(!sheet.failed);
    const struct fuzz_part parts[] = {
        FUZZ_PART("xl/workbook.xml", workbook), FUZZ_PART("xl/sharedStrings.xml", strings), FUZZ_PART("xl/styles.xml", styles),
        { "xl/worksheets/sheet1.xml", sheet.at, sheet.n }, { NULL, NULL, 0 },
    };
    size_t n;
    const unsigned char *package = fuzz_package(arena, parts, &n);
    enum status status = read_book(arena, package, n, book, NULL);
    fuzz_check_read(status, book);
    return status;
}

static bool
same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

void
fuzz_one(struct arena *arena, const unsigned char *bytes, size_t n)
{
    struct book plain, other;
    char *rows = arena_text(arena, (const char *)bytes, n);
    FUZZ_HOLDS(rows != NULL);
    if (strlen(rows) != n || strstr(rows, "<!") != NULL || strstr(rows, "<?") != NULL || strstr(rows, "xmlns") != NULL)
        return;                     /* what stands in these is no tag; a namespace would be another one */
    enum status status = read_rows(arena, "", rows, &plain);
    FUZZ_HOLDS(read_rows(arena, "p:", rows, &other) == status);
    if (status != STATUS_OK)
        return;
    const struct sheet *a = &plain.sheets[0], *b = &other.sheets[0];
    FUZZ_HOLDS(a->ncells == b->ncells && a->nmerges == b->nmerges);
    for (size_t i = 0; i < a->ncells; i++) {
        const struct cell *p = &a->cells[i], *q = &b->cells[i];
        FUZZ_HOLDS(p->row == q->row && p->col == q->col && p->kind == q->kind && p->computed == q->computed && p->format == q->format);
        FUZZ_HOLDS(memcmp(&p->number, &q->number, sizeof p->number) == 0 && same_text(p->text, q->text) && same_text(p->formula, q->formula));
    }
}
