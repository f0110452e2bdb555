/* SPDX-License-Identifier: MIT */
/* Tests of zip: members are read whole or refused with the right status. */
#include "zip_maker.h"
#include "test.h"
#include "zip.h"

static const char text[] = "一，二；三。一，二；三。一，二；三。";

static struct zip_maker
two_members(bool stored)
{
    static struct zip_maker zip;
    memset(&zip, 0, sizeof zip);
    zip.stored = stored;
    zip_maker_add(&zip, "Folder\\One.xml", text);
    zip_maker_add(&zip, "two", "");
    zip_maker_end(&zip);
    return zip;
}

/* Read member `name` in pieces of 7 bytes. */
static enum status
read_member(const unsigned char *bytes, size_t n, const char *name, char *out, size_t *nout)
{
    struct arena *arena = arena_new(1 << 20);
    struct zip zip;
    size_t got = 1;
    enum status status = zip_open(&zip, arena, bytes, n, NULL);
    *nout = 0;
    if (status == STATUS_OK) {
        const struct zip_member *member = zip_find(&zip, name);
        status = member != NULL ? zip_start(&zip, member, NULL) : STATUS_NOT_FOUND;
    }
    while (status == STATUS_OK && got > 0) {
        status = zip_read(&zip, (unsigned char *)out + *nout, 7, &got, NULL);
        *nout += got;
    }
    arena_free(arena);
    return status;
}

static void
test_members(void)
{
    for (int stored = 0; stored < 2; stored++) {
        struct zip_maker zip = two_members(stored);
        char out[256];
        size_t n;
        CHECK_INT(read_member(zip.bytes, zip.n, "folder/one.XML", out, &n), STATUS_OK);
        CHECK(n == sizeof text - 1 && memcmp(out, text, n) == 0);
        CHECK_INT(read_member(zip.bytes, zip.n, "TWO", out, &n), STATUS_OK);
        CHECK_INT(n, 0);
        CHECK_INT(read_member(zip.bytes, zip.n, "three", out, &n), STATUS_NOT_FOUND);
        CHECK_INT(read_member(zip.bytes, zip.n, "tw", out, &n), STATUS_NOT_FOUND);
    }
}

/* Names are found in any case and slash, whole or as beginnings; of two of one name and content the first, and of two contents none. */
static void
test_names(void)
{
    static const char *const names[] = { "b/Two", "a", "B\\one", "A\x80", "bb", "B/two", "", "b" };
    static const struct { const char *name; int whole, first; } cases[] = {
        { "A", 1, 1 }, { "b/two", 0, 0 }, { "b/one", 2, 2 }, { "b/", -1, 2 }, { "B\\t", -1, 0 }, { "a\x80", 3, 3 }, { "B", 7, 7 }, { "bb", 4, 4 },
        { "", 6, 6 }, { "c", -1, -1 }, { "b0", -1, -1 }, { "b/two/", -1, -1 }, { "a\x7F", -1, -1 },
    };
    static struct zip_maker maker;
    memset(&maker, 0, sizeof maker);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        zip_maker_add(&maker, names[i], &"12345678"[i != 5 ? i : 0]);
    zip_maker_end(&maker);
    struct arena *arena = arena_new(1 << 20);
    struct zip zip;
    CHECK_INT(zip_open(&zip, arena, maker.bytes, maker.n, NULL), STATUS_OK);
    CHECK_INT(zip.nmembers, sizeof names / sizeof *names);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct zip_member *whole = zip_find(&zip, cases[i].name), *first = zip_find_first(&zip, cases[i].name);
        CHECK_INT(whole != NULL ? 8 - (int)whole->size : -1, cases[i].whole);
        CHECK_INT(first != NULL ? 8 - (int)first->size : -1, cases[i].first);
    }
    struct fault fault;
    memset(&maker, 0, sizeof maker);
    zip_maker_add(&maker, "a/b", "1");
    zip_maker_add(&maker, "A\\B", "2");
    zip_maker_end(&maker);
    CHECK_INT(zip_open(&zip, arena, maker.bytes, maker.n, &fault), STATUS_DAMAGED);
    CHECK_STR(fault.where, "a/b: there twice, and not the same");
    arena_free(arena);
}

