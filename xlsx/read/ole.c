/* SPDX-License-Identifier: MIT */
/* ole: compound files after [MS-CFB] (header 2.2, FAT 2.3, mini FAT 2.4, DIFAT 2.5, directory 2.6). Only what reading a stream
 * needs: both sector sizes, streams directly below the root. Left out: storages, their class ids and times, the red-black
 * colours and the order of names (siblings are visited one by one, so that a badly sorted directory still opens).
 * The tables are put together in memory once; a chain longer than its table is a cycle. */
#include "ole.h"

#include <string.h>

#include "bytes.h"

enum {
    HEADER = 512,                   /* 2.2: offsets inside the header */
    AT_SECTOR_SHIFT = 30, AT_MINI_SHIFT = 32, AT_FAT_COUNT = 44, AT_DIRECTORY = 48, AT_CUTOFF = 56, AT_MINIFAT = 60,
    AT_DIFAT = 68, AT_DIFAT_LIST = 76, DIFAT_LIST = 109,
    ENTRY = 128,                    /* 2.6.1: offsets inside a directory entry */
    AT_NAME_BYTES = 64, AT_TYPE = 66, AT_LEFT = 68, AT_RIGHT = 72, AT_CHILD = 76, AT_START = 116, AT_SIZE = 120,
    TYPE_STREAM = 2, TYPE_ROOT = 5
};

static const uint32_t end_of_chain = 0xFFFFFFFE;

/* `want` bytes at the start of a sector, or NULL when the file ends before them. */
static const unsigned char *
sector_at(const struct ole_space *space, uint32_t sector, size_t want)
{
    uint64_t at = ((uint64_t)sector << space->shift) + space->first;
    return at <= space->n && space->n - at >= want ? space->bytes + at : NULL;
}

/* Sectors of a chain; false when it leaves its table or never ends. */
static bool
chain_length(const struct ole_space *space, uint32_t sector, size_t *length)
{
    for (*length = 0; sector != end_of_chain; ++*length) {
        if (sector >= space->nnext || *length == space->nnext)
            return false;
        sector = le32(space->next + 4 * (size_t)sector);
    }
    return true;
}

/* The first n bytes of a chain. */
static enum status
chain_read(struct arena *arena, const struct ole_space *space, uint32_t sector, size_t n,
    const unsigned char **bytes, struct fault *fault)
{
    size_t size = (size_t)1 << space->shift, length;
    if (!chain_length(space, sector, &length))
        return fault_set(fault, STATUS_DAMAGED, "OLE: the chain of sector %lu is broken", (unsigned long)sector);
    if (n > length << space->shift)
        return fault_set(fault, STATUS_DAMAGED, "OLE: the chain of sector %lu is shorter than its stream", (unsigned long)sector);
    unsigned char *copy = arena_alloc(arena, n ? n : 1);
    if (!copy)
        return fault_set(fault, STATUS_MEMORY, "OLE: a stream of %zu bytes", n);
    for (size_t done = 0; done < n; sector = le32(space->next + 4 * (size_t)sector)) {
        size_t part = n - done < size ? n - done : size;
        const unsigned char *from = sector_at(space, sector, part);
        if (!from)
            return fault_set(fault, STATUS_TRUNCATED, "OLE: sector %lu lies beyond the end of the file", (unsigned long)sector);
        memcpy(copy + done, from, part);
        done += part;
    }
    *bytes = copy;
    return STATUS_OK;
}

/* All of a chain whose length nobody states; where the file ends within its last sector, what is there. Nothing is lost in silence by
 * that: an entry that is missing is not found. */
static enum status
chain_read_all(struct arena *arena, const struct ole_space *space, uint32_t sector,
    const unsigned char **bytes, size_t *n, struct fault *fault)
{
    size_t length = 0;
    if (!chain_length(space, sector, &length))
        length = 0;             /* chain_read names the trouble */
    uint32_t last = sector;
    for (size_t i = 1; i < length; i++)
        last = le32(space->next + 4 * (size_t)last);
    *n = length << space->shift;
    if (length > 0 && sector_at(space, last, 1) != NULL && sector_at(space, last, (size_t)1 << space->shift) == NULL)
        *n -= (size_t)((((uint64_t)last + 1) << space->shift) + space->first - space->n);
    return chain_read(arena, space, sector, *n, bytes, fault);
}

/* Put the FAT together: the DIFAT lists its sectors, 109 of them in the header, the others in a list of sectors of their own. */
static enum status
read_fat(struct arena *arena, struct ole *ole, struct fault *fault)
{
    struct ole_space *big = &ole->big;
    size_t size = (size_t)1 << big->shift, count = le32(big->bytes + AT_FAT_COUNT), per = size / 4 - 1;
    uint32_t difat = le32(big->bytes + AT_DIFAT);
    const unsigned char *list = big->bytes + AT_DIFAT_LIST;
    size_t left = DIFAT_LIST;
    if (count > big->n >> big->shift)
        return fault_set(fault, STATUS_TRUNCATED, "OLE: %zu FAT sectors in a file of %zu bytes", count, big->n);
    unsigned char *fat = arena_array(arena, count + 1, size);
    if (!fat)
        return fault_set(fault, STATUS_MEMORY, "OLE: the FAT");
    for (size_t i = 0; i < count; i++, list += 4, left--) {
        if (left == 0) {
            list = sector_at(big, difat, size);
            left = per;
            if (!list)
                return fault_set(fault, STATUS_TRUNCATED, "OLE: DIFAT sector %lu lies beyond the end of the file", (unsigned long)difat);
            difat = le32(list + 4 * per);
        }
        const unsigned char *from = sector_at(big, le32(list), size);
        if (!from)
            return fault_set(fault, STATUS_TRUNCATED, "OLE: FAT sector %lu lies beyond the end of the file", (unsigned long)le32(list));
        memcpy(fat + (i << big->shift), from, size);
    }
    big->next = fat;
    big->nnext = (count << big->shift) / 4;
    return STATUS_OK;
}

