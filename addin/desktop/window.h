/* SPDX-License-Identifier: MIT */
/* window: what desktop.c asks of the platform. All texts and paths are UTF-8; memory belongs to the arena given. */
#ifndef NIANBAO_WINDOW_H
#define NIANBAO_WINDOW_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"

/* What a run came to, ready to be shown. */
struct window_result {
    bool good;                       /* nothing is to be corrected, and nothing went wrong */
    const char *headline;            /* one line */
    const char *text;                /* at most five findings */
    const char *full;                /* everything, for the clipboard, below the headline */
    const char *workbook, *summary;  /* to be opened; NULL: not written */
    const char *file;                /* lies in the folder to be opened; NULL: no such folder */
};

/* Show the result until it is closed. */
void window_show(struct arena *arena, const struct window_result *result);

/* Started without a file: say what the program is for. True: files were chosen. */
bool window_welcome(struct arena *arena, const char ***files, size_t *n);

/* Unit and year of a file that names one or neither; what is known is given and stays when nothing is typed. False: the question
 * was put away. */
bool window_ask_identity(struct arena *arena, const char *name, const char **unit, int *year);

/* Another folder for outputs that could not be written beside the input; NULL: none is wanted. */
const char *window_ask_folder(struct arena *arena, const char *name);

/* Where a shortcut leads; any other path is given back as it is. NULL: out of memory. */
const char *window_target(struct arena *arena, const char *path);

/* A window with a bar and a cancel button, opened as soon as the wait is worth it. Each step returns false when it was cancelled.
 * NULL is allowed for both. */
struct window_progress;
struct window_progress *window_progress_new(struct arena *arena, size_t n);
bool window_progress_step(struct window_progress *progress, struct arena *arena, size_t done, const char *name);
void window_progress_close(struct window_progress *progress);

#endif
