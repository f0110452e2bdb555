/* SPDX-License-Identifier: MIT */
/* What Excel finds in the .xll: the procedures of "Add-in Manager and XLL Interface Functions", the commands and the functions, their
 * registration ("xlfRegister (Form 1)") and the menu (ADD.MENU). Excel calls all of it from one thread. */
#include "addin.h"
#include "limits.h"

/* 32-bit Excel keeps its stack at four bytes; our code counts on sixteen. */
#ifdef __i386__
#define ENTRY __attribute__((force_align_arg_pointer)) __stdcall
#else
#define ENTRY
#endif

#define MENU "年报"

int ENTRY xlAutoOpen(void);
int ENTRY xlAutoClose(void);
int ENTRY xlAutoRemove(void);
void ENTRY xlAutoFree12(struct xl *value);
struct xl *ENTRY xlAddInManagerInfo12(struct xl *action);
void ENTRY SetExcel12EntryPt(xl_callback *callback);
int ENTRY nianbao_check(void);
int ENTRY nianbao_fill(void);
int ENTRY nianbao_export(void);
int ENTRY nianbao_clear(void);
int ENTRY nianbao_about(void);
struct xl *ENTRY nb_check(struct xl *range);
struct xl *ENTRY nb_verdict(void);
struct xl *ENTRY nb_expected(struct xl *cell);

static struct addin addin;

/* title: in the menu; NULL: a function of cells. The last help of an argument is followed by an empty one, since Excel cuts letters
 * off the last ("Known Issues in Excel XLL Development"). */
static const struct entry { const char *procedure, *type, *name, *title, *arguments, *help, *argument_help; } entries[REGISTERED] = {
    { "nianbao_check", TYPE_COMMAND, "NIANBAO.CHECK", "校验", "", "", "" },
    { "nianbao_fill", TYPE_COMMAND, "NIANBAO.FILL", "填充合计", "", "", "" },
    { "nianbao_export", TYPE_COMMAND, "NIANBAO.EXPORT", "导出校验版", "", "", "" },
    { "nianbao_clear", TYPE_COMMAND, "NIANBAO.CLEAR", "清除标记", "", "", "" },
    { "nianbao_about", TYPE_COMMAND, "NIANBAO.ABOUT", "关于", "", "", "" },
    { "nb_check", TYPE_OF_REFERENCE, "NB.CHECK", NULL, "区域", "年报里这个区域的数有没有必须改的问题：没有时是“平”，有时说明在哪一格、是什么。改完数请按一次 F9。",
      "年报表格的区域，请选整张表，例如 A1:J40" },
    { "nb_verdict", TYPE_OF_NOTHING, "NB.VERDICT", NULL, "", "本工作簿的年报校验结果：通过、待改（必须改几项）或者读不出。改完数请按一次 F9，答案才是最新的。", "" },
    { "nb_expected", TYPE_OF_REFERENCE, "NB.EXPECTED", NULL, "单元格", "按勾稽关系，这一格合计应当是多少；不是合计，或者要加的数不全时是 #N/A。改完数请按一次 F9。",
      "一个合计单元格，例如 J8" },
};

const struct forms *
addin_forms(struct addin *a)
{
    struct fault fault;
    if (a->arena != NULL)
        return &a->forms;
    a->arena = arena_new(LIMIT_MEMORY);
    if (a->arena != NULL && forms_load(a->arena, NULL, &a->forms, &fault) == STATUS_OK)
        return &a->forms;
    arena_free(a->arena);
    a->arena = NULL;
    return NULL;
}

/* -- registration -- */

static void
register_entry(struct excel *excel, struct arena *arena, struct xl *module, const struct entry *entry, double *id)
{
    struct xl missing = xl_missing(), kind = xl_number(entry->title != NULL ? REGISTER_COMMAND : REGISTER_FUNCTION), result;
    bool function = entry->title == NULL, argument = entry->argument_help[0] != '\0';
    struct xl *arguments[] = {
        module, xl_text(arena, entry->procedure), xl_text(arena, entry->type), xl_text(arena, entry->name),
        xl_text(arena, entry->arguments), &kind, xl_text(arena, MENU), &missing, &missing, xl_text(arena, entry->help),
        xl_text(arena, entry->argument_help), xl_text(arena, "")
    };
    unsigned n = !function ? 6 : argument ? 12 : 10;
    if (excel_callv(excel, XL_REGISTER, &result, n, arguments) && xl_is(&result, XL_NUMBER))
        *id = result.number;
    excel_free(excel, &result);
}

