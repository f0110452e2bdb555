/* SPDX-License-Identifier: MIT */
/* write_package: libxlsxwriter builds each part of a package in a temporary file and gives it to minizip, which deflates it into a file. Both
 * cost as much as all else that it does, and it looks neither for what a temporary file has lost nor for another way; so its function for
 * temporary files and the five of minizip that it calls are defined here. A program's functions come before those of the libraries that it
 * loads (ELF, symbol interposition; the Makefile exports them), and a static library is linked with these in the first place. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xlsxwriter.h>
#include <xlsxwriter/packager.h>

#include "os.h"
#include "whole.h"
#include "write_package.h"

#ifdef XLSXWRITER_STATIC
FILE *__wrap_lxw_tmpfile(char *folder);
#define lxw_tmpfile __wrap_lxw_tmpfile       /* --wrap: the object that has it has other functions too */
#endif

enum { PIECE = 1 << 16,                     /* bytes that the archive of large parts grows by */
       LEVEL = 1, LARGE_LEVEL = 2,          /* smaller than what minizip makes, or hardly larger, in a third and in half of the time */
       MEMORY_LEVEL = 8, METHOD_DEFLATED = 8, NEEDED_DEFLATE = 20,
       DATE = 1 << 5 | 1 };                 /* 1980-01-01, as the library has it */

/* No file can have that name, so that none is made should the library ever take its own functions. */
#define NAME_HEAD "nianbao:/"

static struct package *
package_of(const char *name)
{
    const size_t head = sizeof NAME_HEAD - 1;
    return strncmp(name, NAME_HEAD, head) == 0 ? (struct package *)(uintptr_t)strtoull(name + head, NULL, 16) : NULL;
}

enum status
package_begin(struct package *package, struct arena *arena, bool large)
{
    *package = (struct package){ .arena = arena, .large = large, .z = { .zalloc = zip_zalloc, .zfree = zip_zfree, .opaque = arena } };
    snprintf(package->name, sizeof package->name, NAME_HEAD "%" PRIxPTR, (uintptr_t)package);
    if (large)
        return deflateInit2(&package->z, LARGE_LEVEL, Z_DEFLATED, -MAX_WBITS, MEMORY_LEVEL, Z_DEFAULT_STRATEGY) == Z_OK ? STATUS_OK : STATUS_MEMORY;
    package->compressor = libdeflate_alloc_compressor(LEVEL);
    return package->compressor != NULL ? STATUS_OK : STATUS_MEMORY;
}

enum status
package_end(struct package *package, unsigned char **bytes, size_t *n, struct fault *fault)
{
    enum status status = package->lost ? fault_set(fault, STATUS_MEMORY, "%s", "") : STATUS_OK;
    for (size_t i = 0, at = 0; i < package->nitems; at += package->items[i++].packed)
        package->items[i].raw = package->raw.at + at;
    if (status == STATUS_OK && bytes != NULL)
        status = zip_write(package->arena, package->items, package->nitems, bytes, n, fault);
    free(package->raw.at);
    free(package->part.at);
    libdeflate_free_compressor(package->compressor);
    return status == STATUS_OK && bytes != NULL && package->on_disk ? whole_check(package->arena, *bytes, *n, fault) : status;
}

/* Room for n bytes more. */
static bool
has_room(struct buffer *buffer, size_t n)
{
    if (n <= buffer->room - buffer->n)
        return true;
    size_t room = n <= SIZE_MAX / 4 && buffer->n <= SIZE_MAX / 4 ? 2 * (buffer->n + n) : 0;
    unsigned char *at = room > 0 ? realloc(buffer->at, room) : NULL;
    if (at == NULL)
        return false;
    buffer->at = at;
    buffer->room = room;
    return true;
}

