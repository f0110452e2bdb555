/* SPDX-License-Identifier: MIT */
/* read: from bytes to a book: find out what they are, and read them or say why not. */
#include "limits.h"
#include "read.h"
#include "ole.h"
#include "sniff.h"
#include "zip.h"

/* No workbook, or none that can be read. */
static enum status
refuse(enum file_kind kind, struct fault *fault)
{
    switch (kind) {
    case FILE_XLSB:
        return fault_set(fault, STATUS_XLSB, "%s", "");
    case FILE_ENCRYPTED_OOXML:
        return fault_set(fault, STATUS_ENCRYPTED, "%s", "");
    case FILE_UNKNOWN:
    case FILE_ZIP:
    case FILE_OLE:
        return fault_set(fault, STATUS_NOT_A_WORKBOOK, "%s", "");
    default:
        return fault_set(fault, STATUS_UNSUPPORTED, "%s", "");
    }
}

static enum status
read_package(struct arena *arena, struct zip *zip, const struct interest *interest, enum file_kind *kind, struct book *book, struct fault *fault)
{
    *kind = sniff_zip(zip);
    if (*kind == FILE_XLSX && zip_find_first(zip, "xl/") == NULL && docx_is(arena, zip))
        *kind = FILE_DOCX;
    switch (*kind) {
    case FILE_XLSX:
        return read_xlsx(arena, zip, interest, book, fault);
    case FILE_DOCX:
        return read_docx(arena, zip, book, fault);
    case FILE_ODS:
        return read_ods(arena, zip, book, fault);
    default:
        return refuse(*kind, fault);
    }
}

static enum status
read_zip(struct arena *arena, const unsigned char *bytes, size_t n, const struct interest *interest, enum file_kind *kind, struct book *book,
         struct fault *fault)
{
    struct zip zip;
    enum status status = zip_open(&zip, arena, bytes, n, fault);
    return status == STATUS_OK ? read_package(arena, &zip, interest, kind, book, fault) : status;
}

static enum status
read_ole(struct arena *arena, const unsigned char *bytes, size_t n, enum file_kind *kind, struct book *book, struct fault *fault)
{
    struct ole ole;
    const unsigned char *stream;
    size_t nstream;
    enum status status = ole_open(arena, bytes, n, &ole, fault);
    if (status != STATUS_OK)
        return status;
    *kind = sniff_ole(&ole);
    if (*kind != FILE_XLS)
        return refuse(*kind, fault);
    long entry = ole_find(&ole, "Workbook");        /* beside "Book" in files saved for both versions */
    status = ole_read(arena, &ole, entry >= 0 ? entry : ole_find(&ole, "Book"), &stream, &nstream, fault);
    return status == STATUS_OK ? read_xls(arena, stream, nstream, book, fault) : status;
}

/* What is no container. */
static enum status
read_plain(struct arena *arena, const unsigned char *bytes, size_t n, enum file_kind kind, struct book *book, struct fault *fault)
{
    static const struct {
        enum file_kind kind;
        enum status (*read)(struct arena *arena, const unsigned char *bytes, size_t n, struct book *book, struct fault *fault);
    } readers[] = { { FILE_XLS, read_xls }, { FILE_ODS, read_fods }, { FILE_TEXT, read_txt }, { FILE_HTML, read_html }, { FILE_MHT, read_mht },
                    { FILE_XMLSS, read_xmlss } };
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        if (readers[i].kind == kind)
            return readers[i].read(arena, bytes, n, book, fault);
    return refuse(kind, fault);
}

enum status
read_book(struct arena *arena, const unsigned char *bytes, size_t n, struct book *book, struct fault *fault)
{
    return read_book_for(arena, bytes, n, NULL, book, fault);
}

enum status
read_book_for(struct arena *arena, const unsigned char *bytes, size_t n, const struct interest *interest, struct book *book,
              struct fault *fault)
{
    if (n == 0)
        return fault_set(fault, STATUS_EMPTY, "%s", "");
    if (n > LIMIT_FILE)
        return fault_set(fault, STATUS_TOO_BIG, "more than %zu bytes", LIMIT_FILE);
    enum file_kind kind = sniff(bytes, n);
    enum status status = kind == FILE_ZIP ? read_zip(arena, bytes, n, interest, &kind, book, fault)
                       : kind == FILE_OLE ? read_ole(arena, bytes, n, &kind, book, fault)
                       : read_plain(arena, bytes, n, kind, book, fault);
    if (kind == FILE_ODS)
        kind = book->kind;              /* or a text */
    if (status == STATUS_MEMORY)
        fault_set(fault, status, "%s", "");
    if (fault != NULL)
        fault->kind = kind;
    return status;
}
