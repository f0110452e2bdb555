/* SPDX-License-Identifier: MIT */
/* read_xls: each case is a stream given as text, "ID:BYTES;…" in hexadecimal, and the cells it must give. */
#include <stdint.h>
#include <stdlib.h>

#include "limits.h"
#include "ole_maker.h"
#include "read.h"
#include "test.h"
#include "text.h"

static struct { unsigned char at[32768]; size_t n; } stream;

static void
put(const char *records)
{
    for (const char *p = records; *p != '\0'; p += *p == ';') {
        char *end;
        unsigned long id = strtoul(p, &end, 16);
        unsigned char *head = stream.at + stream.n;
        size_t begin = stream.n += 4;
        for (p = end + 1; *p != ';' && *p != '\0'; p++) {
            char two[3] = { p[0], *p != ' ' ? p[1] : '\0', '\0' };
            if (*p == ' ')
                continue;
            stream.at[stream.n++] = (unsigned char)strtoul(two, NULL, 16);
            p++;
        }
        head[0] = (unsigned char)id, head[1] = (unsigned char)(id >> 8);
        head[2] = (unsigned char)(stream.n - begin), head[3] = (unsigned char)((stream.n - begin) >> 8);
    }
}

/* A workbook of one sheet "S", or a bare sheet before BIFF5. */
static void
put_book(int version, const char *globals, const char *sheet)
{
    stream.n = 0;
    if (version < 5) {
        put(version == 2 ? "0009:02001000" : version == 3 ? "0209:000010000000" : "0409:000010000000");
    } else {
        put(version == 8 ? "0809:00060500" : "0809:00050500");
        put(globals);
        put(version == 8 ? "0085:00000000 0000 01 00 53" : "0085:00000000 0000 01 53");
        size_t bound = stream.n - (version == 8 ? 9 : 8);
        put("000A:");
        ole_put32(stream.at + bound, (uint32_t)stream.n);
        put(version == 8 ? "0809:00061000" : "0809:00051000");
    }
    put(sheet);
    put("000A:");
}

/* Read n bytes, the records or a container of them, from a block of just that size; the cells as "A1 number 1.5; …", or the status. */
static char *
dump(const unsigned char *bytes, size_t n, long fail_after, char out[2000])
{
    static const char *const kinds[] = { "number", "text", "boolean", "error", "formula" };
    struct arena *arena = arena_new(LIMIT_MEMORY), *other = arena_new(1 << 20);
    unsigned char *copy = malloc(n ? n : 1);
    struct text text = text_new(other);
    struct fault fault = { 0 };
    struct book book;
    memcpy(copy, bytes, n);
    arena_fail_after(arena, fail_after);
    bool container = n > 0 && copy[0] == 0xD0;
    enum status status = container ? read_book(arena, copy, n, &book, &fault) : read_xls(arena, copy, n, &book, &fault);
    free(copy);
    if (status != STATUS_OK)
        text_puts(&text, status_code(status));
    for (size_t i = 0; status == STATUS_OK && i < book.nsheets; i++) {
        const struct sheet *sheet = &book.sheets[i];
        if (strcmp(sheet->name, "S") != 0 || sheet->hidden)
            text_printf(&text, "%s%s: ", sheet->name, sheet->hidden ? " hidden" : "");
        for (size_t k = 0; k < sheet->ncells; k++) {
            const struct cell *cell = &sheet->cells[k];
            char at[A1_SIZE], number[32];
            text_printf(&text, "%s %s %s", a1(cell->row, cell->col, at), kinds[cell->kind],
                        cell->text != NULL ? cell->text : number_text(cell->number, number));
            text_printf(&text, "%s%s%s; ", cell->computed ? " =" : "", cell->format ? " as " : "",
                        cell->format ? book.formats[cell->format] : "");
        }
        for (size_t k = 0; k < sheet->nmerges; k++) {
            char area[A1_SIZE];
            text_printf(&text, "merge %s; ", a1_area(sheet->merges[k], area));
        }
    }
    if (status == STATUS_OK && book.date1904)
        text_puts(&text, "1904");
    snprintf(out, 2000, "%s", text.at);
    arena_free(arena);
    arena_free(other);
    return out;
}

