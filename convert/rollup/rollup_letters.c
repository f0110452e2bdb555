/* SPDX-License-Identifier: MIT */
/* rollup_letters: what the collecting office sends out: for every unit whose report has to be corrected one short text, ready to be pasted
 * into a message, and one that says who has reported. They are sealed, so that the next run may replace or remove those that nobody has
 * written into. A letter says which cells do not add up, and never the number to put in: that one stands in the unit's register. */
#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "limits.h"
#include "lines.h"
#include "names.h"
#include "notepad.h"
#include "rollup.h"
#include "seal.h"
#include "threads.h"

static const char summary_name[] = "公布情况", letter_head[] = "请更正：", ending[] = ".txt";
enum { NAME_BYTES = 180, NUMBERS = 10000 };      /* of a file's name without number and ending */

/* -- files -- */

/* Is nothing there, or something of ours that nobody has changed? Its bytes without mark and CRs in *old; NULL: nothing is there. */
static bool
may_replace(struct arena *arena, const char *path, unsigned char **old, size_t *n)
{
    *old = NULL;
    if (!os_file_exists(path))
        return true;
    if (os_read_file(arena, path, old, n, NULL) != STATUS_OK)
        return false;
    *n = notepad_strip(*old, *n);
    return seal_intact(*old, *n);
}

/* Put a sealed text into a file "FOLDER/NAME.txt", or "NAME(2).txt" when that one is somebody's. */
static enum status
put_file(struct arena *arena, const char *folder, const char *name, struct text *text, const char **path, struct fault *fault)
{
    seal_put(text);
    for (unsigned number = 1; number < NUMBERS && !text->failed; number++) {
        struct text place = text_new(arena);
        unsigned char *old;
        size_t n;
        text_printf(&place, "%s%s", folder, name);
        if (number > 1)
            text_printf(&place, "(%u)", number);
        text_puts(&place, ending);
        *path = place.at;
        if (place.failed)
            break;
        if (!may_replace(arena, place.at, &old, &n))
            continue;
        if (old != NULL && n == text->n && memcmp(old, text->at, n) == 0)
            return STATUS_OK;
        if (os_text_is_dos)
            notepad_dress(text);
        return text->failed ? fault_set(fault, STATUS_MEMORY, "%s", "") : os_write_file(place.at, text->at, text->n, old != NULL, NULL, fault);
    }
    return fault_set(fault, STATUS_MEMORY, "%s", "");
}

/* A name that every system takes for a file: no signs that mean something in paths, no control characters, no dot or blank at an end. */
static bool
put_safe(struct text *out, const char *name)
{
    size_t room = NAME_BYTES, used;
    name += strspn(name, " .");
    for (const char *s = name; *s != '\0'; s += used) {
        uint32_t cp = utf8_decode(s, strlen(s), &used);
        if (used > room)
            break;
        room -= used;
        if (cp < 0x20 || cp == 0x7F || (cp < 0x80 && strchr("/\\:*?\"<>|", (int)cp) != NULL))
            text_putc(out, '_');
        else
            text_put(out, s, used);
    }
    while (out->n > 0 && (out->at[out->n - 1] == ' ' || out->at[out->n - 1] == '.'))
        out->at[--out->n] = '\0';
    if (out->n == 0)
        text_puts(out, "_");
    return !out->failed;
}

/* -- who gets a letter, and what its file is called -- */

static bool
gets_letter(const struct entry *entry)
{
    return entry->fate == FATE_COUNTED_FAILING || entry->fate == FATE_LEFT_OUT || entry->fate == FATE_UNREADABLE;
}

struct letter { size_t entry; char *name; };
struct letters { struct letter *letter; size_t n; };

static int
ascii_order(const char *x, const char *y)
{
    for (;; x++, y++) {
        int a = *x >= 'A' && *x <= 'Z' ? *x - 'A' + 'a' : (unsigned char)*x, b = *y >= 'A' && *y <= 'Z' ? *y - 'A' + 'a' : (unsigned char)*y;
        if (a != b || a == 0)
            return a - b;
    }
}

