/* SPDX-License-Identifier: MIT */
/* Marks by the commands of the "Excel 4.0 Macro Functions Reference"; FORMULA enters as typed, xlSet never makes a formula of a text. What
 * the cells had is on the sheet of the findings before the first of them is touched. A cell is given back what it had only while it
 * still looks as we marked it; what somebody has coloured or noted since is his. */
#include "marker.h"

#include <string.h>

#include "limits.h"
#include "look.h"
#include "sheets.h"
#include "text.h"
#include "wording.h"

enum { COLOR_ERROR = 38, COLOR_WARNING = 44 };           /* rose, gold */
enum { RECORDS = 20000 };                                /* marked cells that are read back; a report has some 200 */

/* The sheet of the findings. */
enum { ROW_VERDICT, ROW_HEADING, ROW_FIRST };
enum { COL_SEVERITY, COL_CELL, COL_PLACE, COL_MESSAGE, COL_RECORD = 5, RECORD_COLS = 6, SHEET_COLS = COL_RECORD + RECORD_COLS };
enum { RECORD_SHEET, RECORD_ROW, RECORD_COL, RECORD_PATTERN, RECORD_FORE, RECORD_BACK };

#define RECORDS_HEADING "原来的底色"
#define NOTE_HEAD "年报校验\n"
#define NOTE_LINE "\n――――――――\n"

/* A mark and what it covers; a note that cannot be read (NULL) is left alone. */
struct cover { const struct mark *mark; bool possible; struct fill before; const char *note; };

static struct xl
columns_of(uintptr_t sheet, int32_t col, int32_t col2, struct xl_areas *areas)
{
    return xl_cells(sheet, (struct xl_area){ 0, LIMIT_ROWS - 1, col, col2 }, areas);
}

/* -- going about -- */

static struct xl *
full_name(struct arena *arena, const char *book, const char *sheet)
{
    struct text name = text_new(arena);
    text_printf(&name, "[%s]%s", book, sheet);
    return name.failed ? NULL : xl_text(arena, name.at);
}

bool
marker_visit(struct excel *excel, struct arena *arena, const char *book, const char *sheet)
{
    return excel_do(excel, XL_WORKBOOK_SELECT, 1, full_name(arena, book, sheet));
}

bool
marker_select(struct excel *excel, uintptr_t sheet, uint32_t row, uint16_t col)
{
    struct xl_areas areas;
    struct xl at = xl_cell(sheet, row, col, &areas);
    return excel_select(excel, &at);
}

/* -- what is ours of a cell -- */

static bool
fill_is_ours(struct fill fill)
{
    return fill.pattern == PATTERN_SOLID && fill.fore == 0 && (fill.back == COLOR_ERROR || fill.back == COLOR_WARNING);
}

/* What the user wrote, of a note with ours above it. */
static const char *
note_theirs(const char *note)
{
    if (strncmp(note, NOTE_HEAD, strlen(NOTE_HEAD)) != 0)
        return note;
    const char *line = strstr(note, NOTE_LINE);
    return line != NULL ? line + strlen(NOTE_LINE) : "";
}

/* Ours above theirs; one that has no room for ours stays alone. */
static bool
note_mark(struct excel *excel, struct arena *arena, struct xl *at, const struct cover *cover)
{
    struct text note = text_new(arena);
    if (*cover->mark->note == '\0' || cover->note == NULL)
        return true;
    text_printf(&note, "%s%s%s%s", NOTE_HEAD, cover->mark->note, *cover->note != '\0' ? NOTE_LINE : "", cover->note);
    struct xl *whole = note.failed ? NULL : xl_text(arena, note.at);
    return whole != NULL && (whole->text[0] >= XL_TEXT_MOST - 1 || look_set_note(excel, at, whole));
}

/* -- what the marks will cover -- */