/* One byte, counted from the end of the archive when negative, is set to a value. */
static const struct { const char *name; bool stored; long at; int value; enum status want; } damages[] = {
    { "signature of the end record", false, -22, 'Q', STATUS_TRUNCATED },
    { "size of the directory", false, -10, 200, STATUS_DAMAGED },
    { "count of members", false, -12, 3, STATUS_DAMAGED },
    { "signature of an entry", false, -22 - 49 - 60, 'Q', STATUS_DAMAGED },
    { "encrypted", false, -22 - 49 - 60 + 8, 1, STATUS_ENCRYPTED },
    { "unknown method", false, -22 - 49 - 60 + 10, 9, STATUS_DAMAGED },
    { "CRC", false, -22 - 49 - 60 + 16, 0x55, STATUS_DAMAGED },
    { "packed beyond the end", false, -22 - 49 - 60 + 21, 0x55, STATUS_DAMAGED },
    { "inflates to less", false, -22 - 49 - 60 + 24, (int)sizeof text, STATUS_DAMAGED },
    { "inflates to more", false, -22 - 49 - 60 + 24, (int)sizeof text - 2, STATUS_DAMAGED },
    { "over the limit", false, -22 - 49 - 60 + 27, 0x7F, STATUS_TOO_BIG },
    { "local header elsewhere", false, -22 - 49 - 60 + 42, 1, STATUS_DAMAGED },
    { "local header outside", false, -22 - 49 - 60 + 45, 0x7F, STATUS_DAMAGED },
    { "bad block", false, 30 + 14, 0xFF, STATUS_DAMAGED },
    { "stored in two sizes", true, -22 - 49 - 60 + 24, 1, STATUS_DAMAGED },
    { "stored byte", true, 30 + 14, 0xFF, STATUS_DAMAGED },
};

static void
test_damage(void)
{
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        struct zip_maker zip = two_members(damages[i].stored);
        long at = damages[i].at < 0 ? (long)zip.n + damages[i].at : damages[i].at;
        char out[512];
        size_t n;
        zip.bytes[at] = (unsigned char)damages[i].value;
        enum status status = read_member(zip.bytes, zip.n, "folder/one.xml", out, &n);
        if (status != damages[i].want)
            printf("%s:\n", damages[i].name);
        CHECK_INT(status, damages[i].want);
    }
}

static void
test_frame(void)
{
    struct zip_maker zip = two_members(false);
    static unsigned char framed[1 << 16];
    char out[256];
    size_t n;
    for (size_t cut = 4; cut < zip.n; cut++)
        CHECK(read_member(zip.bytes, cut, "two", out, &n) != STATUS_OK);
    memset(framed, 'x', sizeof framed);
    memcpy(framed + 100, zip.bytes, zip.n);
    CHECK_INT(read_member(framed, 100 + zip.n + 50, "folder/one.xml", out, &n), STATUS_OK);    /* bytes in front and behind */
    CHECK_INT(read_member(framed, 100, "two", out, &n), STATUS_DAMAGED);
    CHECK_INT(read_member(framed, 0, "two", out, &n), STATUS_DAMAGED);
}

/* The same archive with a zip64 end record, and an entry whose offset is in its extra field. */
static void
test_zip64(void)
{
    struct zip_maker zip = two_members(true);
    size_t directory = zip.n - 22 - 49 - 60, old = zip.n - 22, n = 0;
    static unsigned char out[1 << 12];
    char content[256];
    size_t ncontent;
    zip_maker_bytes(out, &n, zip.bytes, directory + 60);
    memset(out + directory + 42, 0xFF, 4);
    out[directory + 30] = 12;
    zip_maker_put(out, &n, 1, 2);
    zip_maker_put(out, &n, 8, 2);
    zip_maker_put(out, &n, 0, 8);
    zip_maker_bytes(out, &n, zip.bytes + directory + 60, 49);
    size_t end64 = n;
    zip_maker_bytes(out, &n, "PK\6\6", 4);
    zip_maker_put(out, &n, 44, 8);
    zip_maker_put(out, &n, 0, 12);
    zip_maker_put(out, &n, 2, 8);
    zip_maker_put(out, &n, 2, 8);
    zip_maker_put(out, &n, end64 - directory, 8);
    zip_maker_put(out, &n, directory, 8);
    zip_maker_bytes(out, &n, "PK\6\7\0\0\0", 8);
    zip_maker_put(out, &n, end64, 8);
    zip_maker_put(out, &n, 1, 4);
    zip_maker_bytes(out, &n, zip.bytes + old, 22);
    memset(out + n - 14, 0xFF, 12);
    CHECK_INT(read_member(out, n, "folder/one.xml", content, &ncontent), STATUS_OK);
    CHECK_INT(ncontent, sizeof text - 1);
    out[end64] = 'Q';
    CHECK_INT(read_member(out, n, "two", content, &ncontent), STATUS_DAMAGED);
}

/* Members together may not inflate to more than one may. */
static void
test_allowance(void)
{
    struct zip_maker bytes = two_members(true);
    struct arena *arena = arena_new(1 << 20);
    struct zip zip;
    CHECK_INT(zip_open(&zip, arena, bytes.bytes, bytes.n, NULL), STATUS_OK);
    const struct zip_member *member = zip_find(&zip, "folder/one.xml");
    zip.allowance = 2 * member->size;
    CHECK_INT(zip_start(&zip, member, NULL), STATUS_OK);
    CHECK_INT(zip_start(&zip, member, NULL), STATUS_OK);
    CHECK_INT(zip_start(&zip, member, NULL), STATUS_TOO_BIG);
    arena_free(arena);
}

int
main(void)
{
    test_members();
    test_names();
    test_damage();
    test_frame();
    test_zip64();
    test_allowance();
    return test_summary();
}
