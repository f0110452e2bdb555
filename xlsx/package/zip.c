/* SPDX-License-Identifier: MIT */
/* zip: PKWARE APPNOTE 6.3.10: end of central directory record (4.3.16), its zip64 forms (4.3.14, 4.3.15, 4.5.3), central directory
 * headers (4.3.12) and local headers (4.3.7); methods 0 (stored) and 8 (deflated). Sizes come from the central directory alone, so data
 * descriptors need no care. Left out: archives in several files, encryption, every other method, names in other code pages.
 * A bomb is stopped by the allowance: all members read from one archive together inflate to at most LIMIT_INFLATED bytes. */
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "limits.h"
#include "text.h"
#include "zip.h"

enum {
    LOCAL_SIZE = 30, LOCAL_NAME_N = 26, LOCAL_EXTRA_N = 28,
    ENTRY_SIZE = 46, ENTRY_FLAGS = 8, ENTRY_METHOD = 10, ENTRY_CRC = 16, ENTRY_PACKED = 20, ENTRY_FULL = 24, ENTRY_NAME_N = 28,
    ENTRY_EXTRA_N = 30, ENTRY_COMMENT_N = 32, ENTRY_HEADER = 42,
    END_SIZE = 22, END_COUNT = 10, END_BYTES = 12, END_OFFSET = 16, END_COMMENT_N = 20,
    LOCATOR_SIZE = 20, LOCATOR_OFFSET = 8,
    END64_SIZE = 56, END64_COUNT = 32, END64_BYTES = 40, END64_OFFSET = 48,
    FLAG_ENCRYPTED = 1, METHOD_STORED = 0, METHOD_DEFLATED = 8, EXTRA_ZIP64 = 1,
    COMMENT_MAX = 65535,
    AT_ONCE = 1 << 18               /* bytes of a member that is inflated as a whole: nearly all of a report's, at half the price */
};

static bool
signed_as(const unsigned char *p, unsigned char third, unsigned char fourth)
{
    return p[0] == 'P' && p[1] == 'K' && p[2] == third && p[3] == fourth;
}

/* The end of central directory record, looked for from the end because a comment may follow it. */
static bool
find_end(const unsigned char *bytes, size_t n, size_t *at)
{
    if (n < END_SIZE)
        return false;
    size_t last = n - END_SIZE;
    size_t first = last > COMMENT_MAX ? last - COMMENT_MAX : 0;
    for (size_t i = last + 1; i-- > first; )
        if (bytes[i] == 'P' && signed_as(bytes + i, 5, 6) && le16(bytes + i + END_COMMENT_N) <= last - i) {
            *at = i;
            return true;
        }
    return false;
}

/* Values that do not fit an entry are 0xFFFFFFFF there, and stand in this order in its zip64 extra field. */
static bool
read_zip64(struct zip_member *member, const unsigned char *extra, size_t n)
{
    uint64_t *wide[] = { &member->size, &member->packed, &member->header };
    while (n >= 4) {
        size_t id = le16(extra), size = le16(extra + 2);
        extra += 4;
        n -= 4;
        if (size > n)
            return false;
        if (id == EXTRA_ZIP64)
            for (size_t i = 0; i < 3; i++)
                if (*wide[i] == UINT32_MAX) {
                    if (size < 8)
                        return false;
                    *wide[i] = le64(extra);
                    extra += 8;
                    n -= 8;
                    size -= 8;
                }
        extra += size;
        n -= size;
    }
    return true;
}

/* The directory entry at *at, moving on; false when there is none before `end`. */
static bool
read_entry(const unsigned char *bytes, size_t end, size_t *at, struct zip_member *member)
{
    if (end - *at < ENTRY_SIZE)
        return false;
    const unsigned char *p = bytes + *at;
    size_t name_n = le16(p + ENTRY_NAME_N), extra_n = le16(p + ENTRY_EXTRA_N), comment_n = le16(p + ENTRY_COMMENT_N);
    if (!signed_as(p, 1, 2) || name_n + extra_n + comment_n > end - *at - ENTRY_SIZE)
        return false;
    *member = (struct zip_member){
        .name = (const char *)p + ENTRY_SIZE, .name_n = name_n,
        .flags = le16(p + ENTRY_FLAGS), .method = le16(p + ENTRY_METHOD), .crc = le32(p + ENTRY_CRC),
        .packed = le32(p + ENTRY_PACKED), .size = le32(p + ENTRY_FULL), .header = le32(p + ENTRY_HEADER),
    };
    bool wide = member->packed == UINT32_MAX || member->size == UINT32_MAX || member->header == UINT32_MAX;
    if (wide && !read_zip64(member, p + ENTRY_SIZE + name_n, extra_n))
        return false;
    *at += ENTRY_SIZE + name_n + extra_n + comment_n;
    return true;
}

