/* SPDX-License-Identifier: MIT */
/* ole: streams in large and small sectors come out as they went in; what contradicts itself is refused, and never read past. */
#include <stdlib.h>

#include "ole.h"
#include "ole_maker.h"
#include "sniff.h"
#include "test.h"

static unsigned char file[OLE_MADE], large[5000], small[700];

static size_t
make(void)
{
    for (size_t i = 0; i < sizeof large; i++)
        large[i] = (unsigned char)(i * 7);
    for (size_t i = 0; i < sizeof small; i++)
        small[i] = (unsigned char)(i * 13);
    const struct ole_part parts[] = { { "Other", small, 65 }, { "WorkBook", large, sizeof large }, { "Tiny", small, sizeof small } };
    return ole_make(file, parts, 3);
}

/* Open, find and read from a copy of just n bytes, so that a sanitizer sees every step too far. */
static enum status
read_stream(size_t n, const char *name, const unsigned char *want, size_t nwant)
{
    struct arena *arena = arena_new(1 << 20);
    unsigned char *copy = malloc(n ? n : 1);
    struct fault fault = { 0 };
    struct ole ole;
    memcpy(copy, file, n);
    enum status status = ole_open(arena, copy, n, &ole, &fault);
    if (status == STATUS_OK) {
        long entry = ole_find(&ole, name);
        const unsigned char *bytes = NULL;
        size_t got = 0;
        status = entry < 0 ? STATUS_NOT_FOUND : ole_read(arena, &ole, entry, &bytes, &got, &fault);
        if (status == STATUS_OK)
            CHECK(got == nwant && memcmp(bytes, want, got) == 0);
    }
    free(copy);
    arena_free(arena);
    return status;
}

static void
test_streams(void)
{
    size_t n = make();
    CHECK_INT(read_stream(n, "Workbook", large, sizeof large), STATUS_OK);
    CHECK_INT(read_stream(n, "TINY", small, sizeof small), STATUS_OK);
    CHECK_INT(read_stream(n, "Other", small, 65), STATUS_OK);
    CHECK_INT(read_stream(n, "Work", NULL, 0), STATUS_NOT_FOUND);
    CHECK_INT(read_stream(n, "Root Entry", NULL, 0), STATUS_NOT_FOUND);
    for (size_t cut = 8; cut < n - OLE_SECTOR; cut += 100)
        CHECK_INT(read_stream(cut, "Workbook", large, sizeof large), STATUS_TRUNCATED);
}

static void
test_damage(void)
{
    enum { LARGE_ENTRY = OLE_DIRECTORY + 2 * 128, TINY_ENTRY = OLE_DIRECTORY + 3 * 128 };
    static const struct { const char *name; size_t at; uint32_t value; const char *stream; enum status want; } cases[] = {
        { "sector size", 30, 0x0006000A, "Workbook", STATUS_DAMAGED },
        { "mini sector size", 32, 7, "Workbook", STATUS_DAMAGED },
        { "FAT count", 44, 0xFFFFFFFF, "Workbook", STATUS_TRUNCATED },
        { "FAT count needs a DIFAT", 44, 30, "Workbook", STATUS_TRUNCATED },
        { "FAT place", 76, 0x00FFFFFF, "Workbook", STATUS_TRUNCATED },
        { "no FAT", 44, 0, "Workbook", STATUS_DAMAGED },
        { "directory start", 48, 0x7FFFFFFF, "Workbook", STATUS_DAMAGED },
        { "directory without entries", 48, 0xFFFFFFFE, "Workbook", STATUS_DAMAGED },
        { "directory chain is a cycle", OLE_FAT + 4 * 2, 1, "Workbook", STATUS_DAMAGED },
        { "directory in the wrong place", 48, 2, "Workbook", STATUS_DAMAGED },
        { "no children", OLE_DIRECTORY + 76, 0xFFFFFFFF, "Workbook", STATUS_NOT_FOUND },
        { "siblings in a ring", TINY_ENTRY + 72, 1, "Workbook", STATUS_OK },
        { "sibling outside", TINY_ENTRY + 72, 0x00FFFFFF, "Workbook", STATUS_OK },
        { "stream start", LARGE_ENTRY + 116, 0x00FFFFFF, "Workbook", STATUS_DAMAGED },
        { "stream longer than its chain", LARGE_ENTRY + 120, 0x7FFFFFFF, "Workbook", STATUS_DAMAGED },
        { "stream chain is a cycle", OLE_FAT + 4 * 22, 20, "Workbook", STATUS_DAMAGED },
        { "small stream start", TINY_ENTRY + 116, 0x00FFFFFF, "Tiny", STATUS_DAMAGED },
        { "mini stream cut", OLE_DIRECTORY + 120, 700, "Tiny", STATUS_TRUNCATED },
        { "mini FAT gone", 60, 0xFFFFFFFE, "Tiny", STATUS_DAMAGED },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t n = make();
        ole_put32(file + cases[i].at, cases[i].value);
        bool small_one = strcmp(cases[i].stream, "Tiny") == 0;
        enum status got = read_stream(n, cases[i].stream, small_one ? small : large, small_one ? sizeof small : sizeof large);
        if (got != cases[i].want)
            printf("%s:\n", cases[i].name);
        CHECK_INT(got, cases[i].want);
    }
}

static void
test_kind(void)
{
    static const struct { const char *name; enum file_kind want; } cases[] = {
        { "Workbook", FILE_XLS }, { "BOOK", FILE_XLS }, { "EncryptedPackage", FILE_ENCRYPTED_OOXML }, { "WordDocument", FILE_DOC },
        { "PowerPoint Document", FILE_PPT }, { "Contents", FILE_OLE },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct ole_part part = { cases[i].name, small, 100 };
        size_t n = ole_make(file, &part, 1);
        struct arena *arena = arena_new(1 << 20);
        struct ole ole;
        CHECK_INT(sniff(file, n), FILE_OLE);
        CHECK_INT(ole_open(arena, file, n, &ole, NULL), STATUS_OK);
        CHECK_INT(sniff_ole(&ole), cases[i].want);
        arena_free(arena);
    }
}

int
main(void)
{
    test_streams();
    test_damage();
    test_kind();
    return test_summary();
}
