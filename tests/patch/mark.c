/* SPDX-License-Identifier: MIT */
/* mark IN OUT SEED N [OLD]: marks on N random cells of any .xlsx, beside and on what is there; the sheets behind; and OUT.old, a line for
 * each mark, for the next time (OLD). Status 3: the package is refused. For compare.py. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "limits.h"
#include "os.h"
#include "patch.h"
#include "read.h"
#include "text.h"

static uint64_t state;

static uint32_t
chance(uint32_t n)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return n > 0 ? (uint32_t)(state >> 33) % n : 0;
}

/* A cell of the sheet or near one; the first of a merged range stands for all. */
static struct patch_mark
random_mark(const struct sheet *sheet)
{
    const struct cell *cell = sheet->ncells > 0 ? &sheet->cells[chance((uint32_t)sheet->ncells)] : NULL;
    uint32_t row = (cell != NULL ? cell->row : 0) + (chance(3) == 0 ? chance(9) : 0), col = (cell != NULL ? cell->col : 0u) + (chance(3) == 0 ? chance(5) : 0);
    if (sheet->nmerges > 0 && chance(4) == 0) {
        row = sheet->merges[chance((uint32_t)sheet->nmerges)].row;
        col = 0;
    }
    row = row < LIMIT_ROWS ? row : LIMIT_ROWS - 1;
    const struct area *merge = sheet_merge(sheet, row, (uint16_t)(col < LIMIT_COLS ? col : LIMIT_COLS - 1));
    return (struct patch_mark){ .sheet = sheet->name, .row = merge != NULL ? merge->row : row, .col = merge != NULL ? merge->col : (uint16_t)(col < LIMIT_COLS ? col : LIMIT_COLS - 1),
        .color = (uint8_t)chance(2), .note = chance(3) == 0 ? "" : "【必须改】表三 J8：填的是 5 & <6>，\n请对照登记台账。" };
}

static bool
is_new(const struct patch_marking *marking, const struct patch_mark *mark)
{
    for (size_t i = 0; i < marking->n; i++)
        if (strcmp(marking->marks[i].sheet, mark->sheet) == 0 && marking->marks[i].row == mark->row && marking->marks[i].col == mark->col)
            return false;
    return true;
}

static bool
ours(const char *name)
{
    return strcmp(name, "校验结果") == 0 || strcmp(name, "nianbao") == 0;
}

/* Lines of sheet, row, column, before. */
static bool
read_old(struct arena *arena, const char *path, struct patch_marking *marking)
{
    unsigned char *bytes;
    size_t n, cap = 0;
    struct patch_mark *old = NULL;
    if (os_read_file(arena, path, &bytes, &n, NULL) != STATUS_OK)
        return false;
    char *line = arena_text(arena, (const char *)bytes, n);
    for (char *end; line != NULL && (end = strchr(line, '\n')) != NULL; line = end + 1) {
        *end = '\0';
        char *row = strchr(line, '\t'), *col = strchr(row + 1, '\t'), *before = strchr(col + 1, '\t');
        *row = *col = *before = '\0';
        for (char *c = before + 1; (c = strchr(c, '\a')) != NULL; )
            *c = '\n';
        if (!arena_room(arena, &old, marking->nold, &cap, sizeof *old))
            return false;
        old[marking->nold++] = (struct patch_mark){ .sheet = line, .row = (uint32_t)atol(row + 1), .col = (uint16_t)atol(col + 1), .before = before + 1 };
    }
    marking->old = old;
    return true;
}

static bool
write_old(const char *path, const struct patch_marking *marking)
{
    FILE *f = fopen(path, "wb");
    for (size_t i = 0; f != NULL && i < marking->n; i++) {
        fprintf(f, "%s\t%lu\t%u\t", marking->marks[i].sheet, (unsigned long)marking->marks[i].row, marking->marks[i].col);
        for (const char *c = marking->marks[i].before; *c != '\0'; c++)
            fputc(*c == '\n' ? '\a' : *c, f);
        fputc('\n', f);
    }
    return f != NULL && fclose(f) == 0;
}