static const struct { const char *name; int version; const char *globals, *sheet, *want; } cases[] = {
    { "empty", 8, "", "", "" },
    { "number", 8, "", "0203:0000 0100 0000 000000000000F83F", "B1 number 1.5; " },
    { "number that is none", 8, "", "0203:0000 0100 0000 000000000000F0FF", "B1 error #NUM!; " },
    { "RK double, integer, hundredths", 8, "", "027E:0000 0000 0000 0000F03F;027E:0000 0100 0000 1E000000;"
      "027E:0000 0200 0000 FAFFFFFF;027E:0000 0300 0000 97020000;027E:0000 0400 0000 0100F03F",
      "A1 number 1; B1 number 7; C1 number -2; D1 number 1.65; E1 number 0.01; " },
    { "MULRK", 8, "", "00BD:0200 0100 0000 06000000 0000 0A000000 0200", "B3 number 1; C3 number 2; " },
    { "LABEL", 8, "", "0204:0000 0000 0000 0300 00 6162E9", "A1 text abé; " },
    { "LABEL empty", 8, "", "0204:0000 0000 0000 0000 00", "" },
    { "LABEL empty, without flags", 8, "", "0204:0000 0000 0000 0000;0204:0000 0100 0000 0100 00 61", "B1 text a; " },
    { "surrogates and NUL", 8, "", "0204:0000 0000 0000 0600 01 3DD8 00DE 0000 3DD8 2D4E 00DE",
      "A1 text 😀\xEF\xBF\xBD中\xEF\xBF\xBD; " },
    { "RSTRING", 8, "", "00D6:0000 0000 0000 0200 00 6162 0100 0000 0500", "A1 text ab; " },
    { "shared strings", 8, "00FC:0200000002000000 0100 00 61 0200 01 2D4E8765", "00FD:0000 0000 0000 01000000;"
      "00FD:0100 0000 0000 00000000", "A1 text 中文; A2 text a; " },
    { "shared string: width changes at CONTINUE", 8, "00FC:0100000001000000 0400 00 6162;003C:01 2D4E8765;0085:00000000 0002 01 00 58",
      "00FD:0000 0000 0000 00000000", "A1 text ab中文; " },
    { "shared string: CONTINUE before the first character", 8, "00FC:0200000002000000 0100 00 61 0200 01;003C:00 6263",
      "00FD:0000 0000 0000 01000000", "A1 text bc; " },
    { "shared string: runs and phonetics over CONTINUE", 8, "00FC:0200000002000000 0100 0C 0100 02000000 61 0000;003C:0500 AABB 0100 00 62",
      "00FD:0000 0000 0000 01000000", "A1 text b; " },
    { "shared strings: wrong number", 8, "00FC:0000000000000000 0100 00 61", "00FD:0000 0000 0000 00000000", "A1 text a; " },
    { "shared strings: too few", 8, "00FC:0200000002000000 0100 00 61 0500 00 62", "00FD:0000 0000 0000 01000000", "damaged" },
    { "BOOLERR", 8, "", "0205:0000 0000 0000 01 00;0205:0000 0100 0000 17 01;0205:0000 0200 0000 2A 01",
      "A1 boolean 1; B1 error #REF!; C1 error #N/A; " },
    { "formula", 8, "", "0006:0000 0000 0000 0000000000001C40 0000 00000000 0000", "A1 number 7 =; " },
    { "formula: boolean, error", 8, "", "0006:0000 0000 0000 010001000000FFFF 0000 00000000 0000;"
      "0006:0000 0100 0000 020007000000FFFF 0000 00000000 0000", "A1 boolean 1 =; B1 error #DIV/0! =; " },
    { "formula: text, after its shared formula", 8, "", "0006:0000 0000 0000 000000000000FFFF 0000 00000000 0000;"
      "04BC:0000;0207:0300 00 6162;003C:01 2D4E", "A1 text ab中 =; " },
    { "formula: text never given", 8, "", "0006:0000 0000 0000 000000000000FFFF 0000 00000000 0000", "A1 formula 0 =; " },
    { "formula: empty text", 8, "", "0006:0000 0000 0000 030000000000FFFF 0000 00000000 0300 170000;"
      "0006:0000 0100 0000 000000000000FFFF 0000 00000000 0000;0207:0000 00", "" },
    { "formula: sum that was not calculated", 8, "",
      "0006:0000 0000 0000 030000000000FFFF 0000 00000000 0B00 440000 00C0 440000 00C0 03;"
      "0006:0000 0100 0000 030000000000FFFF 0000 00000000 0D00 25000001000000 00C0 19100000;"
      "0006:0000 0200 0000 030000000000FFFF 0000 00000000 0E00 440000 00C0 440000 00C0 42020400",
      "A1 formula 0 =; B1 formula 0 =; C1 formula 0 =; " },
    { "STRING without a formula", 8, "", "0203:0000 0000 0000 000000000000F03F;0207:0100 00 61", "A1 number 1; " },
    { "the later of two cells stays", 8, "", "0203:0000 0000 0000 000000000000F03F;0204:0000 0000 0000 0100 00 61", "A1 text a; " },
    { "formats", 8, "041E:A400 0400 00 302E3030;00E0:0000 0000;00E0:0000 A400;00E0:0000 0E00",
      "0203:0000 0000 0100 000000000000F03F;0203:0000 0100 0200 000000000000F03F;0203:0000 0200 0000 000000000000F03F;"
      "0203:0000 0300 FFFF 000000000000F03F", "A1 number 1 as 0.00; B1 number 1 as m/d/yy; C1 number 1; D1 number 1; " },
    { "built-in formats", 8, "041E:0E00 0400 00 302E3030;00E0:0000 0000;00E0:0000 0E00;00E0:0000 1F00;00E0:0000 2900;00E0:0000 1F00",
      "0203:0000 0000 0100 000000000000F03F;0203:0000 0100 0200 000000000000F03F;0203:0000 0200 0300 000000000000F03F;"
      "0203:0000 0300 0400 000000000000F03F", "A1 number 1 as 0.00; B1 number 1 as yyyy\"年\"m\"月\"d\"日\"; C1 number 1 as ; "
      "D1 number 1 as yyyy\"年\"m\"月\"d\"日\"; " },
    { "merged", 8, "", "00E5:0200 0000 0100 0000 0300 0500 0500 0200 0200", "merge A1:D2; merge C6; " },
    { "merged: backwards", 8, "", "00E5:0100 0200 0100 0000 0300", "damaged" },
    { "merged: fewer than said", 8, "", "00E5:0200 0000 0100 0000 0300", "damaged" },
    { "1904", 8, "0022:0100", "", "1904" },
    { "encrypted", 8, "002F:0000", "0203:0000", "encrypted" },
    { "cells of a chart inside", 8, "", "0809:00062000;0203:0000 0100 0000 000000000000F83F;000A:;0205:0000 0000 0000 01 00", "A1 boolean 1; " },
    { "record too short", 8, "", "0203:0000 0100 0000 0000", "damaged" },
    { "column outside", 8, "", "0203:0000 0040 0000 000000000000F83F", "damaged" },
    { "unknown records", 8, "1234:00", "FFFF:", "" },
    { "BIFF5 text in GBK", 5, "0042:A803", "0204:0000 0000 0000 0500 D6D0CEC4 61;00D6:0100 0000 0000 0100 62 00;"
      "0006:0200 0000 0000 000000000000FFFF 0000 00000000 0000;0207:0200 D6D0", "A1 text 中文a; A2 text b; A3 text 中 =; " },
    { "BIFF5 bytes that are not GBK", 5, "0042:A803", "0204:0000 0000 0000 0300 61FFD6", "A1 text a\xEF\xBF\xBD\xEF\xBF\xBD; " },
    { "BIFF5 without code page", 5, "041E:A400 01 30;00E0:0000 A400", "0204:0000 0000 0000 0100 E9", "A1 text é as 0; " },
    { "BIFF5 unknown code page", 5, "0042:0F27", "0204:0000 0000 0000 0100 E9", "unsupported" },
    { "BIFF5 text too short", 5, "", "0204:0000 0000 0000 0500 6162", "damaged" },
    { "BIFF4", 4, "", "0042:A803;0203:0000 0000 0000 000000000000F83F;0204:0000 0100 0000 0200 D6D0;027E:0000 0200 0000 06000000;"
      "0406:0000 0300 0000 000000000000F03F 0000 0000", "Sheet1: A1 number 1.5; B1 text 中; C1 number 1; D1 number 1 =; " },
    { "BIFF3", 3, "", "0206:0000 0300 0000 000000000000FFFF 0000 0000;0207:0100 61", "Sheet1: D1 text a =; " },
    { "BIFF2", 2, "", "0002:0000 0000 000000 0700;0003:0000 0100 000000 000000000000F83F;0004:0000 0200 000000 02 6162;"
      "0005:0000 0300 000000 01 00;0006:0000 0400 000000 000000000000FFFF 00 00;0007:01 63",
      "Sheet1: A1 number 7; B1 number 1.5; C1 text ab; D1 boolean 1; E1 text c =; " },
};