/* A mark whose sheet of findings somebody has thrown away is no part of the cell. On a hidden sheet none is made, so none is recorded. */
static void
cover_cell(struct live *live, struct cover *cover)
{
    struct xl_areas areas;
    const struct spot *spot = &cover->mark->at;
    struct xl at = xl_cell(live_sheet(live, spot->sheet), spot->row, spot->col, &areas);
    cover->possible = !spot->sheet->hidden && look_get_fill(live->excel, &at, &cover->before);
    const char *note = look_get_note(live->excel, live->arena, &at);
    cover->note = note != NULL ? note_theirs(note) : NULL;
    if (cover->note != note && fill_is_ours(cover->before))
        cover->before = (struct fill){ .pattern = PATTERN_NONE };
}

/* The marks sheet by sheet. NULL: out of memory. */
static struct cover *
cover_marks(struct live *live, const struct marks *marks)
{
    struct cover *covers = arena_array(live->arena, marks->nmarks + 1, sizeof *covers);
    size_t n = 0;
    for (size_t s = 0; covers != NULL && s < live->book.nsheets; s++) {
        for (size_t i = 0; i < marks->nmarks; i++) {
            if (marks->marks[i].at.sheet != &live->book.sheets[s])
                continue;
            covers[n].mark = &marks->marks[i];
            cover_cell(live, &covers[n++]);
        }
    }
    return covers;
}

/* -- the sheet of the findings -- */

/* "[book]sheet" of the sheet in front, in which the name begins behind the last bracket. */
static const char *
front_sheet(struct live *live)
{
    const char *name = excel_get_text(live->excel, live->arena, XL_GET_DOCUMENT, DOCUMENT_ACTIVE_SHEET, NULL);
    return name != NULL && *name != '\0' ? name : NULL;
}

/* The new sheet has whatever name Excel gave it; it is ours only when another than before is in front now. */
static bool
insert_sheet(struct live *live, uintptr_t *id)
{
    struct excel *excel = live->excel;
    struct xl type = xl_number(INSERT_WORKSHEET);
    const char *before = front_sheet(live);
    if (before == NULL || excel_sheet_id(excel, live->arena, live->name, MARKS_SHEET, id))
        return false;
    excel_do(excel, XL_WORKBOOK_INSERT, 1, &type);
    const char *after = front_sheet(live);
    if (after == NULL)
        after = front_sheet(live);                       /* once more, or an empty sheet stays behind */
    const char *end = after != NULL ? strrchr(after, ']') : NULL;
    if (after == NULL || strcmp(before, after) == 0)
        return false;
    struct xl *name = xl_text(live->arena, end != NULL ? end + 1 : after);
    if (excel_do(excel, XL_WORKBOOK_NAME, 2, name, xl_text(live->arena, MARKS_SHEET))
        && excel_sheet_id(excel, live->arena, live->name, MARKS_SHEET, id))
        return true;
    if (!excel_do(excel, XL_WORKBOOK_DELETE, 1, name))
        excel_do(excel, XL_WORKBOOK_DELETE, 1, xl_text(live->arena, MARKS_SHEET));
    return false;
}

static void
put_text(struct live *live, struct xl *at, const char *text)
{
    struct xl *value = xl_text(live->arena, text);
    *at = value != NULL ? *value : xl_nil();
}

static void
put_record(struct live *live, struct xl *at, const struct cover *cover)
{
    put_text(live, &at[RECORD_SHEET], cover->mark->at.sheet->name);
    at[RECORD_ROW] = xl_number(cover->mark->at.row + 1);
    at[RECORD_COL] = xl_number(cover->mark->at.col + 1);
    at[RECORD_PATTERN] = xl_number(cover->before.pattern);
    at[RECORD_FORE] = xl_number(cover->before.fore);
    at[RECORD_BACK] = xl_number(cover->before.back);
}