/* What the end record says, or the zip64 one before it: entries, bytes of the directory, its offset, and where it must end. */
struct ending { uint64_t count, bytes, offset, at; };

static enum status
read_ending(const unsigned char *bytes, size_t n, struct ending *ending, struct fault *fault)
{
    size_t at;
    if (!find_end(bytes, n, &at)) {
        bool begun = n >= 4 && signed_as(bytes, 3, 4);
        return fault_set(fault, begun ? STATUS_TRUNCATED : STATUS_DAMAGED, "zip: no end of central directory");
    }
    const unsigned char *end = bytes + at;
    *ending = (struct ending){ le16(end + END_COUNT), le32(end + END_BYTES), le32(end + END_OFFSET), at };
    if (ending->count != UINT16_MAX && ending->bytes != UINT32_MAX && ending->offset != UINT32_MAX)
        return STATUS_OK;
    if (at < LOCATOR_SIZE || !signed_as(end - LOCATOR_SIZE, 6, 7))
        return STATUS_OK;           /* just that large */
    uint64_t at64 = le64(end - LOCATOR_SIZE + LOCATOR_OFFSET);
    if (at < LOCATOR_SIZE + END64_SIZE || at64 > at - LOCATOR_SIZE - END64_SIZE || !signed_as(bytes + at64, 6, 6))
        return fault_set(fault, STATUS_DAMAGED, "zip: bad zip64 end of central directory");
    end = bytes + at64;
    *ending = (struct ending){ le64(end + END64_COUNT), le64(end + END64_BYTES), le64(end + END64_OFFSET), at64 };
    return STATUS_OK;
}

/* -- names, without regard to ASCII case or the kind of slash -- */

static int
fold(char c)
{
    return (unsigned char)(c == '\\' ? '/' : lower(c));
}

static int
compare_names(const char *a, size_t na, const char *b, size_t nb)
{
    size_t n = na < nb ? na : nb, i = 0;
    while (n - i >= 8 && memcmp(a + i, b + i, 8) == 0)
        i += 8;
    for (; i < n; i++)
        if (a[i] != b[i] && fold(a[i]) != fold(b[i]))
            return fold(a[i]) - fold(b[i]);
    return (na > nb) - (na < nb);
}

/* By name; of one name the first in the directory comes first. */
static int
compare_members(const void *a, const void *b)
{
    const struct zip_member *x = a, *y = b;
    int order = compare_names(x->name, x->name_n, y->name, y->name_n);
    return order != 0 ? order : (x->name > y->name) - (x->name < y->name);
}

const struct zip_member *
zip_find_first(const struct zip *zip, const char *begin)
{
    size_t n = strlen(begin), low = 0, high = zip->nmembers;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct zip_member *member = &zip->members[middle];
        if (compare_names(member->name, member->name_n, begin, n) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == zip->nmembers)
        return NULL;
    const struct zip_member *first = &zip->members[low];
    return first->name_n >= n && compare_names(first->name, n, begin, n) == 0 ? first : NULL;
}

const struct zip_member *
zip_find(const struct zip *zip, const char *name)
{
    const struct zip_member *member = zip_find_first(zip, name);
    return member != NULL && member->name_n == strlen(name) ? member : NULL;
}

/* Names may be in any code page; only one in UTF-8 is said. */
static enum status
damaged(const struct zip_member *member, const char *reason, struct fault *fault)
{
    bool sayable = member->name_n < 100 && utf8_valid(member->name, member->name_n);
    return fault_set(fault, STATUS_DAMAGED, "%.*s: %s", sayable ? (int)member->name_n : 0, member->name, reason);
}

/* -- the directory -- */

/* Two members of one name (ECMA-376 part 2, 9.1.1 forbids them) are harmless when they are alike; else programs differ in which of
 * them they read, and what is checked here would not be what somebody else sees. */
static enum status
check_names(const struct zip *zip, struct fault *fault)
{
    for (size_t i = 1; i < zip->nmembers; i++) {
        const struct zip_member *a = &zip->members[i - 1], *b = &zip->members[i];
        if (compare_names(a->name, a->name_n, b->name, b->name_n) == 0 && (a->crc != b->crc || a->size != b->size))
            return damaged(a, "there twice, and not the same", fault);
    }
    return STATUS_OK;
}

