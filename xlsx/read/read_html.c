/* SPDX-License-Identifier: MIT */
/* read_html: a web page: each of its tables becomes a sheet "表 N", numbered as they begin, and what is not in a table running text. HTML
 * living standard 4.9 (tables), 15 (what is shown, and where lines end), and what Excel and WPS add when they save as a web page: x:num
 * (the exact number of a cell), x:str, x:bool, x:err. A table inside a cell is a table of its own. The text of a cell that holds one, or
 * sentences, is running text too: pages are laid out in tables. Left out: styles other than display:none in the tag itself, number
 * formats, formulas, names of sheets, and paragraphs that are nothing but links: menus, and titles of other reports. */
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "charset.h"
#include "html.h"
#include "html_parts.h"
#include "limits.h"
#include "number_format.h"
#include "read.h"

/* -- lines -- */

void
lines_clear(struct lines *lines)
{
    lines->gap = 0;
    lines->text.n = 0;
    if (lines->text.cap > 0)
        lines->text.at[0] = '\0';
}

static void
lines_break(struct lines *lines)
{
    if (lines->text.n > 0 && lines->gap != LINK_END)
        lines->gap = '\n';
}

static bool
is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void
lines_put(struct lines *lines, const char *s, size_t n, bool kept)
{
    for (const char *end = s + n; s < end; ) {
        if (is_blank(*s)) {
            if (kept && *s == '\n')
                lines_break(lines);
            else if (lines->gap == 0 && lines->text.n > 0)
                lines->gap = ' ';
            s++;
            continue;
        }
        const char *word = s;
        while (s < end && !is_blank(*s))
            s++;
        if (lines->gap != 0)
            text_putc(&lines->text, lines->gap);
        lines->gap = 0;
        text_put(&lines->text, word, (size_t)(s - word));
    }
}

void
cell_break(struct html_table *table)
{
    struct lines *lines = &table->lines;
    bool first = lines->gap == 0 || lines->gap == ' ';
    lines_break(lines);
    if (first && lines->gap != 0 && !table->spoken)
        lines->gap = LINK_END;
    table->spoken = false;
}

/* The paragraph outside cells is whole. */
static enum status
end_paragraph(struct page *page)
{
    struct lines *prose = &page->prose;
    bool added = !prose->text.failed && (!page->spoken || book_add_paragraph(page->book, prose->text.at));
    lines_clear(prose);
    page->spoken = page->broken = false;
    return added ? STATUS_OK : STATUS_MEMORY;
}

/* A block begins or ends here. */
static enum status
end_line(struct page *page)
{
    if (page->cell == 0)
        return end_paragraph(page);
    cell_break(&page->tables[page->cell - 1]);
    return STATUS_OK;
}

/* <br>: a new line; two of them a new paragraph. */
static enum status
line_break(struct page *page)
{
    if (page->cell == 0 && page->broken)
        return end_paragraph(page);
    if (page->cell > 0)
        return end_line(page);
    page->broken = true;
    lines_break(&page->prose);
    return STATUS_OK;
}

static enum status
put_text(struct page *page, const char *s, size_t n)
{
    bool blank = true;
    for (size_t i = 0; i < n && blank; i++)
        blank = is_blank(s[i]);
    if (page->cell > 0) {
        struct html_table *table = &page->tables[page->cell - 1];
        table->spoken |= !blank && !page->link;
        lines_put(&table->lines, s, n, page->kept);
        return STATUS_OK;
    }
    page->spoken |= !blank && !page->link;
    page->broken &= blank;
    lines_put(&page->prose, s, n, page->kept);
    return STATUS_OK;
}

/* -- attributes -- */

static bool
has(const char *const *attributes, const char *name, const char **value)
{
    for (; *attributes != NULL; attributes += 2)
        if (strcmp(attributes[0], name) == 0) {
            *value = attributes[1] != NULL ? attributes[1] : "";
            return true;
        }
    *value = "";
    return false;
}

/* The attribute as a number from 0 to `most`; 1 when it is none. */
static uint32_t
span(const char *const *attributes, const char *name, uint32_t most)
{
    const char *value;
    if (!has(attributes, name, &value))
        return 1;
    while (is_blank(*value))
        value++;
    uint32_t n = 0;
    for (const char *s = value; is_digit(*s) && n <= most; s++)
        n = n * 10 + (uint32_t)(*s - '0');
    return !is_digit(*value) ? 1 : n < most ? n : most;
}

/* `style` holds this declaration, written without blanks and in lower case. */
static bool
declares(const char *style, const char *declaration)
{
    for (; *style != '\0'; style++) {
        const char *s = style, *d = declaration;
        while (*d != '\0' && *s != '\0' && ((is_blank(*s) && d > declaration) || lower(*s) == *d)) {
            d += !is_blank(*s);
            s++;
        }
        if (*d == '\0')
            return true;
    }
    return false;
}

