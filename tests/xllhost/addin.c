/* SPDX-License-Identifier: MIT */
/* addin: loads the XLL as Excel does, puts the test's heap behind its malloc, and calls what it registered. After every entry all
 * that was handed out must have come back. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fail.h"
#include "host.h"
#include "wide.h"

/* -- malloc and its kin, seen from the add-in -- */

static void *hooked_malloc(size_t n) { return heap_take(&host.addin, n); }
static void *hooked_calloc(size_t n, size_t size) { return size > 0 && n > SIZE_MAX / size ? NULL : heap_take(&host.addin, n * size); }
static void *hooked_realloc(void *data, size_t n) { return heap_resize(&host.addin, data, n); }

/* While the add-in is unloaded, its C library frees what it took before the hooks were there. */
static void
hooked_free(void *data)
{
    if (host.module == NULL && !heap_has(&host.addin, data))
        free(data);
    else
        heap_give(&host.addin, data);
}

static char *
hooked_strdup(const char *text)
{
    char *copy = heap_take(&host.addin, strlen(text) + 1);
    return copy != NULL ? strcpy(copy, text) : NULL;
}

static FARPROC
hook_for(const char *name)
{
    static const struct { const char *name; FARPROC with; } hooks[] = {
        { "malloc", (FARPROC)(void (*)(void))hooked_malloc }, { "calloc", (FARPROC)(void (*)(void))hooked_calloc },
        { "realloc", (FARPROC)(void (*)(void))hooked_realloc }, { "free", (FARPROC)(void (*)(void))hooked_free },
        { "_strdup", (FARPROC)(void (*)(void))hooked_strdup }, { "strdup", (FARPROC)(void (*)(void))hooked_strdup },
    };
    for (size_t i = 0; i < sizeof hooks / sizeof *hooks; i++)
        if (strcmp(hooks[i].name, name) == 0)
            return hooks[i].with;
    return NULL;
}

/* Walk the import table ("PE Format", .idata) of a loaded module. */
static int
hook_imports(HMODULE module)
{
    char *base = (char *)module;
    const IMAGE_DOS_HEADER *dos = (const void *)base;
    const IMAGE_NT_HEADERS *nt = (const void *)(base + dos->e_lfanew);
    const IMAGE_DATA_DIRECTORY *directory = &nt->OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_IMPORT];
    int hooked = 0;
    if (directory->VirtualAddress == 0)
        return 0;
    for (const IMAGE_IMPORT_DESCRIPTOR *d = (const void *)(base + directory->VirtualAddress); d->Name != 0; d++) {
        const IMAGE_THUNK_DATA *name = (const void *)(base + (d->OriginalFirstThunk != 0 ? d->OriginalFirstThunk : d->FirstThunk));
        IMAGE_THUNK_DATA *slot = (void *)(base + d->FirstThunk);
        for (; name->u1.AddressOfData != 0; name++, slot++) {
            DWORD old;
            FARPROC with = IMAGE_SNAP_BY_ORDINAL(name->u1.Ordinal) ? NULL
                           : hook_for((const char *)((const IMAGE_IMPORT_BY_NAME *)(base + name->u1.AddressOfData))->Name);
            if (with == NULL || !VirtualProtect(slot, sizeof *slot, PAGE_READWRITE, &old))
                continue;
            memcpy(&slot->u1.Function, &with, sizeof with);
            VirtualProtect(slot, sizeof *slot, old, &old);
            hooked++;
        }
    }
    return hooked;
}

/* -- entries -- */

void
entry_begin(enum mode mode)
{
    host.mode = mode;
    host.aborted = false;
    host.troubled = false;
}

void
entry_end(void)
{
    host.mode = MODE_OUTSIDE;
    host.screen_off = host.errors_off = false;           /* Excel turns both on again when a command ends */
    if (host.excel.nlive != 0) {
        fail("%zu values were not given back with xlFree", host.excel.nlive);
        heap_empty(&host.excel);
    }
    heap_bury(&host.excel);
    heap_bury(&host.addin);
}

struct entry *
addin_entry(const wchar_t *shown)
{
    for (size_t i = 0; i < host.nentries; i++)
        if (wcscmp(host.entries[i].shown, shown) == 0)
            return &host.entries[i];
    return NULL;
}

static FARPROC
exported(const char *name)
{
    return GetProcAddress(host.module, name);
}

static int
call_plain(const char *name, enum mode mode)
{
    union { FARPROC proc; int (__stdcall *call)(void); } entry = { exported(name) };
    if (entry.proc == NULL)
        return -1;
    entry_begin(mode);
    int ret = entry.call();
    entry_end();
    return ret;
}