/* The bytes of the part, in one go. */
static void
pack(struct package *package, struct zip_item *item)
{
    struct buffer *part = &package->part, *raw = &package->raw;
    size_t bound = libdeflate_deflate_compress_bound(package->compressor, part->n);
    if (part->n > UINT32_MAX || !has_room(raw, bound)) {
        package->lost = true;
        return;
    }
    item->size = part->n;
    item->crc = libdeflate_crc32(0, part->at, part->n);
    item->packed = libdeflate_deflate_compress(package->compressor, part->at, part->n, raw->at + raw->n, bound);
    raw->n += item->packed;
    part->n = 0;
}

/* The next bytes of a large part, or with Z_FINISH its end. */
static void
pack_next(struct package *package, struct zip_item *item, const void *bytes, unsigned n, int flush)
{
    z_stream *z = &package->z;
    struct buffer *raw = &package->raw;
    z->next_in = (z_const Bytef *)bytes;
    z->avail_in = n;
    for (int done = Z_OK; !package->lost && (flush == Z_FINISH ? done != Z_STREAM_END : z->avail_in > 0);) {
        if (!has_room(raw, PIECE)) {
            package->lost = true;
            return;
        }
        z->next_out = raw->at + raw->n;
        z->avail_out = PIECE;
        done = deflate(z, flush);
        item->packed += PIECE - z->avail_out;
        raw->n += PIECE - z->avail_out;
    }
    item->crc = (uint32_t)crc32(item->crc, bytes, n);
    package->lost |= n > UINT32_MAX - item->size || item->packed > UINT32_MAX;      /* zip_write knows no zip64 */
    item->size += n;
}

/* -- what the library calls -- */

FILE *
lxw_tmpfile(char *folder)
{
    struct package *package = package_of(folder);
    FILE *file = package == NULL || package->large ? NULL : os_memory_stream(&package->lost);
    if (package == NULL || file != NULL)
        return file;
    package->on_disk = true;
    return os_temporary_file();
}

zipFile
zipOpen(const char *name, int append)
{
    (void)append;
    return package_of(name);
}

int
zipOpenNewFileInZip4_64(zipFile file, const char *name, const zip_fileinfo *info, const void *local, uInt nlocal, const void *global,
                        uInt nglobal, const char *comment, int method, int level, int raw, int window_bits, int memory_level, int strategy,
                        const char *password, uLong crc, uLong made_by, uLong flags, int zip64)
{
    struct package *package = file;
    size_t n = strlen(name);
    (void)info, (void)local, (void)nlocal, (void)global, (void)nglobal, (void)comment, (void)method, (void)level, (void)raw;
    (void)window_bits, (void)memory_level, (void)strategy, (void)password, (void)crc, (void)made_by, (void)flags, (void)zip64;
    const char *own = arena_text(package->arena, name, n);
    if (own == NULL || !arena_room(package->arena, &package->items, package->nitems, &package->items_cap, sizeof *package->items))
        package->lost = true;
    else
        package->items[package->nitems++] = (struct zip_item){ .name = own, .name_n = n, .needed = NEEDED_DEFLATE, .method = METHOD_DEFLATED,
                                                               .date = DATE };
    if (package->large)
        deflateReset(&package->z);
    return ZIP_OK;
}

int
zipWriteInFileInZip(zipFile file, const void *bytes, unsigned n)
{
    struct package *package = file;
    struct buffer *part = &package->part;
    if (package->lost)
        return ZIP_OK;
    if (package->large)
        pack_next(package, &package->items[package->nitems - 1], bytes, n, Z_NO_FLUSH);
    else if (!has_room(part, n))
        package->lost = true;
    else {
        memcpy(part->at + part->n, bytes, n);
        part->n += n;
    }
    return ZIP_OK;
}

int
zipCloseFileInZip(zipFile file)
{
    struct package *package = file;
    if (package->lost)
        return ZIP_OK;
    if (package->large)
        pack_next(package, &package->items[package->nitems - 1], "", 0, Z_FINISH);
    else
        pack(package, &package->items[package->nitems - 1]);
    return ZIP_OK;
}

int
zipClose(zipFile file, const char *comment)
{
    (void)file, (void)comment;
    return ZIP_OK;
}