static const unsigned char *
entry_at(const struct ole *ole, size_t i)
{
    return ole->directory + i * ENTRY;
}

static size_t
entry_size(const unsigned char *entry)
{
    return le32(entry + AT_SIZE);       /* the upper half is zero below 4 GB, and not to be trusted in version 3 */
}

static void
add_top(struct ole *ole, bool *seen, uint32_t id)
{
    if (id < ole->nentries && !seen[id]) {
        seen[id] = true;
        ole->top[ole->ntop++] = id;
    }
}

/* List the children of the root: a tree of siblings by intent, whatever graph by the file, so each is taken once. */
static enum status
find_top(struct arena *arena, struct ole *ole, struct fault *fault)
{
    bool *seen = arena_array(arena, ole->nentries, sizeof *seen);
    ole->top = arena_array(arena, ole->nentries, sizeof *ole->top);
    if (!seen || !ole->top)
        return fault_set(fault, STATUS_MEMORY, "OLE: the directory");
    add_top(ole, seen, le32(entry_at(ole, 0) + AT_CHILD));
    for (size_t i = 0; i < ole->ntop; i++) {
        add_top(ole, seen, le32(entry_at(ole, ole->top[i]) + AT_LEFT));
        add_top(ole, seen, le32(entry_at(ole, ole->top[i]) + AT_RIGHT));
    }
    return STATUS_OK;
}

enum status
ole_open(struct arena *arena, const unsigned char *bytes, size_t n, struct ole *ole, struct fault *fault)
{
    memset(ole, 0, sizeof *ole);
    if (n < HEADER)
        return fault_set(fault, STATUS_TRUNCATED, "OLE: %zu bytes, less than the header", n);
    unsigned shift = le16(bytes + AT_SECTOR_SHIFT), mini = le16(bytes + AT_MINI_SHIFT);
    if ((shift != 9 && shift != 12) || mini != 6)
        return fault_set(fault, STATUS_DAMAGED, "OLE: sectors of 2^%u and 2^%u bytes", shift, mini);
    ole->cutoff = le32(bytes + AT_CUTOFF);
    ole->big = (struct ole_space){ .bytes = bytes, .n = n, .first = (size_t)1 << shift, .shift = shift };
    enum status status = read_fat(arena, ole, fault);
    size_t ndirectory = 0, nminifat = 0;
    if (status == STATUS_OK)
        status = chain_read_all(arena, &ole->big, le32(bytes + AT_DIRECTORY), &ole->directory, &ndirectory, fault);
    if (status != STATUS_OK)
        return status;
    ole->nentries = ndirectory / ENTRY;
    if (ole->nentries == 0 || entry_at(ole, 0)[AT_TYPE] != TYPE_ROOT)
        return fault_set(fault, STATUS_DAMAGED, "OLE: the directory does not begin with the root");
    const unsigned char *root = entry_at(ole, 0);
    size_t nsmall = entry_size(root);
    ole->small = (struct ole_space){ .shift = mini };
    if (nsmall)
        status = chain_read_all(arena, &ole->big, le32(root + AT_START), &ole->small.bytes, &ole->small.n, fault);
    if (ole->small.n > nsmall)
        ole->small.n = nsmall;
    if (nsmall && status == STATUS_OK)
        status = chain_read_all(arena, &ole->big, le32(bytes + AT_MINIFAT), &ole->small.next, &nminifat, fault);
    ole->small.nnext = nminifat / 4;
    return status == STATUS_OK ? find_top(arena, ole, fault) : status;
}

static bool
named(const unsigned char *entry, const char *name)
{
    size_t n = strlen(name);
    if (le16(entry + AT_NAME_BYTES) != 2 * (n + 1))
        return false;
    for (size_t i = 0; i < n; i++)
        if (entry[2 * i + 1] != 0 || lower((char)entry[2 * i]) != lower(name[i]))
            return false;
    return true;
}

long
ole_find(const struct ole *ole, const char *name)
{
    for (size_t i = 0; i < ole->ntop; i++) {
        const unsigned char *entry = entry_at(ole, ole->top[i]);
        if (entry[AT_TYPE] == TYPE_STREAM && named(entry, name))
            return (long)ole->top[i];
    }
    return -1;
}

enum status
ole_read(struct arena *arena, const struct ole *ole, long entry, const unsigned char **bytes, size_t *n, struct fault *fault)
{
    const unsigned char *at = entry_at(ole, (size_t)entry);
    *n = entry_size(at);
    return chain_read(arena, *n < ole->cutoff ? &ole->small : &ole->big, le32(at + AT_START), *n, bytes, fault);
}