bool
addin_load(const wchar_t *path)
{
    host.excel.name = "Excel's memory";
    host.addin.name = "the add-in's memory";
    host.excel.fail_after = host.addin.fail_after = -1;
    host.trouble_at = -1;
    host.module_path = wide_copy(path);
    host.module = LoadLibraryW(path);
    if (!expect(host.module != NULL, "%s cannot be loaded: %lu", utf8(path), GetLastError()))
        return false;
    expect(hook_imports(host.module) >= 2, "the add-in's malloc and free were not found");
    static const char *const names[] = { "xlAutoOpen", "xlAutoClose", "xlAutoFree12" };
    for (size_t i = 0; i < 3; i++)
        expect(exported(names[i]) != NULL, "%s is not exported", names[i]);
    if (!expect(call_plain("xlAutoOpen", MODE_LOADING) == 1, "xlAutoOpen did not return 1"))
        return false;
    expect(host.addin.nlive == 0, "xlAutoOpen leaves %zu blocks of memory behind", host.addin.nlive);
    return true;
}

void
addin_unload(void)
{
    expect(call_plain("xlAutoClose", MODE_LOADING) == 1, "xlAutoClose did not return 1");
    expect(host.menu == NULL, "the menu stays after xlAutoClose");
    expect(host.nentries == 0 || host.macro_names <= 0, "xlAutoClose leaves %zu functions and %ld names registered", host.nentries, host.macro_names);
    expect(host.addin.nlive == 0, "the add-in keeps %zu blocks of memory after xlAutoClose", host.addin.nlive);
    HMODULE module = host.module;
    host.module = NULL;
    FreeLibrary(module);
}

bool
addin_command(const wchar_t *menu_text)
{
    for (size_t i = 0; i < host.nitems; i++) {
        const wchar_t *text = host.items[i].text, *end = wcspbrk(text, L"(（\t.…");
        size_t n = end != NULL ? (size_t)(end - text) : wcslen(text);
        struct entry *entry = n == wcslen(menu_text) && wcsncmp(text, menu_text, n) == 0 ? addin_entry(host.items[i].macro) : NULL;
        if (entry == NULL)
            continue;
        size_t before = host.addin.nlive;
        entry_begin(MODE_COMMAND);
        union { FARPROC proc; int (__stdcall *call)(void); } run = { entry->proc };
        run.call();
        if (!host.troubled)
            expect(!host.screen_off && !host.errors_off, "%s leaves the screen off, or errors ignored", utf8(menu_text));
        entry_end();
        if (host.addin.nlive > before && host.warm)
            fail("%s leaves %zu blocks of its memory behind", utf8(menu_text), host.addin.nlive - before);
        return true;
    }
    fail("the menu has no “%s”", utf8(menu_text));
    return false;
}

/* -- worksheet functions -- */

static struct oper *
call_function(const struct entry *entry, struct oper **args)
{
    union {
        FARPROC proc;
        struct oper *(__stdcall *none)(void);
        struct oper *(__stdcall *one)(struct oper *);
        struct oper *(__stdcall *two)(struct oper *, struct oper *);
        struct oper *(__stdcall *three)(struct oper *, struct oper *, struct oper *);
    } run = { entry->proc };
    switch (entry->nargs) {
    case 0: return run.none();
    case 1: return run.one(args[0]);
    case 2: return run.two(args[0], args[1]);
    case 3: return run.three(args[0], args[1], args[2]);
    }
    fail("%s has %d arguments", entry->name, entry->nargs);
    return NULL;
}

struct oper *
addin_function(const wchar_t *shown, int n, struct oper **args)
{
    static struct oper left_out[3] = { { .type = OPER_MISSING }, { .type = OPER_MISSING }, { .type = OPER_MISSING } };
    const struct entry *entry = addin_entry(shown);
    struct oper *all[3] = { &left_out[0], &left_out[1], &left_out[2] };
    if (!expect(entry != NULL && !entry->command && wcschr(L"QU", entry->types[0]) != NULL, "there is no function %s", utf8(shown)))
        return NULL;
    for (int i = 0; i < n && i < 3; i++)
        all[i] = args[i];
    entry_begin(entry->macro ? MODE_MACRO_FUNCTION : MODE_FUNCTION);
    struct oper *result = call_function(entry, all);
    host.mode = MODE_OUTSIDE;
    if (result != NULL && (IsBadReadPtr(result, sizeof *result) || !oper_sound(result)))
        return NULL;
    return result;
}

void
addin_done(struct oper *result)
{
    union { FARPROC proc; void (__stdcall *call)(struct oper *); } free12 = { exported("xlAutoFree12") };
    if (result != NULL && result->type & OPER_EXCEL_FREES) {
        struct oper copy = *result;
        copy.type &= ~(uint32_t)OPER_EXCEL_FREES;
        release(&copy);
    }
    if (result != NULL && result->type & OPER_ADDIN_FREES && free12.proc != NULL) {
        entry_begin(MODE_FREEING);
        free12.call(result);
    }
    entry_end();
}
