/* SPDX-License-Identifier: MIT */
/* sniff: what the bytes of a file are. Signatures first; a zip is told by its members (ODF 1.2 part 3, 3.3: "mimetype"; ECMA-376 part 2;
 * GB/T 33190: OFD.xml), an OLE file by its streams, the rest by whether it reads as text. */
#include <string.h>

#include "bytes.h"
#include "sniff.h"

/* The first `n` bytes of a file of this kind. */
static const struct { enum file_kind kind; size_t n; const char *bytes; } signatures[] = {
    { FILE_ZIP, 4, "PK\3\4" },
    { FILE_ZIP, 4, "PK\5\6" },
    { FILE_OLE, 8, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" },
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

/* An XML file is a flat OpenDocument file when it declares a namespace of it near the beginning. */
static enum file_kind
xml_kind(const unsigned char *bytes, size_t n)
{
    static const char space[] = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
    enum { LOOK = 8192 };
    for (size_t i = 0; i + sizeof space <= n && i < LOOK; i++)
        if (bytes[i] == 'u' && memcmp(bytes + i, space, sizeof space - 1) == 0)
            return FILE_ODS;
    return FILE_XML;
}

/* Text of any encoding that keeps ASCII: no control characters near the beginning. */
static enum file_kind
text_kind(const unsigned char *bytes, size_t n)
{
    enum { LOOK = 4096 };
    for (size_t i = 0; i < n && i < LOOK; i++)
        if (bytes[i] < ' ' && memchr("\t\n\r\f\v\x1A", bytes[i], 6) == NULL)
            return FILE_UNKNOWN;
    size_t at = n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < n && bytes[at] <= ' ')
        at++;
    for (size_t i = 0; i < sizeof markup / sizeof *markup; i++) {
        const char *s = markup[i].begin;
        size_t j = 0;
        while (s[j] != '\0' && at + j < n && lower((char)bytes[at + j]) == s[j])
            j++;
        if (s[j] == '\0')
            return markup[i].kind == FILE_XML ? xml_kind(bytes + at, n - at) : markup[i].kind;
    }
    return FILE_TEXT;
}

enum file_kind
sniff(const unsigned char *bytes, size_t n)
{
    if (n == 0)
        return FILE_UNKNOWN;
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++)
        if (n >= signatures[i].n && memcmp(bytes, signatures[i].bytes, signatures[i].n) == 0)
            return signatures[i].kind;
    return text_kind(bytes, n);
}

/* -- containers: the first line that applies decides -- */

/* A member of a zip whose name begins so. */
static const struct { const char *begin; enum file_kind kind; } members[] = {
    { "OFD.xml", FILE_OFD }, { "xl/workbook.bin", FILE_XLSB }, { "word/", FILE_DOCX }, { "ppt/", FILE_PPT },
    { "xl/", FILE_XLSX }, { "_rels/.rels", FILE_XLSX },
    { "content.xml", FILE_ODS },
};

/* A stream of an OLE file. */
static const struct { const char *name; enum file_kind kind; } streams[] = {
    { "Workbook", FILE_XLS }, { "Book", FILE_XLS }, { "EncryptedPackage", FILE_ENCRYPTED_OOXML },
    { "WordDocument", FILE_DOC }, { "PowerPoint Document", FILE_PPT },
};

/* The member "mimetype" of OpenDocument is stored, so it can be read where it lies. */
static bool
is_opendocument(const struct zip *zip)
{
    static const char type[] = "application/vnd.oasis.opendocument.";
    const struct zip_member *member = zip_find(zip, "mimetype");
    const unsigned char *raw;
    return member != NULL && zip_raw(zip, member, &raw, NULL) == STATUS_OK
        && member->packed >= sizeof type - 1 && memcmp(raw, type, sizeof type - 1) == 0;
}

enum file_kind
sniff_zip(const struct zip *zip)
{
    if (is_opendocument(zip))
        return FILE_ODS;
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (zip_find_first(zip, members[i].begin) != NULL)
            return members[i].kind;
    return FILE_ZIP;
}

enum file_kind
sniff_ole(const struct ole *ole)
{
    for (size_t i = 0; i < sizeof streams / sizeof *streams; i++)
        if (ole_find(ole, streams[i].name) >= 0)
            return streams[i].kind;
    return FILE_OLE;
}
