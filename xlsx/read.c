/* SPDX-License-Identifier: MIT */
/* read: from bytes to a book: find out what they are, and read them or say why not. */
#include "limits.h"
#include "ole.h"
#include "read.h"
#include "zip.h"

/* A container that is no workbook of a kind we know: is it whole? */
static enum status
not_a_workbook(struct arena *arena, const unsigned char *bytes, size_t n, enum file_kind kind, struct fault *fault)
{
    struct zip zip;
    struct ole ole;
    enum status status = STATUS_OK;
    if (kind == FILE_ZIP)
        status = zip_open(&zip, NULL, bytes, n, fault);
    else if (kind == FILE_OLE)
        status = ole_open(arena, bytes, n, &ole, fault);
    return status != STATUS_OK ? status : fault_set(fault, STATUS_NOT_A_WORKBOOK, "%s", "");
}

static enum status
read_kind(struct arena *arena, const unsigned char *bytes, size_t n, enum file_kind kind, struct book *book, struct fault *fault)
{
    switch (kind) {
    case FILE_XLSX:
        return read_xlsx(arena, bytes, n, book, fault);
    case FILE_XLS:
        return read_xls(arena, bytes, n, book, fault);
    case FILE_XLSB:
        return fault_set(fault, STATUS_XLSB, "%s", "");
    case FILE_ENCRYPTED_OOXML:
        return fault_set(fault, STATUS_ENCRYPTED, "%s", "");
    case FILE_UNKNOWN:
    case FILE_ZIP:
    case FILE_OLE:
        return not_a_workbook(arena, bytes, n, kind, fault);
    default:
        return fault_set(fault, STATUS_UNSUPPORTED, "%s", "");
    }
}

enum status
read_book(struct arena *arena, const unsigned char *bytes, size_t n, struct book *book, struct fault *fault)
{
    if (n == 0)
        return fault_set(fault, STATUS_EMPTY, "%s", "");
    if (n > LIMIT_FILE)
        return fault_set(fault, STATUS_TOO_BIG, "more than %zu bytes", LIMIT_FILE);
    enum file_kind kind = sniff(bytes, n);
    enum status status = read_kind(arena, bytes, n, kind, book, fault);
    if (status == STATUS_MEMORY)
        fault_set(fault, status, "%s", "");
    if (fault != NULL)
        fault->kind = kind;
    return status;
}
