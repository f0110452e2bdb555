/* SPDX-License-Identifier: MIT */
/* rollup_list: what the sheets share: words, and lists of inputs, row by row from the spool. A row's memory is that of the
 * filing it speaks of, and goes with it. */
#include <string.h>
#include <time.h>

#include "limits.h"
#include "os.h"
#include "rollup_workbook.h"

enum { TITLE_ROW, REMARK_ROW, HEAD_ROW, FIRST_ROW };

/* -- words -- */

const char *
verdict_word(enum verdict verdict)
{
    return verdict == VERDICT_PASS ? "通过" : verdict == VERDICT_FAIL ? "待改" : "读不了";
}

const char *
recognised_word(enum recognised how)
{
    static const char *const words[] = {
        [RECOGNISED_NOT] = "没有认出", [RECOGNISED_NAME] = "表内全称", [RECOGNISED_OTHER_NAME] = "名单里的简称、曾用名",
        [RECOGNISED_ABBREVIATION] = "通用简称", [RECOGNISED_FILE] = "文件名", [RECOGNISED_FOLDER] = "文件夹名",
    };
    return words[how];
}

void
slot_words(struct text *out, const struct slot *slot)
{
    text_printf(out, "%s ", slot->table->brief);
    row_words(out, slot->row);
    if (*slot->row->brief != '\0')
        text_printf(out, "·%s", slot->column->brief);
    else
        text_puts(out, slot->column->path);
}

const char *
time_words(int64_t seconds, const char *format, char out[32])
{
    time_t time = (time_t)seconds;
    const struct tm *tm = seconds != 0 ? localtime(&time) : NULL;
    if (tm == NULL || strftime(out, 32, format, tm) == 0)
        *out = '\0';
    return out;
}

const char *
sum_text(struct sum sum, char out[DECIMAL_TEXT])
{
    *out = '\0';
    return sum.overflow ? out : decimal_text((struct decimal){ sum.micros }, out);
}

/* -- sources -- */

static bool
begin(void *context)
{
    struct list *list = context;
    list->entry = list->part = list->rows = 0;
    list->filing = NULL;
    list->links_left = LIMIT_LIST_LINKS;
    return true;
}

struct list *
list_new(struct rollup_book *book, size_t cells, bool (*next)(void *list, struct row *row))
{
    struct list *list = arena_alloc(book->arena, sizeof *list);
    if (list == NULL || (list->cells = arena_array(book->arena, cells, sizeof *list->cells)) == NULL
        || (list->scratch = arena_new(LIMIT_MEMORY)) == NULL)
        return NULL;
    list->source = (struct row_source){ begin, next, list };
    list->book = book;
    book->lists[book->nlists++] = list;
    return list;
}

void
lists_free(struct rollup_book *book)
{
    for (size_t i = 0; i < book->nlists; i++)
        arena_free(book->lists[i]->scratch);
}

struct list *
list_sheet(struct rollup_book *book, const char *name, const char *title, const char *remark, const struct column *columns, uint16_t n,
           bool (*next)(void *list, struct row *row))
{
    struct style head = look_head, left = look_title;
    struct paper paper;
    double *widths = arena_array(book->arena, n, sizeof *widths);
    struct list *list = widths != NULL ? list_new(book, n, next) : NULL;
    if (list == NULL)
        return NULL;
    list->columns = columns;
    list->ncolumns = n;
    head.fill = FILL_GREY;
    left.size = 14;
    for (uint16_t c = 0; c < n; c++)
        widths[c] = columns[c].width;
    uint16_t last = (uint16_t)(n - 1);
    if (!paper_begin(&paper, &book->draft, name, false, widths, n)
        || !paper_text(&paper, paper_area(TITLE_ROW, 0, last), title, &left) || !paper_height(&paper, TITLE_ROW, 30)
        || !paper_text(&paper, paper_area(REMARK_ROW, 0, last), remark, &look_text) || !paper_height(&paper, HEAD_ROW, 24))
        return NULL;
    for (uint16_t c = 0; c < n; c++)
        if (!paper_text(&paper, paper_cell(HEAD_ROW, c), columns[c].head, &head))
            return NULL;
    if (!paper_finish(&paper, n, book->footer))
        return NULL;
    struct page *page = paper_page(&paper);
    page->has_print_area = false;            /* all rows, however many */
    page->landscape = true;
    page->freeze_row = page->repeat_rows = page->source_row = FIRST_ROW;
    page->has_filter = true;
    page->filter = (struct area){ HEAD_ROW, HEAD_ROW, 0, last };
    page->source = &list->source;
    return list;
}

