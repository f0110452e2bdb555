/* SPDX-License-Identifier: MIT */
/* whole: libxlsxwriter builds each part in a temporary file and does not look at the result of writing it: when that file is on a disk and
 * the disk is full, a part ends in the middle, the archive around it is perfect, and no error is reported. So every part is read once more,
 * from its first tag to its last: a part cut anywhere is not well-formed. All parts of a package that it writes are XML. */
#include "whole.h"
#include "xml.h"
#include "zip.h"

static enum status
check_part(struct xml *xml, struct zip *zip, const struct zip_member *member)
{
    enum status status = zip_start(zip, member, NULL);
    if (status == STATUS_OK)
        status = xml_open(xml, zip->arena, "part", (struct xml_source){ zip_read, zip }, NULL);
    if (status != STATUS_OK)
        return status;
    enum xml_event event;
    do
        event = xml_next(xml);
    while (event != XML_FINISHED && event != XML_FAILED);
    return event == XML_FINISHED ? STATUS_OK : xml->status;
}

enum status
whole_check(struct arena *arena, const unsigned char *bytes, size_t n, struct fault *fault)
{
    struct zip zip = { 0 };
    struct xml *xml = arena_alloc(arena, sizeof *xml);
    if (xml == NULL)
        return fault_set(fault, STATUS_MEMORY, "%s", "");
    enum status status = zip_open(&zip, arena, bytes, n, NULL);
    for (size_t i = 0; i < zip.nmembers && status == STATUS_OK; i++)
        status = check_part(xml, &zip, &zip.members[i]);
    if (status == STATUS_OK)
        return status;
    if (status == STATUS_MEMORY)
        return fault_set(fault, status, "%s", "");
    return fault_set(fault, STATUS_OUTPUT, "a part was written only in part; is the disk of the temporary folder full?");
}