static int
by_name(const void *a, const void *b)
{
    const struct letter *x = a, *y = b;
    int order = ascii_order(x->name, y->name);
    return order != 0 ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

/* All letters by name; those of one name, in whatever capitals, get numbers. */
static bool
name_letters(const struct rollup *rollup, struct arena *arena, struct letters *letters)
{
    letters->letter = arena_array(arena, rollup->nentries + 1, sizeof *letters->letter);
    for (size_t i = 0; letters->letter != NULL && i < rollup->nentries; i++) {
        struct text name = text_new(arena);
        if (!gets_letter(&rollup->entries[i]))
            continue;
        if (!put_safe(&name, rollup->entries[i].name))
            return false;
        letters->letter[letters->n++] = (struct letter){ i, name.at };
    }
    if (letters->letter == NULL)
        return false;
    qsort(letters->letter, letters->n, sizeof *letters->letter, by_name);
    for (size_t i = 1, first = 0; i < letters->n; i++) {
        struct text name = text_new(arena);
        if (ascii_order(letters->letter[i].name, letters->letter[first].name) != 0) {
            first = i;
            continue;
        }
        text_printf(&name, "%s-%zu", letters->letter[first].name, i - first + 1);
        letters->letter[i].name = name.at;
        if (name.failed)
            return false;
    }
    return true;
}

/* -- a letter -- */

static void
put_title(struct text *out, const struct rollup *rollup, const char *name)
{
    line_put(out, name);
    if (rollup->year != 0)
        text_printf(out, " %d 年度", rollup->year);
    if (rollup->form != NULL)
        line_put(out, rollup->form->title);
}

static size_t
put_items(struct text *out, const struct filing *filing, enum severity severity)
{
    size_t n = 0;
    for (size_t i = 0; i < filing->nfindings; i++) {
        const struct filing_finding *finding = &filing->findings[i];
        if (finding->severity != severity || finding->explained != NULL)
            continue;
        text_printf(out, "%zu. ", ++n);
        line_put(out, finding->place);
        text_puts(out, *finding->place != '\0' ? "：" : "");
        line_put(out, finding->letter);
        text_putc(out, '\n');
    }
    return n;
}

static void
put_letter(struct text *out, const struct rollup *rollup, const struct entry *entry, const struct filing *filing)
{
    text_puts(out, letter_head);
    put_title(out, rollup, entry->name);
    text_puts(out, "\n文件：");
    line_put(out, entry->file);
    if (entry->fate == FATE_UNREADABLE) {
        text_puts(out, "\n\n收到了，但是读不了。");
        line_put(out, filing->trouble);
        text_puts(out, "\n\n请按上面说的处理，能打开以后重新报送。\n");
        return;
    }
    text_printf(out, "\n\n以下 %zu 处对不上或没有填好，请更正：\n", filing->counts[SEVERITY_ERROR]);
    put_items(out, filing, SEVERITY_ERROR);
    struct text warnings = text_new(out->arena);
    if (put_items(&warnings, filing, SEVERITY_WARNING) > 0)
        text_printf(out, "\n另请核实（没有错的，请在回复里说明）：\n%s", warnings.at);
    out->failed |= warnings.failed;
    text_puts(out, "\n请对照登记台账核对，看是哪一格写错，不要为凑平而改数。改好后请重新报送这个文件。\n");
}

/* Letters on their way, several at once: each waits for the disk. */
struct post {
    const struct rollup *rollup;
    const char *folder;
    const struct letters *letters;
    struct lock *spool;              /* held to read from it */
    struct arena *arena;             /* of what `take` keeps */
    const char **names; size_t n;    /* of the files written */
    enum status status;
    struct fault *fault;
};

/* A letter that was written, or not. */
struct posted { enum status status; struct fault fault; const char *path; };

static void *
write_letter(void *context, size_t i, struct arena *scratch, struct arena *paper)
{
    const struct post *post = context;
    const struct letter *letter = &post->letters->letter[i];
    const struct entry *entry = &post->rollup->entries[letter->entry];
    struct posted *posted = arena_alloc(paper, sizeof *posted);
    struct text text = text_new(scratch);
    lock_hold(post->spool);
    const struct filing *filing = spool_get(post->rollup->spool, entry->filing, scratch);
    lock_release(post->spool);
    if (posted == NULL || filing == NULL)
        return NULL;
    *posted = (struct posted){ .path = "" };
    put_letter(&text, post->rollup, entry, filing);
    posted->status = put_file(scratch, post->folder, letter->name, &text, &posted->path, &posted->fault);
    posted->path = arena_copy(paper, posted->path);
    return posted->path != NULL ? posted : NULL;
}

static bool
take_letter(void *context, size_t i, void *result)
{
    struct post *post = context;
    const struct posted *posted = result;
    const char *base = posted != NULL ? name_base(posted->path) : "";
    (void)i;
    post->names[post->n] = posted != NULL ? arena_copy(post->arena, base) : NULL;
    if (posted != NULL && posted->status != STATUS_OK) {
        *post->fault = posted->fault;
        post->status = posted->status;
    } else if (post->names[post->n++] == NULL)
        post->status = fault_set(post->fault, STATUS_MEMORY, "%s", "");
    return post->status == STATUS_OK;
}

/* -- what an earlier run has left -- */

static int
by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Remove letters that are not among those of today, if they are as they were written. `kept` is sorted. */
static void
remove_stale(const char *folder, const char **kept, size_t nkept, struct arena *arena, struct arena *scratch)
{
    char **names;
    size_t n;
    if (os_list(arena, folder, &names, &n, NULL) != STATUS_OK)
        return;
    for (size_t i = 0; i < n; i++) {
        const char *name = names[i];
        size_t length = strlen(name), size;
        unsigned char *bytes;
        bool today = nkept > 0 && bsearch(&name, kept, nkept, sizeof *kept, by_text) != NULL;
        if (today || length < sizeof ending || strcmp(name + length - (sizeof ending - 1), ending) != 0)
            continue;
        arena_reset(scratch);
        const char *path = name_join(scratch, folder, name);
        if (path != NULL && may_replace(scratch, path, &bytes, &size) && bytes != NULL && size > sizeof letter_head
            && memcmp(bytes, letter_head, sizeof letter_head - 1) == 0)
            os_remove_file(path);
    }
}

static enum status
write_letters(const struct rollup *rollup, const char *folder, const struct letters *letters, struct arena *arena, struct arena *scratch,
              struct fault *fault)
{
    enum { POSTMEN = 8 };
    struct post post = { .rollup = rollup, .folder = folder, .letters = letters, .spool = lock_new(), .arena = arena,
                         .names = arena_array(arena, letters->n + 1, sizeof *post.names), .fault = fault };
    if (post.spool == NULL || post.names == NULL)
        post.status = fault_set(fault, STATUS_MEMORY, "%s", "");
    else
        batch_run(&(struct batch){ .n = letters->n, .workers = POSTMEN, .work = write_letter, .take = take_letter, .context = &post });
    lock_free(post.spool);
    if (post.status != STATUS_OK || post.n < letters->n)         /* fewer: stopped */
        return post.status;
    qsort(post.names, post.n, sizeof *post.names, by_text);
    remove_stale(folder, post.names, post.n, arena, scratch);
    return STATUS_OK;
}

/* -- 公布情况 -- */

/* "迟报 2 个：甲局、乙局。"; nothing when there are none. */
struct list { struct text names; size_t n; };

static void
list_add(struct list *list, const char *name)
{
    text_puts(&list->names, list->n++ > 0 ? "、" : "");
    line_put(&list->names, name);
}

static void
put_list(struct text *out, const char *what, const struct list *list)
{
    if (list->n > 0)
        text_printf(out, "%s %zu 个：%s。\n", what, list->n, list->names.at);
    out->failed |= list->names.failed;
}

/* Members that have to report, by what came of them. */
struct members { size_t due, on_time, unread; };

static bool
list_members(const struct rollup *rollup, struct arena *arena, struct list *late, struct list *missing, struct members *members)
{
    const struct roster *roster = rollup->options.roster;
    bool *is_late = arena_array(arena, roster->n + 1, sizeof *is_late), *is_read = arena_array(arena, roster->n + 1, sizeof *is_read);
    if (is_late == NULL || is_read == NULL)
        return false;
    for (size_t i = 0; i < rollup->nentries; i++) {
        const struct entry *entry = &rollup->entries[i];
        if (entry->member == SIZE_MAX)
            continue;
        is_late[entry->member] |= entry->late;
        is_read[entry->member] |= entry->fate != FATE_UNREADABLE;
    }
    for (size_t i = 0; i < roster->n; i++) {
        if (!member_reports(&roster->members[i]))
            continue;
        members->due++;
        if (!rollup->present[i])
            list_add(missing, roster->members[i].name);
        else if (!is_read[i])
            members->unread++;
        else if (is_late[i])
            list_add(late, roster->members[i].name);
        else
            members->on_time++;
    }
    return true;
}

static enum status
write_summary(struct rollup *rollup, const char *folder, struct arena *arena, struct fault *fault)
{
    struct list late = { text_new(arena), 0 }, missing = late, failing = late, unreadable = late, others = late, unexpected = late;
    struct text text = text_new(arena);
    struct members members = { 0 };
    const char *path = "";
    for (size_t i = 0; i < rollup->nentries; i++) {
        const struct entry *entry = &rollup->entries[i];
        if (entry->fate == FATE_COUNTED_FAILING || entry->fate == FATE_LEFT_OUT)
            list_add(&failing, entry->name);
        if (entry->fate == FATE_UNREADABLE)
            list_add(&unreadable, entry->name);
        if (entry->fate == FATE_OTHER_FORM)
            list_add(&others, entry->name);
        if (rollup->options.roster != NULL && entry->member == SIZE_MAX && (entry_counts(entry) || entry->fate == FATE_LEFT_OUT) && !entry->rollup)
            list_add(&unexpected, entry->name);
    }
    put_title(&text, rollup, rollup->area);
    text_puts(&text, "报送情况\n\n");
    if (rollup->options.roster == NULL)
        text_printf(&text, "已报 %zu 个单位。\n", rollup->units);
    else if (!list_members(rollup, arena, &late, &missing, &members))
        return fault_set(fault, STATUS_MEMORY, "%s", "");
    else
        text_printf(&text, "应报 %zu 个，按时 %zu 个，迟报 %zu 个，未报 %zu 个", members.due, members.on_time, late.n, missing.n);
    if (members.unread > 0)
        text_printf(&text, "，报来的读不了 %zu 个", members.unread);
    text_puts(&text, rollup->options.roster != NULL ? "。\n" : "");
    put_list(&text, "迟报", &late);
    put_list(&text, "未报", &missing);
    put_list(&text, "待更正", &failing);
    put_list(&text, "读不了", &unreadable);
    put_list(&text, "格式或年度不同，没有计入", &others);
    put_list(&text, "名单上没有", &unexpected);
    enum status status = put_file(arena, folder, summary_name, &text, &path, fault);
    return status != STATUS_OK || rollup_wrote(rollup, path) ? status : fault_set(fault, STATUS_MEMORY, "%s", "");
}

enum status
rollup_letters(struct rollup *rollup, const char *folder, struct fault *fault)
{
    struct arena *arena = arena_new(LIMIT_MEMORY), *scratch = arena_new(LIMIT_MEMORY);
    struct letters letters = { .n = 0 };
    const char *below = arena != NULL ? name_join(arena, folder, rollup_letters_folder) : NULL, *inside;
    enum status status = STATUS_OK;
    if (scratch == NULL || below == NULL || (inside = name_join(arena, below, "/")) == NULL || !name_letters(rollup, arena, &letters))
        status = fault_set(fault, STATUS_MEMORY, "%s", "");
    else if (letters.n > 0 && !os_make_folders(below))
        status = fault_set(fault, STATUS_OUTPUT, "%s", below);
    else {
        os_remove_leftovers(below);
        status = write_letters(rollup, inside, &letters, arena, scratch, fault);
        arena_reset(scratch);
        if (status == STATUS_OK && letters.n > 0 && !rollup_wrote(rollup, below))
            status = fault_set(fault, STATUS_MEMORY, "%s", "");
        status = status == STATUS_OK ? write_summary(rollup, folder, scratch, fault) : status;
    }
    arena_free(scratch);
    arena_free(arena);
    return status;
}