/* A registered name stays until it is set to nothing. */
static void
unregister_entry(struct excel *excel, struct arena *arena, const struct entry *entry, double *id)
{
    struct xl number = xl_number(*id);
    if (*id != 0) {
        excel_do(excel, XL_UNREGISTER, 1, &number);
        excel_do(excel, XL_SET_NAME, 1, xl_text(arena, entry->name));
    }
    *id = 0;
}

/* -- the menu, on the tab of add-ins -- */

static bool
has_menu(struct excel *excel, struct arena *arena)
{
    struct xl bar = xl_number(BAR_WORKSHEET), itself = xl_number(0), result;
    bool there = excel_call(excel, XL_GET_BAR, &result, 3, &bar, xl_text(arena, MENU), &itself);
    excel_free(excel, &result);
    return there;
}

enum { MENU_COLS = 5 };          /* title, macro, shortcut key, text of the status bar, help */

static void
add_menu(struct excel *excel, struct arena *arena)
{
    struct xl items[REGISTERED + 1][MENU_COLS], bar = xl_number(BAR_WORKSHEET);
    struct xl *empty = xl_text(arena, ""), *title = xl_text(arena, MENU);
    int32_t rows = 1;
    if (empty == NULL || title == NULL || has_menu(excel, arena))
        return;
    for (size_t i = 0; i < sizeof items / sizeof **items; i++)
        items[i / MENU_COLS][i % MENU_COLS] = *empty;
    items[0][0] = *title;
    for (size_t i = 0; i < REGISTERED; i++) {
        struct xl *name = xl_text(arena, entries[i].name), *said = entries[i].title != NULL ? xl_text(arena, entries[i].title) : NULL;
        if (name != NULL && said != NULL) {
            items[rows][0] = *said;
            items[rows++][1] = *name;
        }
    }
    struct xl menu = { .multi = { items[0], rows, MENU_COLS }, .type = XL_MULTI };
    excel_do(excel, XL_ADD_MENU, 2, &bar, &menu);
}

static void
delete_menu(struct excel *excel, struct arena *arena)
{
    struct xl bar = xl_number(BAR_WORKSHEET);
    if (has_menu(excel, arena))
        excel_do(excel, XL_DELETE_MENU, 2, &bar, xl_text(arena, MENU));
}

/* -- Excel's add-in manager -- */

int ENTRY
xlAutoOpen(void)
{
    if (addin.callback == NULL)
        addin.callback = excel_callback();
    struct excel excel = { .callback = addin.callback };
    struct arena *arena = arena_new(LIMIT_MEMORY);
    struct xl module = xl_nil();
    if (arena != NULL && excel_call(&excel, XL_GET_NAME, &module, 0)) {
        for (size_t i = 0; i < REGISTERED; i++)
            register_entry(&excel, arena, &module, &entries[i], &addin.registered[i]);
        add_menu(&excel, arena);
    }
    excel_free(&excel, &module);
    arena_free(arena);
    return 1;
}

/* Also called when the user then decides not to quit Excel; he would have to switch the add-in on again. */
int ENTRY
xlAutoClose(void)
{
    struct excel excel = { .callback = addin.callback };
    struct arena *arena = arena_new(LIMIT_MEMORY);
    if (arena != NULL) {
        delete_menu(&excel, arena);
        for (size_t i = 0; i < REGISTERED; i++)
            unregister_entry(&excel, arena, &entries[i], &addin.registered[i]);
    }
    arena_free(arena);
    seen_forget(&addin.seen);
    arena_free(addin.arena);
    addin.arena = NULL;
    return 1;
}

int ENTRY
xlAutoRemove(void)
{
    struct excel excel = { .callback = addin.callback };
    struct arena *arena = arena_new(LIMIT_MEMORY);
    if (arena != NULL)
        delete_menu(&excel, arena);
    arena_free(arena);
    return 1;
}

void ENTRY xlAutoFree12(struct xl *value) { function_free(value); }
struct xl *ENTRY xlAddInManagerInfo12(struct xl *action) { return function_name(action); }

/* A host that is not Excel's own program gives its callback ahead of xlAutoOpen: XLCALL.CPP of the SDK. */
void ENTRY SetExcel12EntryPt(xl_callback *callback) { addin.callback = callback; }

int ENTRY nianbao_check(void) { command_check(&addin); return 1; }
int ENTRY nianbao_fill(void) { command_fill(&addin); return 1; }
int ENTRY nianbao_export(void) { command_export(&addin); return 1; }
int ENTRY nianbao_clear(void) { command_clear(&addin); return 1; }
int ENTRY nianbao_about(void) { command_about(&addin); return 1; }

struct xl *ENTRY nb_check(struct xl *range) { return function_check(&addin, range); }
struct xl *ENTRY nb_verdict(void) { return function_verdict(&addin); }
struct xl *ENTRY nb_expected(struct xl *cell) { return function_expected(&addin, cell); }