static bool
set_values(struct live *live, uintptr_t id, const struct marks *marks, const struct cover *covers)
{
    static const char *const headings[] = { "程度", "单元格", "位置", "问题" };
    size_t rows = ROW_FIRST + (marks->nlines > marks->nmarks ? marks->nlines : marks->nmarks), records = 0;
    struct xl *values = rows < LIMIT_ROWS ? arena_array(live->arena, rows * SHEET_COLS, sizeof *values) : NULL;
    if (values == NULL)
        return false;
    for (size_t i = 0; i < rows * SHEET_COLS; i++)
        values[i] = xl_nil();
    put_text(live, &values[0], marks->verdict);
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
        put_text(live, &values[ROW_HEADING * SHEET_COLS + i], headings[i]);
    put_text(live, &values[ROW_HEADING * SHEET_COLS + COL_RECORD], RECORDS_HEADING);
    for (size_t i = 0; i < marks->nlines; i++) {
        struct xl *row = &values[(ROW_FIRST + i) * SHEET_COLS];
        put_text(live, &row[COL_SEVERITY], severity_word(marks->lines[i].severity, LANGUAGE_ZH));
        put_text(live, &row[COL_PLACE], marks->lines[i].place);
        put_text(live, &row[COL_MESSAGE], marks->lines[i].message);
    }
    for (size_t i = 0; i < marks->nmarks; i++)
        if (covers[i].possible)
            put_record(live, &values[(ROW_FIRST + records++) * SHEET_COLS + COL_RECORD], &covers[i]);
    struct xl_areas areas;
    struct xl at = xl_cells(id, (struct xl_area){ 0, (int32_t)rows - 1, 0, SHEET_COLS - 1 }, &areas);
    struct xl multi = { .multi = { values, (int32_t)rows, SHEET_COLS }, .type = XL_MULTI };
    return excel_do(live->excel, XL_SET, 2, &at, &multi);
}

static void
put_quoted(struct text *out, const char *s)
{
    text_putc(out, '"');
    for (; *s != '\0'; s++) {
        if (*s == '"')
            text_putc(out, '"');
        text_putc(out, *s);
    }
    text_putc(out, '"');
}

/* =HYPERLINK("#'甲 乙'!C5","'甲 乙'!C5"): both stay far below the 255 characters of a text in a formula. */
static bool
set_link(struct live *live, uintptr_t id, size_t line, struct spot spot)
{
    char place[A1_SIZE];
    struct text formula = text_new(live->arena), target = text_new(live->arena);
    struct xl_areas areas;
    struct xl at = xl_cell(id, (uint32_t)(ROW_FIRST + line), COL_CELL, &areas);
    const char *address = a1_quoted(live->arena, spot.sheet->name, a1(spot.row, spot.col, place));
    text_printf(&target, "#%s", address != NULL ? address : "");
    text_puts(&formula, "=HYPERLINK(");
    put_quoted(&formula, target.at);
    text_putc(&formula, ',');
    put_quoted(&formula, target.at + 1);
    text_putc(&formula, ')');
    return address != NULL && !target.failed && !formula.failed
        && excel_do(live->excel, XL_FORMULA, 2, xl_text(live->arena, formula.at), &at);
}

static void
dress_sheet(struct live *live, uintptr_t id)
{
    static const struct { int32_t col; double width; } columns[] = {
        { COL_SEVERITY, 8 }, { COL_CELL, 24 }, { COL_PLACE, 30 }, { COL_MESSAGE, 80 }
    };
    struct xl_areas areas;
    struct xl missing = xl_missing(), wrap = xl_boolean(true), hide = xl_number(WIDTH_HIDE);
    struct xl at = columns_of(id, COL_PLACE, COL_MESSAGE, &areas);
    if (excel_select(live->excel, &at))
        excel_do(live->excel, XL_ALIGNMENT, 2, &missing, &wrap);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        struct xl width = xl_number(columns[i].width);
        at = columns_of(id, columns[i].col, columns[i].col, &areas);
        excel_do(live->excel, XL_COLUMN_WIDTH, 2, &width, &at);
    }
    at = columns_of(id, COL_RECORD, SHEET_COLS - 1, &areas);
    excel_do(live->excel, XL_COLUMN_WIDTH, 4, &missing, &at, &missing, &hide);
    marker_select(live->excel, id, 0, 0);
}