static void
test_cases(void)
{
    char out[2000];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        put_book(cases[i].version, cases[i].globals, cases[i].sheet);
        const char *got = dump(stream.at, stream.n, -1, out);
        if (strcmp(got, cases[i].want) != 0)
            printf("%s:\n", cases[i].name);
        CHECK_STR(got, cases[i].want);
    }
}

/* Globals that name the sheets A (hidden), B (very hidden) and C (a chart). */
static void
put_three_sheets(void)
{
    stream.n = 0;
    put("0809:00060500;0085:00000000 0100 01 00 41;0085:00000000 0200 01 00 42;0085:00000000 0002 01 00 43;000A:");
}

/* Say that sheet i begins at the end of the stream so far. */
static void
place_sheet(size_t i)
{
    ole_put32(stream.at + 12 + 13 * i, (uint32_t)stream.n);
}

static void
test_sheets(void)
{
    char out[2000];
    put_three_sheets();
    for (size_t i = 0; i < 3; i++) {
        place_sheet(i);
        put("0809:00061000;0203:0000 0000 0000 000000000000F03F;000A:");
    }
    CHECK_STR(dump(stream.at, stream.n, -1, out), "A hidden: A1 number 1; B hidden: A1 number 1; ");
    ole_put32(stream.at + 12, 13);                      /* no BOF there */
    CHECK_STR(dump(stream.at, stream.n, -1, out), "damaged");
    put_three_sheets();
    place_sheet(0);
    place_sheet(1);                                     /* both read the same: more than the stream holds */
    put("0809:00061000;1234:");
    for (int i = 0; i < 10; i++)
        put("0203:0000 0000 0000 000000000000F03F");
    put("000A:");
    CHECK_STR(dump(stream.at, stream.n, -1, out), "damaged");
}