static bool
is_hidden(const struct page *page, const char *name, const char *const *attributes)
{
    const char *value, *style;
    if (*attributes == NULL || (page->workbook && strcmp(name, "tr") == 0))
        return false;
    has(attributes, "style", &style);
    return has(attributes, "hidden", &value) || declares(style, "display:none") || declares(style, "mso-hide:all");
}

/* -- elements -- */

enum element_kind { OTHER, BLOCK, TABLE, HEAD, BODY, FOOT, ROW, CELL, BREAK, LINK, INPUT, FRAME, KEPT, UNSEEN };

struct element { const char *name; enum element_kind kind; };

static int
compare_elements(const void *a, const void *b)
{
    const struct element *x = a, *y = b;
    return strcmp(x->name, y->name);
}

static enum element_kind
kind_of(const char *name)
{
    static const struct element known[] = {             /* in the order of strcmp */
        { "a", LINK }, { "address", BLOCK }, { "article", BLOCK }, { "aside", BLOCK }, { "blockquote", BLOCK }, { "body", BLOCK },
        { "br", BREAK }, { "caption", BLOCK }, { "center", BLOCK }, { "comment", UNSEEN },
        { "dd", BLOCK }, { "del", UNSEEN }, { "details", BLOCK }, { "div", BLOCK },
        { "dl", BLOCK }, { "dt", BLOCK }, { "fieldset", BLOCK }, { "figcaption", BLOCK }, { "figure", BLOCK }, { "footer", BLOCK },
        { "form", BLOCK }, { "frame", FRAME }, { "h1", BLOCK }, { "h2", BLOCK }, { "h3", BLOCK }, { "h4", BLOCK }, { "h5", BLOCK },
        { "h6", BLOCK }, { "header", BLOCK }, { "hr", BLOCK }, { "iframe", UNSEEN }, { "input", INPUT }, { "legend", BLOCK },
        { "li", BLOCK }, { "main", BLOCK }, { "nav", BLOCK }, { "noscript", UNSEEN }, { "object", UNSEEN }, { "ol", BLOCK }, { "p", BLOCK },
        { "pre", KEPT }, { "script", UNSEEN }, { "section", BLOCK }, { "select", UNSEEN }, { "style", UNSEEN }, { "summary", BLOCK },
        { "svg", UNSEEN }, { "table", TABLE }, { "tbody", BODY }, { "td", CELL }, { "template", UNSEEN }, { "textarea", UNSEEN },
        { "tfoot", FOOT }, { "th", CELL }, { "thead", HEAD }, { "title", BLOCK }, { "tr", ROW }, { "ul", BLOCK },
    };
    struct element key = { name, OTHER };
    const struct element *found = bsearch(&key, known, sizeof known / sizeof *known, sizeof *known, compare_elements);
    return found != NULL ? found->kind : OTHER;
}

static enum status
start_cell(struct page *page, const char *const *attributes)
{
    const char *number, *error, *value;
    bool exact = has(attributes, "x:num", &number);
    bool fails = has(attributes, "x:err", &error) && *error != '\0';
    uint32_t rows = span(attributes, "rowspan", LIMIT_HTML_SPAN), cols = span(attributes, "colspan", LIMIT_HTML_COLS);
    enum status status = html_cell(page, rows > 0 ? rows : LIMIT_HTML_SPAN, cols > 0 ? cols : 1);        /* 0: to the end of the group */
    if (status != STATUS_OK || page->ntables == 0)
        return status;
    struct html_table *table = &page->tables[page->ntables - 1];
    table->exact = exact && !has(attributes, "x:str", &value);
    if (*number != '\0')
        table->number = arena_text(page->arena, number, strlen(number));
    if (fails)
        table->error = arena_text(page->arena, error, strlen(error));
    return (*number != '\0' && table->number == NULL) || (fails && table->error == NULL) ? STATUS_MEMORY : STATUS_OK;
}

/* A field that can be filled in shows what is in it. */
static enum status
start_input(struct page *page, const char *const *attributes)
{
    const char *type, *value;
    if (has(attributes, "type", &type) && strcmp(type, "text") != 0 && strcmp(type, "number") != 0)
        return STATUS_OK;
    has(attributes, "value", &value);
    return put_text(page, value, strlen(value));
}

static enum status
start_frame(struct page *page, const char *const *attributes)
{
    const char *source;
    if (page->frame != NULL || !has(attributes, "src", &source))
        return STATUS_OK;
    page->frame = arena_text(page->arena, source, strlen(source));
    return page->frame != NULL ? STATUS_OK : STATUS_MEMORY;
}

