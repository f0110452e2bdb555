/* SPDX-License-Identifier: MIT */
/* sniff: what the bytes of a file are. Signatures first; a zip is told by its members (ODF 1.2 part 3, 3.3: "mimetype"; ECMA-376 part 2;
 * GB/T 33190: OFD.xml), an OLE file by its streams, the rest by whether it reads as text. */
#include <string.h>

#include "bytes.h"
#include "ole.h"
#include "sniff.h"
#include "zip.h"

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
};

/* -- texts: ASCII as it can be seen in any encoding -- */

/* The first characters of a text: each `size` bytes, of which the one at `low` is ASCII when the other is 0. */
struct look { const unsigned char *at; size_t n, size, low; };

enum { LOOK = 65536 };          /* bytes; where a page begins with scripts its first table stands further down than anything else */

static char
look_at(const struct look *look, size_t i)
{
    if (i >= look->n || (look->size == 2 && look->at[2 * i + 1 - look->low] != 0))
        return '\0';
    return lower((char)look->at[look->size * i + look->low]);
}

static struct look
look_of(const unsigned char *bytes, size_t n)
{
    size_t mark = n >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0) ? 2 : 0;
    if (n > LOOK)
        n = LOOK;
    if (n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        return (struct look){ bytes + 3, n - 3, 1, 0 };
    if (mark > 0 || (n >= 2 && (memcmp(bytes, "<\0", 2) == 0 || memcmp(bytes, "\0<", 2) == 0)))
        return (struct look){ bytes + mark, (n - mark) / 2, 2, bytes[0] == 0xFE || bytes[0] == 0 };
    return (struct look){ bytes, n, 1, 0 };
}

static bool
begins(const struct look *look, size_t at, const char *word)
{
    for (; *word != '\0'; word++, at++)
        if (look_at(look, at) != *word)
            return false;
    return true;
}

/* Where `word` stands at `at` or behind; look->n: nowhere. */
static size_t
find(const struct look *look, size_t at, const char *word)
{
    while (at < look->n && !begins(look, at, word))
        at++;
    return at;
}

/* Behind blanks, comments, instructions and a document type. */
static size_t
behind_prolog(const struct look *look)
{
    size_t at = 0;
    for (;;) {
        while (at < look->n && strchr(" \t\r\n\f", look_at(look, at)) != NULL && look_at(look, at) != '\0')
            at++;
        if (begins(look, at, "<!--"))
            at = find(look, at, "-->");
        else if (begins(look, at, "<?") || begins(look, at, "<!"))
            at = find(look, at, ">");
        else
            return at;
        at = find(look, at, ">") + 1;
    }
}

/* "Name:" as the headers of a message have it. */
static bool
is_header(const struct look *look)
{
    size_t at = 0;
    for (char c = look_at(look, at); (c >= 'a' && c <= 'z') || is_digit(c) || c == '-'; )
        c = look_at(look, ++at);
    return at > 0 && look_at(look, at) == ':';
}

/* What kind of markup it is. XML tells by its root; HTML may begin anywhere. */
static enum file_kind
markup_kind(const struct look *look)
{
    static const char *const pages[] = { "<!doctype html", "<html", "<head", "<body", "<meta", "<style", "<table", "<frameset" };
    size_t root = behind_prolog(look), local = root;
    if (is_header(look) && (begins(look, 0, "mime-version:") || find(look, 0, "\nmime-version:") < look->n))
        return FILE_MHT;
    if (look_at(look, root) == '<')
        for (local = root + 1; look_at(look, local) >= 'a' && look_at(look, local) <= 'z'; )
            local++;
    local = look_at(look, local) == ':' ? local + 1 : root + 1;
    if (look_at(look, root) == '<' && begins(look, local, "document")
        && find(look, 0, "urn:oasis:names:tc:opendocument:xmlns:office:1.0") < look->n)
        return FILE_ODS;
    if (look_at(look, root) == '<' && begins(look, local, "workbook")
        && find(look, 0, "urn:schemas-microsoft-com:office:spreadsheet") < look->n)
        return FILE_XMLSS;
    bool declared = begins(look, 0, "<?xml ") && !begins(look, root, "<html") && find(look, 0, "<!doctype html") >= root;
    if (declared && !begins(look, root, "<table") && !begins(look, root, "<body"))
        return FILE_XML;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (begins(look, root, pages[i]) || (find(look, 0, pages[i]) < look->n && (look_at(look, root) == '<' || i >= 6)))
            return FILE_HTML;
    return FILE_TEXT;
}

/* Text of any encoding that keeps ASCII, or UTF-16: no control characters near the beginning. */
static enum file_kind
text_kind(const unsigned char *bytes, size_t n)
{
    enum { CONTROLS = 4096 };
    struct look look = look_of(bytes, n);
    for (size_t i = 0; look.size == 1 && i < look.n && i < CONTROLS; i++)
        if (look.at[i] < ' ' && memchr("\t\n\r\f\v\x1A", look.at[i], 6) == NULL)
            return FILE_UNKNOWN;
    return markup_kind(&look);
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