/* A stream that stops anywhere is refused. */
static void
test_cut(void)
{
    char out[2000];
    put_book(8, "0042:B004", "0203:0000 0100 0000 000000000000F83F;00E5:0100 0000 0100 0000 0300");
    for (size_t n = 0; n < stream.n; n++)
        CHECK_STR(dump(stream.at, n, -1, out), "damaged");
}

static void
test_container(void)
{
    static const struct { const char *name, *want; enum file_kind kind; } containers[] = {
        { "Book", "A1 text 中; ", FILE_XLS }, { "WORKBOOK", "A1 text 中; ", FILE_XLS }, { "EncryptedPackage", "encrypted", FILE_ENCRYPTED_OOXML },
        { "WordDocument", "unsupported", FILE_DOC }, { "PowerPoint Document", "unsupported", FILE_PPT }, { "Other", "not-a-workbook", FILE_OLE },
    };
    static unsigned char file[OLE_MADE];
    char out[2000];
    put_book(8, "00FC:0100000001000000 0100 01 2D4E", "00FD:0000 0000 0000 00000000");
    for (size_t i = 0; i < sizeof containers / sizeof *containers; i++) {
        const struct ole_part part = { containers[i].name, stream.at, stream.n };
        size_t n = ole_make(file, &part, 1);
        CHECK_STR(dump(file, n, -1, out), containers[i].want);
        struct arena *arena = arena_new(LIMIT_MEMORY);
        struct fault fault = { 0 };
        struct book book;
        enum status status = read_book(arena, file, n, &book, &fault);
        CHECK_INT(fault.kind, containers[i].kind);
        CHECK_INT(fault.status, status);
        arena_free(arena);
        if (i == 0)
            CHECK_STR(dump(file, 3000, -1, out), "truncated");
    }
}

/* Every allocation fails once. */
static void
test_memory(void)
{
    static unsigned char file[OLE_MADE];
    char out[2000];
    put_book(8, "00FC:0100000001000000 0100 01 2D4E;041E:A400 0400 00 302E3030;00E0:0000 A400",
             "00FD:0000 0000 0000 00000000;00E5:0100 0000 0100 0000 0300;0006:0000 0100 0000 000000000000FFFF 0000 00000000 0000;0207:0100 00 61");
    const struct ole_part part = { "Workbook", stream.at, stream.n };
    size_t n = ole_make(file, &part, 1);
    long k = 0;
    while (strcmp(dump(file, n, k, out), "out-of-memory") == 0 && k < 1000)
        k++;
    CHECK_STR(out, "A1 text 中 as 0.00; B1 text a = as 0.00; merge A1:D2; ");
    CHECK(k > 10);
}

int
main(void)
{
    test_cases();
    test_sheets();
    test_cut();
    test_container();
    test_memory();
    return test_summary();
}