static enum status
put_ours(struct arena *arena, struct patch *patch)
{
    struct draft draft;
    struct style red = { .fill = 0xFFC7CE, .border = true, .wrap = true };
    if (!draft_init(arena, &draft))
        return STATUS_MEMORY;
    size_t results = draft_sheet(&draft, "校验结果", false), hidden = draft_sheet(&draft, "nianbao", true);
    if (!draft_text(&draft, results, 0, 0, "a < b & _x0041_ \x01", draft_style(&draft, &red)) || !draft_text(&draft, hidden, 0, 0, "key", 0)
        || !draft_text(&draft, results, 2, 1, "", draft_style(&draft, &red)) || !draft_link(&draft, results, 0, 0, "internal:'nianbao'!A1")
        || !book_add_property(&draft.book, "nianbao.test", "1"))
        return STATUS_MEMORY;
    for (size_t i = 0; i < 2; i++)
        sheet_finish(&draft.book.sheets[i]);
    enum status status = patch_sheet(patch, &draft, results);
    if (status == STATUS_OK)
        status = patch_sheet(patch, &draft, hidden);
    return status == STATUS_OK ? patch_properties(patch, &draft.book, "nianbao.") : status;
}

static enum status
run(struct arena *arena, char **argv, const char *old, struct fault *fault)
{
    struct patch_marking marking = { .colors = { 0xFFC7CF, 0xFFEB9D }, .author = "年报校验", .begin = "【年报校验】", .end = "【校验到此】" };
    struct patch *patch;
    struct book book;
    unsigned char *bytes, *out = NULL;
    size_t n, nout = 0, want = strtoul(argv[4], NULL, 10);
    struct text path = text_new(arena);
    state = strtoul(argv[3], NULL, 10) + 1;
    enum status status = os_read_file(arena, argv[1], &bytes, &n, fault);
    if (status == STATUS_OK)
        status = read_book(arena, bytes, n, &book, fault);
    if (status == STATUS_OK && book.kind != FILE_XLSX)
        status = STATUS_UNSUPPORTED;
    if (status == STATUS_OK)
        status = patch_open(arena, bytes, n, &patch, fault);
    if (status != STATUS_OK)
        return status;
    marking.marks = arena_array(arena, want + 1, sizeof *marking.marks);
    size_t sheets = book.nsheets;
    while (sheets > 0 && ours(book.sheets[sheets - 1].name))
        sheets--;
    for (size_t i = 0; i < want && sheets > 0; i++) {
        const struct sheet *sheet = &book.sheets[chance((uint32_t)sheets)];
        struct patch_mark mark = random_mark(sheet);
        if (is_new(&marking, &mark))
            marking.marks[marking.n++] = mark;
    }
    if (old != NULL && !read_old(arena, old, &marking))
        return STATUS_NOT_FOUND;
    status = patch_mark(patch, &marking);
    if (status == STATUS_OK)
        status = put_ours(arena, patch);
    if (status == STATUS_OK)
        status = patch_write(patch, &out, &nout);
    text_printf(&path, "%s.old", argv[2]);
    if (status == STATUS_OK && !write_old(path.at, &marking))
        status = STATUS_OUTPUT;
    return status == STATUS_OK ? os_write_file(argv[2], out, nout, true, NULL, fault) : status;
}

int
main(int argc, char **argv)
{
    struct fault fault = { .status = STATUS_OK };
    struct arena *arena = arena_new(LIMIT_MEMORY * 2);
    if (argc < 5 || arena == NULL)
        return 2;
    enum status status = run(arena, argv, argc > 5 ? argv[5] : NULL, &fault);
    if (status != STATUS_OK)
        printf("%s: %s: %s\n", argv[1], status_code(status), fault.where);
    arena_free(arena);
    return status == STATUS_OK ? 0 : 3;
}
