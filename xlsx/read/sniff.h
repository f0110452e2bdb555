/* SPDX-License-Identifier: MIT */
/* sniff: what the bytes of a file are. */
#ifndef NIANBAO_SNIFF_H
#define NIANBAO_SNIFF_H

#include <stddef.h>

#include "status.h"

struct ole;
struct zip;

/* By how the bytes begin. FILE_ZIP and FILE_OLE are containers: open them and ask again. */
enum file_kind sniff(const unsigned char *bytes, size_t n);

/* By what is in the container; FILE_ZIP or FILE_OLE when that tells nothing. */
enum file_kind sniff_zip(const struct zip *zip);
enum file_kind sniff_ole(const struct ole *ole);

#endif
