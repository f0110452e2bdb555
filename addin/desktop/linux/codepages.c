/* SPDX-License-Identifier: MIT */
/* codepages: prints the tables of iconv.c, as the machine that builds knows them by its own iconv. Of a code page all single bytes
 * and all pairs of a lead and a trail byte are asked for, and all fours of GB 18030 that are below U+10000, which come in runs. Run at
 * build time only. Left out: the six pairs of GB 18030 that are above. */
#include <iconv.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { TRAIL = 0x40, FOURS = 39420, NAME = 16 };    /* the least trail byte of any code page here; the fours below U+10000 */

/* What Excel for Windows and for the Macintosh wrote into .xls files before Excel 97 knew Unicode. */
static const char names[][NAME] = {
    "CP437", "CP737", "CP775", "CP850", "CP852", "CP855", "CP857", "CP860", "CP861", "CP862", "CP863", "CP864", "CP865", "CP866",
    "CP869", "CP874", "CP932", "CP936", "CP949", "CP950", "CP1250", "CP1251", "CP1252", "CP1253", "CP1254", "CP1255", "CP1256",
    "CP1257", "CP1258", "MACINTOSH",
    "GB18030",                          /* and in text */
};

/* The character of n bytes; 0: they are none. */
static unsigned
decode(iconv_t to_ucs2, unsigned char *bytes, size_t n)
{
    uint16_t out[2] = { 0 };
    char *from = (char *)bytes, *to = (char *)out;
    size_t room = sizeof out;
    iconv(to_ucs2, NULL, NULL, NULL, NULL);
    if (iconv(to_ucs2, &from, &n, &to, &room) == (size_t)-1)
        return 0;
    iconv(to_ucs2, NULL, NULL, &to, &room);      /* some wait for a mark to follow */
    return room == sizeof out - 2 ? out[0] : 0;
}

static void
put_row(const unsigned characters[256], unsigned from, const char *kind, const char *name, unsigned lead)
{
    printf("static const uint16_t %s_%s_%02X[] = {", kind, name, lead);
    for (unsigned i = from; i < 256; i++)
        printf("%s%u,", i % 16 == 0 ? "\n    " : " ", characters[i]);
    printf("\n};\n");
}

static void
put_page(const char *name, iconv_t to_ucs2)
{
    unsigned single[256], row[256], lead[256] = { 0 };
    for (unsigned i = 0; i < 256; i++) {
        single[i] = decode(to_ucs2, (unsigned char[]){ (unsigned char)i }, 1);
        if (i < 0x80 || single[i] != 0)
            continue;
        for (unsigned k = 0; k < 256; k++) {
            row[k] = k < TRAIL ? 0 : decode(to_ucs2, (unsigned char[]){ (unsigned char)i, (unsigned char)k }, 2);
            lead[i] |= row[k] != 0;
        }
        if (lead[i])
            put_row(row, TRAIL, "pairs", name, i);
    }
    put_row(single, 0, "single", name, 0);
    printf("static const uint16_t *const leads_%s[256] = {", name);
    for (unsigned i = 0; i < 256; i++)
        if (lead[i])
            printf(" [%u] = pairs_%s_%02X,", i, name, i);
    printf(" [0] = NULL };\n");
}

/* Where the next character is another than the one that follows. */
static void
put_fours(iconv_t to_ucs2)
{
    unsigned last = 1;
    printf("static const struct run fours[] = {\n");
    for (unsigned i = 0; i < FOURS; i++) {
        unsigned char bytes[] = { (unsigned char)(0x81 + i / 12600), (unsigned char)('0' + i / 1260 % 10), (unsigned char)(0x81 + i / 10 % 126),
                                  (unsigned char)('0' + i % 10) };
        unsigned character = decode(to_ucs2, bytes, sizeof bytes);
        if (character != (last != 0 ? last + 1 : 0))
            printf("    { %u, %u },\n", i, character);
        last = character;
    }
    printf("};\n");
}

int
main(void)
{
    size_t n = sizeof names / sizeof *names;
    printf("enum { TRAIL = %d, FOURS = %d };\n", TRAIL, FOURS);
    for (size_t i = 0; i < n; i++) {
        iconv_t to_ucs2 = iconv_open("UCS-2LE", names[i]);
        if (to_ucs2 == (iconv_t)-1) {
            fprintf(stderr, "codepages: this machine's iconv does not know %s\n", names[i]);
            return 1;
        }
        put_page(names[i], to_ucs2);
        if (strcmp(names[i], "GB18030") == 0)
            put_fours(to_ucs2);
        iconv_close(to_ucs2);
    }
    printf("static const struct page pages[] = {\n");
    for (size_t i = 0; i < n; i++)
        printf("    { \"%s\", single_%s_00, leads_%s },\n", names[i], names[i], names[i]);
    printf("};\n");
    return fflush(stdout) != 0;
}