static enum status
read_directory(struct zip *zip, const struct ending *ending, struct fault *fault)
{
    size_t at = zip->directory, cap = 0;
    struct zip_member member;
    while (zip->nmembers <= ending->count && read_entry(zip->bytes, (size_t)ending->at, &at, &member)) {
        if (!arena_room(zip->arena, &zip->members, zip->nmembers, &cap, sizeof *zip->members))
            return STATUS_MEMORY;
        zip->members[zip->nmembers++] = member;
    }
    if (zip->nmembers != ending->count)
        return fault_set(fault, STATUS_DAMAGED, "zip: entry %zu of the central directory is broken", zip->nmembers);
    if (zip->nmembers > 0)
        qsort(zip->members, zip->nmembers, sizeof *zip->members, compare_members);
    return check_names(zip, fault);
}

enum status
zip_open(struct zip *zip, struct arena *arena, const unsigned char *bytes, size_t n, struct fault *fault)
{
    *zip = (struct zip){ .bytes = bytes, .arena = arena, .allowance = LIMIT_INFLATED };
    if (n > LIMIT_FILE)
        return fault_set(fault, STATUS_TOO_BIG, "zip: more than %zu bytes", LIMIT_FILE);
    struct ending ending = { 0 };
    enum status status = read_ending(bytes, n, &ending, fault);
    if (status != STATUS_OK)
        return status;
    if (ending.bytes > ending.at || ending.offset > ending.at - ending.bytes)
        return fault_set(fault, STATUS_DAMAGED, "zip: the central directory lies outside the file");
    if (ending.count > LIMIT_ZIP_MEMBERS)
        return fault_set(fault, STATUS_TOO_BIG, "zip: more than %d members", LIMIT_ZIP_MEMBERS);
    zip->directory = (size_t)(ending.at - ending.bytes);
    zip->shift = zip->directory - ending.offset;
    return read_directory(zip, &ending, fault);
}

/* -- members -- */

enum status
zip_raw(const struct zip *zip, const struct zip_member *member, const unsigned char **raw, struct fault *fault)
{
    uint64_t room = zip->directory - zip->shift;
    if (room < LOCAL_SIZE || member->header > room - LOCAL_SIZE)
        return damaged(member, "lies outside the file", fault);
    const unsigned char *p = zip->bytes + zip->shift + member->header;
    if (!signed_as(p, 3, 4))
        return damaged(member, "no local header", fault);
    size_t skip = (size_t)LOCAL_SIZE + le16(p + LOCAL_NAME_N) + le16(p + LOCAL_EXTRA_N);
    size_t rest = zip->directory - (size_t)(p - zip->bytes);
    if (skip > rest || member->packed > rest - skip)
        return damaged(member, "lies outside the file", fault);
    *raw = p + skip;
    return STATUS_OK;
}

void *
zip_zalloc(void *arena, unsigned n, unsigned size)
{
    return n <= SIZE_MAX / size ? arena_raw(arena, (size_t)n * size) : NULL;
}

void
zip_zfree(void *arena, void *block)
{
    (void)arena;
    (void)block;
}

static void
free_decompressor(void *decompressor)
{
    libdeflate_free_decompressor(decompressor);
}

/* What small members are inflated with, made once for an arena: to make it takes as long as to inflate two KB. */
static struct libdeflate_decompressor *
decompressor_of(struct arena *arena)
{
    void **lasting = arena_lasting(arena, free_decompressor);
    if (*lasting == NULL)
        *lasting = libdeflate_alloc_decompressor();
    return *lasting;
}

/* A small deflated member, whole: into `out` if it has room for all of it. */
static enum status
inflate_whole(struct zip *zip, unsigned char *out, size_t room, struct fault *fault)
{
    const struct zip_member *member = &zip->member;
    if (room < member->size && zip->room_cap < member->size) {
        unsigned char *larger = arena_raw(zip->arena, 2 * (size_t)member->size);
        if (larger == NULL)
            return STATUS_MEMORY;
        zip->room = larger;
        zip->room_cap = 2 * (size_t)member->size;
    }
    unsigned char *whole = room < member->size ? zip->room : out;
    struct libdeflate_decompressor *decompressor = decompressor_of(zip->arena);
    if (decompressor == NULL)
        return STATUS_MEMORY;
    size_t used, got;
    enum libdeflate_result result = libdeflate_deflate_decompress_ex(decompressor, zip->packed, (size_t)member->packed, whole, (size_t)member->size,
                                                                     &used, &got);
    if (result != LIBDEFLATE_SUCCESS || got != member->size)
        return damaged(member, "cannot be inflated to its size", fault);
    zip->plain = whole;
    zip->packed = NULL;
    return STATUS_OK;
}

