/* SPDX-License-Identifier: MIT */
/* sniff: what the bytes of a file are. Signatures first; a zip is told by its members (ODF 1.2 part 3, 3.3: "mimetype"; ECMA-376 part 2;
 * GB/T 33190: OFD.xml), an OLE file by its streams (ole.c), the rest by whether it reads as text. */
#include <string.h>

#include "limits.h"
#include "ole.h"
#include "read.h"
#include "zip.h"

/* The first `n` bytes of a file of this kind. */
static const struct { enum file_kind kind; size_t n; const char *bytes; } signatures[] = {
    { FILE_PDF, 5, "%PDF-" },
    { FILE_RAR, 6, "Rar!\x1A\x07" },
    { FILE_7Z, 6, "7z\xBC\xAF\x27\x1C" },
    { FILE_IMAGE, 8, "\x89PNG\r\n\x1A\n" },
    { FILE_IMAGE, 3, "\xFF\xD8\xFF" },
    { FILE_IMAGE, 4, "GIF8" },
    { FILE_IMAGE, 4, "II*\0" },
    { FILE_IMAGE, 4, "MM\0*" },
    { FILE_IMAGE, 2, "BM" },
    { FILE_DOC, 5, "{\\rtf" },
    { FILE_XLS, 4, "\x09\x08\x10\x00" },        /* BIFF without a container: BOF of versions 8, 5, 4, 3, 2 */
    { FILE_XLS, 4, "\x09\x08\x08\x00" },
    { FILE_XLS, 4, "\x09\x04\x06\x00" },
    { FILE_XLS, 4, "\x09\x02\x06\x00" },
    { FILE_XLS, 4, "\x09\x00\x04\x00" },
    { FILE_TEXT, 2, "\xFF\xFE" },
    { FILE_TEXT, 2, "\xFE\xFF" },
};

/* What begins a text of this kind, after blanks, in any case. */
static const struct { enum file_kind kind; const char *begin; } markup[] = {
    { FILE_HTML, "<!doctype html" }, { FILE_HTML, "<html" }, { FILE_HTML, "<head" }, { FILE_HTML, "<meta" }, { FILE_HTML, "<table" },
    { FILE_HTML, "<style" }, { FILE_HTML, "mime-version:" }, { FILE_XML, "<?xml" }, { FILE_XML, "<workbook" },
};

/* A member whose name begins so says what the package is; the first line that applies decides. */
static const struct { enum file_kind kind; const char *prefix; } members[] = {
    { FILE_OFD, "OFD.xml" }, { FILE_XLSB, "xl/workbook.bin" }, { FILE_DOCX, "word/" }, { FILE_PPT, "ppt/" },
    { FILE_XLSX, "xl/" }, { FILE_XLSX, "_rels/.rels" },
};

/* The member "mimetype" of OpenDocument is stored, so it can be read where it lies. */
static bool
is_opendocument(const struct zip *zip)
{
    static const char type[] = "application/vnd.oasis.opendocument.";
    struct zip_member member;
    const unsigned char *raw;
    return zip_find(zip, "mimetype", &member) && zip_raw(zip, &member, &raw, NULL) == STATUS_OK
        && member.packed >= sizeof type - 1 && memcmp(raw, type, sizeof type - 1) == 0;
}

static enum file_kind
zip_kind(const unsigned char *bytes, size_t n)
{
    struct zip zip;
    struct zip_member member;
    size_t best = sizeof members / sizeof *members;
    if (zip_open(&zip, NULL, bytes, n, NULL) != STATUS_OK)
        return FILE_ZIP;
    if (is_opendocument(&zip))
        return FILE_ODS;
    for (size_t at = zip.directory; zip_next(&zip, &at, &member); )
        for (size_t i = 0; i < best; i++) {
            struct zip_member head = member;
            head.name_n = strlen(members[i].prefix);
            if (head.name_n <= member.name_n && zip_is(&head, members[i].prefix))
                best = i;
        }
    return best < sizeof members / sizeof *members ? members[best].kind : FILE_ZIP;
}

static char
lower(unsigned char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

/* Text of any encoding that keeps ASCII: no control characters near the beginning. */
static enum file_kind
text_kind(const unsigned char *bytes, size_t n)
{
    enum { LOOK = 4096 };
    for (size_t i = 0; i < n && i < LOOK; i++)
        if (bytes[i] < ' ' && memchr("\t\n\r\f\x1A", bytes[i], 5) == NULL)
            return FILE_UNKNOWN;
    size_t at = n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < n && bytes[at] <= ' ')
        at++;
    for (size_t i = 0; i < sizeof markup / sizeof *markup; i++) {
        const char *s = markup[i].begin;
        size_t j = 0;
        while (s[j] != '\0' && at + j < n && lower(bytes[at + j]) == s[j])
            j++;
        if (s[j] == '\0')
            return markup[i].kind;
    }
    return FILE_TEXT;
}

enum file_kind
sniff(const unsigned char *bytes, size_t n)
{
    if (n == 0)
        return FILE_UNKNOWN;
    if (ole_signature(bytes, n))
        return ole_kind(bytes, n);
    if (n >= 4 && bytes[0] == 'P' && bytes[1] == 'K' && (memcmp(bytes + 2, "\3\4", 2) == 0 || memcmp(bytes + 2, "\5\6", 2) == 0))
        return zip_kind(bytes, n);
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++)
        if (n >= signatures[i].n && memcmp(bytes, signatures[i].bytes, signatures[i].n) == 0)
            return signatures[i].kind;
    return text_kind(bytes, n);
}
