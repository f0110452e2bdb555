/* SPDX-License-Identifier: MIT */
/* roster: the list of the bodies that have to report, and which of them a file is from: by the name inside the file, then the file's
 * name, then its folder. Common abbreviations (科技局 = 科学技术局) are data: lexicon.h. */
#ifndef NIANBAO_ROSTER_H
#define NIANBAO_ROSTER_H

#include <stdint.h>

#include "lexicon.h"

/* A body of the list. Texts are "" where the list has none. */
struct member {
    const char *name;                        /* 全称 */
    const char **others; size_t nothers;     /* 简称/曾用名 */
    const char *code, *kind;                 /* 统一社会信用代码, 类型 */
    bool counted;                            /* 是否计入 */
    const char *merged;                      /* 并入/更名为: the full name of the successor; "": none */
    int64_t due;                             /* 截止日期: last second of that day, local time; 0: none */
    const char *contact, *phone;             /* 联系人, 电话: for the list of the missing alone */
};

struct roster {
    struct member *members; size_t n;
    const struct lexicon *lexicon;
    const struct roster_names *names;        /* every way to call a member; made by roster_index */
};

/* Read a list: .xlsx .xls .et .csv .txt, UTF-8 or GB18030, with the lexicon inside the program. The first row that has 全称 (or 单位名称
 * and the like) is the head; a list without a head is one name a line. What is wrong with the list is STATUS_UNSUPPORTED with a sentence
 * in fault->where ("第 5 行：…"): no column 全称, a name twice, a date that is none. A file that cannot be read at all has its own status.
 * Read only afterwards: threads may share it. */
enum status roster_read(struct arena *arena, const char *path, struct roster *roster, struct fault *fault);

/* The same from the bytes of the file. */
enum status roster_parse(struct arena *arena, const unsigned char *bytes, size_t n, struct roster *roster, struct fault *fault);

/* Make roster->names from the members and the lexicon; roster_parse does it. Two members of one name and a successor that is no
 * member are refused; rows[i]: of member i, from 0. `scratch` is for what is needed meanwhile. */
enum status roster_index(struct arena *arena, struct arena *scratch, struct roster *roster, const uint32_t *rows, struct fault *fault);

/* How a file was recognised. */
enum recognised { RECOGNISED_NOT, RECOGNISED_NAME, RECOGNISED_OTHER_NAME, RECOGNISED_ABBREVIATION, RECOGNISED_FILE, RECOGNISED_FOLDER };

/* The member a file is from; SIZE_MAX: none, or several fit equally well. `unit`: the name that the file gives; NULL: none. `file`: its
 * path. Of folders only one that is named after the member counts, and only for a file that does not name another body. `arena` is for
 * what is needed meanwhile; out of memory is SIZE_MAX too. */
size_t roster_find(const struct roster *roster, struct arena *arena, const char *unit, const char *file, enum recognised *how);

/* A name with its abbreviations written out and blanks, brackets and widths folded: equal for names of the same body. NULL: out of
 * memory. */
const char *roster_folded(const struct lexicon *lexicon, struct arena *arena, const char *name);

/* Is it the name of an area or of its government ("宿迁市", "宿迁市人民政府")? The bytes of the area's own name, which those of its
 * offices begin with; 0: no. */
size_t roster_area(const struct lexicon *lexicon, const char *name);

#endif