/* Begin to inflate a member piece by piece. */
static enum status
inflate_begin(struct zip *zip, const unsigned char *raw, const struct zip_member *member)
{
    if (!zip->inflates) {
        zip->z = (z_stream){ .zalloc = zip_zalloc, .zfree = zip_zfree, .opaque = zip->arena };
        if (inflateInit2(&zip->z, -MAX_WBITS) != Z_OK)
            return STATUS_MEMORY;
        zip->inflates = true;
    }
    inflateReset(&zip->z);
    zip->z.next_in = (z_const Bytef *)raw;
    zip->z.avail_in = (uInt)member->packed;     /* LIMIT_FILE fits */
    return STATUS_OK;
}

enum status
zip_start(struct zip *zip, const struct zip_member *member, struct fault *fault)
{
    if (member->flags & FLAG_ENCRYPTED)
        return fault_set(fault, STATUS_ENCRYPTED, "zip: encrypted member");
    if (member->method != METHOD_STORED && member->method != METHOD_DEFLATED)
        return damaged(member, "unknown compression method", fault);
    if (member->method == METHOD_STORED && member->packed != member->size)
        return damaged(member, "a stored member of two sizes", fault);
    if (member->size > zip->allowance)
        return fault_set(fault, STATUS_TOO_BIG, "zip: more than %llu bytes inflated", (unsigned long long)LIMIT_INFLATED);
    const unsigned char *raw;
    enum status status = zip_raw(zip, member, &raw, fault);
    zip->plain = zip->packed = NULL;
    if (status == STATUS_OK && member->method == METHOD_STORED)
        zip->plain = raw;
    else if (status == STATUS_OK && member->size <= AT_ONCE)
        zip->packed = raw;
    else if (status == STATUS_OK)
        status = inflate_begin(zip, raw, member);
    if (status != STATUS_OK)
        return status;
    zip->member = *member;
    zip->crc = 0;
    zip->left = member->size;
    zip->allowance -= member->size;
    return STATUS_OK;
}

/* The next `room` bytes of a deflated member; fewer are an error, as the size is known. When they are all that is left, zlib need not
 * copy them to a window of its own. */
static enum status
read_deflated(struct zip *zip, unsigned char *out, size_t room, struct fault *fault)
{
    zip->z.next_out = out;
    zip->z.avail_out = (uInt)room;
    int result = inflate(&zip->z, room == zip->left ? Z_FINISH : Z_SYNC_FLUSH);
    if (result == Z_MEM_ERROR)
        return STATUS_MEMORY;
    if ((result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) || zip->z.avail_out > 0)
        return damaged(&zip->member, "cannot be inflated to its size", fault);
    return STATUS_OK;
}

/* At the end of a member there is nothing more to inflate, and the CRC agrees. */
static enum status
check_end(struct zip *zip, struct fault *fault)
{
    unsigned char more;
    if (zip->plain == NULL) {
        zip->z.next_out = &more;
        zip->z.avail_out = 1;
        if (inflate(&zip->z, Z_SYNC_FLUSH) != Z_STREAM_END || zip->z.avail_out == 0)
            return damaged(&zip->member, "inflates to more than its size", fault);
    }
    return zip->crc == zip->member.crc ? STATUS_OK : damaged(&zip->member, "wrong CRC", fault);
}

enum status
zip_read(void *from, unsigned char *out, size_t room, size_t *got, struct fault *fault)
{
    struct zip *zip = from;
    size_t n = zip->left < room ? (size_t)zip->left : room;
    enum status status = zip->packed != NULL ? inflate_whole(zip, out, room, fault) : STATUS_OK;
    *got = n;
    if (n == 0 || status != STATUS_OK)
        return status;
    if (zip->plain != NULL) {
        if (zip->plain != out)
            memcpy(out, zip->plain, n);
        zip->plain += n;
    } else if ((status = read_deflated(zip, out, n, fault)) != STATUS_OK) {
        return status;
    }
    zip->crc = libdeflate_crc32(zip->crc, out, n);
    zip->left -= n;
    return zip->left == 0 ? check_end(zip, fault) : STATUS_OK;
}