static enum status
start_element(struct page *page, enum element_kind which, const char *const *attributes)
{
    const char *value;
    enum status status = STATUS_OK;
    switch (which) {
    case CELL:
        return start_cell(page, attributes);
    case ROW:
        return html_row(page);
    case TABLE:
        if (page->cell == 0)
            status = end_paragraph(page);
        return status == STATUS_OK ? html_table_open(page) : status;
    case HEAD: case BODY: case FOOT:
        return html_group(page, which == HEAD ? ROWS_HEAD : which == BODY ? ROWS_BODY : ROWS_FOOT);
    case BREAK:
        return line_break(page);
    case LINK:
        page->link = has(attributes, "href", &value);
        return STATUS_OK;
    case INPUT:
        return start_input(page, attributes);
    case FRAME:
        return start_frame(page, attributes);
    case KEPT:
        page->kept = true;
        return end_line(page);
    case BLOCK:
        return end_line(page);
    case OTHER: case UNSEEN:
        break;
    }
    return STATUS_OK;
}

static enum status
end_element(struct page *page, enum element_kind which)
{
    switch (which) {
    case CELL:
        return html_cell_end(page);
    case ROW:
        return html_row_end(page);
    case TABLE:
        return html_table_close(page);
    case HEAD: case BODY: case FOOT:
        return html_group_end(page);
    case LINK:
        page->link = false;
        return STATUS_OK;
    case KEPT:
        page->kept = false;
        return end_line(page);
    case BLOCK:
        return end_line(page);
    default:
        return STATUS_OK;
    }
}

static enum status
on_start(void *to, const char *name, const char *const *attributes)
{
    struct page *page = to;
    const char *value;
    page->depth++;
    if (page->hidden > 0)
        return STATUS_OK;
    if (strcmp(name, "html") == 0 && has(attributes, "xmlns:x", &value))
        page->workbook = strcmp(value, "urn:schemas-microsoft-com:office:excel") == 0;
    enum element_kind kind = kind_of(name);
    page->book->revised |= strcmp(name, "del") == 0;
    if (kind == UNSEEN || is_hidden(page, name, attributes)) {
        page->hidden = page->depth;
        return STATUS_OK;
    }
    return start_element(page, kind, attributes);
}

static enum status
on_end(void *to, const char *name)
{
    struct page *page = to;
    size_t depth = page->depth--;
    if (page->hidden > 0) {
        if (page->hidden == depth)
            page->hidden = 0;
        return STATUS_OK;
    }
    return end_element(page, kind_of(name));
}

static enum status
on_text(void *to, const char *s, size_t n)
{
    struct page *page = to;
    return page->hidden > 0 ? STATUS_OK : put_text(page, s, n);
}

/* -- pages -- */

enum status
html_read_page(struct page *page, const unsigned char *bytes, size_t n, const char *label)
{
    static const struct html_events events = { on_start, on_end, on_text };
    char declared[CHARSET_LABEL];
    const char *text;
    if (label == NULL && charset_declared(bytes, n, declared))
        label = declared;
    if (page->prose.text.at == NULL)
        page->prose.text = text_new(page->arena);
    if (n > LIMIT_HTML - page->bytes)
        return fault_set(page->fault, STATUS_TOO_BIG, "html: more than %d bytes", LIMIT_HTML);
    page->bytes += n;
    enum status status = charset_decode(page->arena, bytes, n, label, &text, &n, page->fault);
    if (status == STATUS_OK)
        status = html_read(page->arena, text, n, &events, page, page->fault);
    while (status == STATUS_OK && page->ntables > 0)
        status = html_table_close(page);
    page->depth = page->hidden = 0;
    page->link = page->kept = page->workbook = false;
    return status == STATUS_OK ? end_paragraph(page) : status;
}

enum status
html_finish(struct page *page)
{
    struct book *book = page->book;
    size_t n = 0;
    for (size_t i = 0; i < book->nsheets; i++) {
        struct sheet sheet = book->sheets[i];
        if (sheet.ncells == 0)
            continue;
        struct text name = text_new(page->arena);
        text_printf(&name, "表 %zu", n + 1);
        if (name.failed)
            return STATUS_MEMORY;
        sheet.name = name.at;
        sheet.table = true;
        book->sheets[n++] = sheet;
    }
    book->nsheets = n;
    if (n == 0 && page->frame != NULL)
        return fault_set(page->fault, STATUS_UNSUPPORTED, "html: the tables are in %s", page->frame);
    return STATUS_OK;
}

enum status
read_html(struct arena *arena, const unsigned char *bytes, size_t n, struct book *book, struct fault *fault)
{
    *book = (struct book){ .arena = arena, .kind = FILE_HTML };
    struct page page = { .arena = arena, .book = book, .fault = fault };
    enum status status = number_format_begin(book);
    if (status == STATUS_OK)
        status = html_read_page(&page, bytes, n, NULL);
    return status == STATUS_OK ? html_finish(&page) : status;
}
