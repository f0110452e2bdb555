/* SPDX-License-Identifier: MIT */
/* status: why the program could not do its job. (Wrong numbers are findings, a different type: convert/report.h.) */
#ifndef NIANBAO_STATUS_H
#define NIANBAO_STATUS_H

#include <stdbool.h>

/* X(name, public code). The codes are public (`error.code` of the JSON): never renamed. */
#define STATUS_LIST(X) \
    X(OK, "ok") \
    X(NOT_FOUND, "not-found") \
    X(PERMISSION, "permission") \
    X(EMPTY, "empty") \
    X(TRUNCATED, "truncated") \
    X(NOT_A_WORKBOOK, "not-a-workbook") \
    X(ENCRYPTED, "encrypted") \
    X(XLSB, "xlsb") \
    X(UNSUPPORTED, "unsupported") \
    X(NO_TABLE, "no-table") \
    X(TOO_BIG, "too-big") \
    X(MEMORY, "out-of-memory") \
    X(DAMAGED, "damaged") \
    X(READER_CRASHED, "reader-crashed") \
    X(OUTPUT, "output") \
    X(DEFINITION, "definition")

enum status {
#define X(name, code) STATUS_##name,
    STATUS_LIST(X)
#undef X
    STATUS_COUNT
};

/* The public code of a status ("damaged"); never NULL. */
const char *status_code(enum status status);

/* What the bytes of a file turned out to be. */
enum file_kind {
    FILE_UNKNOWN, FILE_XLSX, FILE_XLS, FILE_XLSB, FILE_ENCRYPTED_OOXML, FILE_ODS, FILE_DOCX, FILE_DOC, FILE_PPT, FILE_PDF,
    FILE_OFD, FILE_ZIP, FILE_RAR, FILE_7Z, FILE_HTML, FILE_XML, FILE_TEXT, FILE_IMAGE, FILE_OLE, FILE_ODT, FILE_SUMMARY, FILE_MHT, FILE_XMLSS
};

/* Is it a document: tables between paragraphs, of which a folder may hold many that are no report? */
bool file_is_document(enum file_kind kind);

/* A status with its place: which part of the file, and the developer's reason. Filled by whoever first sees the trouble. */
struct fault {
    enum status status;
    enum file_kind kind;     /* what the file is, when known */
    bool held;               /* PERMISSION: another program has the file open and lets nobody read it */
    char where[240];         /* "xl/worksheets/sheet1.xml: tag <c> is closed by </row> at byte 812"; "" when there is nothing to add */
};

/* Record a fault and return its status: `return fault_set(fault, STATUS_DAMAGED, "%s: …", name);` A NULL fault is allowed. */
enum status fault_set(struct fault *fault, enum status status, const char *where, ...)
    __attribute__((format(printf, 3, 4)));

#endif