static bool
list_findings(struct live *live, const struct marks *marks, const struct cover *covers)
{
    uintptr_t id;
    size_t first = 0;                                    /* it goes before the first sheet that can be gone to */
    while (first < live->book.nsheets && !marker_visit(live->excel, live->arena, live->name, live->book.sheets[first].name))
        first++;
    if (first == live->book.nsheets || !insert_sheet(live, &id))
        return false;
    dress_sheet(live, id);
    bool set = set_values(live, id, marks, covers);
    for (size_t i = 0; set && i < marks->nlines; i++)
        if (marks->lines[i].at.sheet != NULL)
            set = set_link(live, id, i, marks->lines[i].at);
    return set;
}

/* -- marking -- */

/* What a protected sheet allows of it, only trying tells: some allow fills, some notes. */
static void
mark_cell(struct live *live, const struct cover *cover, struct marked *marked)
{
    struct xl_areas areas;
    const struct spot *spot = &cover->mark->at;
    struct fill fill = { PATTERN_SOLID, 0, cover->mark->severity == SEVERITY_ERROR ? COLOR_ERROR : COLOR_WARNING };
    struct xl at = xl_cell(live_sheet(live, spot->sheet), spot->row, spot->col, &areas);
    if (!excel_select(live->excel, &at) || !look_set_fill(live->excel, fill))
        marked->unfilled = spot->sheet->name;
    if (!note_mark(live->excel, live->arena, &at, cover))
        marked->unnoted = spot->sheet->name;
}

/* The covers from the first of one sheet on; the index of the next sheet's first. */
static size_t
mark_sheet(struct live *live, const struct cover *covers, size_t i, size_t n, struct marked *marked)
{
    const struct sheet *sheet = covers[i].mark->at.sheet;
    bool visible = covers[i].possible && marker_visit(live->excel, live->arena, live->name, sheet->name);
    struct stay stay = { .excel = live->excel, .selection = xl_nil(), .cell = xl_nil() };
    if (visible)
        stay = stay_begin(live->excel);
    for (; i < n && covers[i].mark->at.sheet == sheet; i++)
        if (visible && covers[i].possible)
            mark_cell(live, &covers[i], marked);
    stay_end(&stay);
    return i;
}

bool
marker_put(struct live *live, const struct marks *marks, struct marked *marked)
{
    *marked = (struct marked){ .listed = false };
    struct cover *covers = cover_marks(live, marks);
    if (covers == NULL || !list_findings(live, marks, covers))
        return false;
    marked->listed = true;
    for (size_t i = 0; i < marks->nmarks; )
        i = mark_sheet(live, covers, i, marks->nmarks, marked);
    return !live->excel->halted;
}

/* -- and back -- */

/* False: it could not be given back what it had. */
static bool
clear_cell(struct excel *excel, struct arena *arena, struct xl *at, struct fill before)
{
    struct fill fill;
    const char *note = look_get_note(excel, arena, at), *theirs = note != NULL ? note_theirs(note) : NULL;
    if (note == NULL || !look_get_fill(excel, at, &fill))
        return false;
    if (!fill_is_ours(fill) && theirs == note)
        return true;
    if (!excel_select(excel, at) || (fill_is_ours(fill) && !look_set_fill(excel, before)))
        return false;
    return theirs == note || (*theirs != '\0' ? look_set_note(excel, at, xl_text(arena, theirs)) : excel_do(excel, XL_NOTE, 0));
}

/* Where the last record was. */
struct walk { struct excel *excel; struct arena *arena; const char *book, *sheet; bool there, gone; uintptr_t id; struct stay stay; };

/* A sheet that Excel knows nothing of is gone. */
static bool
is_gone(struct walk *walk, const char *sheet)
{
    double type;
    return !excel_get_number(walk->excel, XL_GET_DOCUMENT, DOCUMENT_TYPE, full_name(walk->arena, walk->book, sheet), &type);
}

static bool
walk_to(struct walk *walk, const char *sheet)
{
    if (walk->sheet != NULL && strcmp(walk->sheet, sheet) == 0)
        return walk->there || walk->gone;
    stay_end(&walk->stay);
    walk->sheet = sheet;
    walk->there = excel_sheet_id(walk->excel, walk->arena, walk->book, sheet, &walk->id);
    walk->gone = !walk->there && is_gone(walk, sheet);
    walk->there = walk->there && marker_visit(walk->excel, walk->arena, walk->book, sheet);
    if (walk->there)
        walk->stay = stay_begin(walk->excel);
    return walk->there || walk->gone;
}

