/* SPDX-License-Identifier: MIT */
/* sources: from what was named on the command line (or dropped on the shortcut) to the files to read, in a fixed order. */
#ifndef NIANBAO_SOURCES_H
#define NIANBAO_SOURCES_H

#include "arena.h"
#include "ids.h"
#include "passed.h"

struct source {                  /* small: there may be a hundred thousand */
    const char *path;            /* as given; FOLDER/relative for what was found in a folder */
    const char *folder;          /* of its outputs under -o: "" or "relative/" */
    const struct fault *fault;   /* a folder that cannot be read; NULL: none */
    uint32_t turn;               /* turns.h */
    bool bare;                   /* a folder in which no file that is read was found */
    bool found;                  /* in a folder, and not named by anybody */
    bool twin, written;          /* turns.h */
};

struct sources {
    struct source *source; size_t n, cap;
    struct passed others;        /* files of the folders that are not read, and not ours */
    const char *except;          /* a folder not to walk into: that of the outputs; NULL: none */
    bool all;                    /* outputs of ours too */
    struct ids walked;           /* folders: each is walked once, so links cannot lead in circles */
};

/* Add what a path names: the file (there or not), or all spreadsheets and documents below a folder, sorted bytewise. Left out of a
 * folder: hidden files, lock files (~$…), and outputs of ours that stem from a file beside them. False: out of memory. */
bool sources_add(struct arena *arena, struct sources *sources, const char *path);

/* The bytes of an input, or why there are none. */
enum status source_read(const struct source *source, struct arena *arena, unsigned char **bytes, size_t *n, struct fault *fault);

/* The folder of an input's outputs, "" or ending in '/': its own, or its place under -o (`under`; NULL: none). NULL: out of memory. */
char *source_folder(const struct source *source, const char *under, struct arena *arena);

#endif