/* -- rows -- */

bool
list_take(struct list *list, size_t entry)
{
    arena_reset(list->scratch);
    list->filing = spool_get(list->book->rollup->spool, list->book->rollup->entries[entry].filing, list->scratch);
    return list->filing != NULL;
}

void
list_row(struct list *list)
{
    if (list->filing == NULL)
        arena_reset(list->scratch);
    list->ncells = list->nlinks = 0;
    list->height = 0;
    list->failed = false;
}

static void
put(struct list *list, struct cell cell)
{
    list->cells[list->ncells++] = cell;
}

void
list_text(struct list *list, uint16_t col, const char *text, enum look look)
{
    const char *clipped = text != NULL ? paper_clip(list->scratch, text, 2000) : NULL;
    uint16_t style = list->book->looks[look];
    list->failed = list->failed || clipped == NULL;
    if (list->failed)
        return;
    put(list, (struct cell){ .col = col, .kind = CELL_TEXT, .format = style, .text = clipped });
    if (list->columns == NULL)
        return;
    double height = paper_text_height(list->scratch, clipped, list->columns[col].width, &list->book->draft.styles[style]);
    list->height = height > list->height ? height : list->height;
}

void
list_number(struct list *list, uint16_t col, double number, uint16_t style)
{
    put(list, (struct cell){ .col = col, .kind = CELL_NUMBER, .format = style, .number = number });
}

bool
list_give(struct list *list, struct row *row)
{
    *row = (struct row){ .cells = list->cells, .ncells = list->ncells, .links = list->links, .nlinks = list->nlinks, .height = list->height };
    list->rows++;
    return !list->failed && !os_interrupted();
}

bool
list_end(struct row *row)
{
    *row = (struct row){ .ncells = 0 };
    return true;
}

/* -- links -- */

static void
put_link(struct list *list, uint16_t col, const struct text *target)
{
    if (target->failed || list->links_left == 0) {
        list->failed = list->failed || target->failed;
        return;
    }
    list->links_left--;
    list->links[list->nlinks++] = (struct link){ .col = col, .target = target->at };
}

void
list_link_row(struct list *list, uint16_t col, const char *sheet, uint32_t row)
{
    struct text target = text_new(list->scratch);
    text_printf(&target, "internal:'%s'!A%u", sheet, (unsigned)row + 1);
    put_link(list, col, &target);
}

static bool
is_absolute(const char *path)
{
    return *path == '/' || (*path != '\0' && path[1] == ':');
}

/* A path within an address: what would be read as something else there is escaped; blanks and the like are by the library. */
static void
put_path(struct text *out, const char *path)
{
    for (; *path != '\0'; path++)
        if (strchr("%#?:", *path) != NULL)
            text_printf(out, "%%%02X", (unsigned)*path);
        else
            text_putc(out, *path == '\\' ? '/' : *path);
}

static const char *
skip_dots(const char *path)
{
    while (strncmp(path, "./", 2) == 0)
        path += 2;
    return path;
}

/* The input as seen from the folder of the workbook, so that both may be moved together. No link where that cannot be told. */
void
list_link_file(struct list *list, uint16_t col, const char *path)
{
    const char *from = skip_dots(list->book->path), *to = skip_dots(path), *slash;
    struct text target = text_new(list->scratch);
    if (is_absolute(from) != is_absolute(to))
        return;
    while ((slash = strchr(from, '/')) != NULL && strncmp(from, to, (size_t)(slash + 1 - from)) == 0) {
        to += slash + 1 - from;
        from = slash + 1;
    }
    if (strncmp(from, "../", 3) == 0 || strstr(from, "/../") != NULL || is_absolute(to))
        return;
    for (; (from = strchr(from, '/')) != NULL; from++)
        text_puts(&target, "../");
    put_path(&target, to);
    if (target.n < 1500)                     /* the library takes 2,079 characters, escaped */
        put_link(list, col, &target);
}