/* What is no record of ours any more needs nothing, nor what is of a sheet that is gone. */
static bool
clear_record(struct walk *walk, const struct xl *record)
{
    struct xl_areas areas;
    struct fill before = { record[RECORD_PATTERN].number, record[RECORD_FORE].number, record[RECORD_BACK].number };
    if (!xl_is(&record[RECORD_SHEET], XL_TEXT) || !xl_is_whole(&record[RECORD_ROW], 1, LIMIT_ROWS)
        || !xl_is_whole(&record[RECORD_COL], 1, LIMIT_COLS) || !xl_is_whole(&record[RECORD_PATTERN], 0, 18)
        || !xl_is_whole(&record[RECORD_FORE], 0, 56) || !xl_is_whole(&record[RECORD_BACK], 0, 56))
        return true;
    const char *sheet = xl_narrow(walk->arena, &record[RECORD_SHEET]);
    if (sheet == NULL || !walk_to(walk, sheet))
        return false;
    struct xl at = xl_cell(walk->id, (uint32_t)record[RECORD_ROW].number - 1, (uint16_t)(record[RECORD_COL].number - 1), &areas);
    return walk->gone || clear_cell(walk->excel, walk->arena, &at, before);
}

static bool
clear_records(struct excel *excel, struct arena *arena, const char *book, uintptr_t id)
{
    double last;
    struct xl_areas areas;
    struct xl records;
    struct walk walk = { .excel = excel, .arena = arena, .book = book, .stay = { excel, xl_nil(), xl_nil() } };
    if (!excel_get_number(excel, XL_GET_DOCUMENT, DOCUMENT_LAST_ROW, full_name(arena, book, MARKS_SHEET), &last))
        return false;
    if (!(last > ROW_FIRST))
        return true;
    int32_t rows = last - ROW_FIRST < RECORDS ? (int32_t)last - ROW_FIRST : RECORDS;
    struct xl at = xl_cells(id, (struct xl_area){ ROW_FIRST, ROW_FIRST + rows - 1, COL_RECORD, SHEET_COLS - 1 }, &areas);
    bool cleared = excel_call(excel, XL_COERCE, &records, 1, &at) && xl_is(&records, XL_MULTI) && records.multi.cols == RECORD_COLS;
    for (int32_t i = 0, n = cleared ? records.multi.rows : 0; i < n && !excel->halted; i++)
        cleared = clear_record(&walk, &records.multi.items[(ptrdiff_t)i * RECORD_COLS]) && cleared;
    excel_free(excel, &records);
    stay_end(&walk.stay);
    return cleared && !excel->halted;
}

/* A sheet of that name with anything on it is ours when it has our heading; an empty one is left of a check that broke off. */
static bool
is_ours(struct excel *excel, struct arena *arena, const char *book, uintptr_t id)
{
    double last;
    struct xl_areas areas;
    struct xl at = xl_cell(id, ROW_HEADING, COL_RECORD, &areas), heading;
    if (!excel_get_number(excel, XL_GET_DOCUMENT, DOCUMENT_LAST_ROW, full_name(arena, book, MARKS_SHEET), &last))
        return false;
    const char *text = excel_call(excel, XL_COERCE, &heading, 1, &at) ? xl_narrow(arena, &heading) : NULL;
    excel_free(excel, &heading);
    return last == 0 || (text != NULL && strcmp(text, RECORDS_HEADING) == 0);
}

bool
marker_clear(struct excel *excel, struct arena *arena, const char *book)
{
    uintptr_t id;
    if (!excel_sheet_id(excel, arena, book, MARKS_SHEET, &id))
        return !excel->halted;
    return is_ours(excel, arena, book, id) && clear_records(excel, arena, book, id) && excel_do(excel, XL_WORKBOOK_DELETE, 1, xl_text(arena, MARKS_SHEET));
}
