/* SPDX-License-Identifier: MIT */
/* os: the files and the terminal, in one place per platform (os-posix.c, os-windows.c); the only code with system calls. Paths are UTF-8,
 * with folders ending at '/'. Memory belongs to the arena given; only os_print prints. */
#ifndef NIANBAO_OS_H
#define NIANBAO_OS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "arena.h"
#include "status.h"

/* The whole of a regular file, at most LIMIT_FILE bytes. Never waits: a pipe or a device is STATUS_UNSUPPORTED. */
enum status os_read_file(struct arena *arena, const char *path, unsigned char **bytes, size_t *n, struct fault *fault);

/* Write a file whole or not at all: temporary name in the same folder, synced, renamed. Without `replace` an existing file is
 * STATUS_OUTPUT and stays; *exists (may be NULL) then says that this was why. So it does when the file to be replaced is protected, or
 * held by a program (Windows). Only regular files are ever replaced. */
enum status os_write_file(const char *path, const void *bytes, size_t n, bool replace, bool *exists, struct fault *fault);

/* The same from pieces that come one after another: `next` gives one, n 0 after the last; false: it cannot go on (STATUS_OUTPUT). */
enum status os_write_pieces(const char *path, bool (*next)(void *context, const void **bytes, size_t *n), void *context, bool replace,
                            bool *exists, struct fault *fault);

bool os_file_exists(const char *path);              /* anything of that name, a dangling link too */
bool os_file_held(const char *path);                /* another program has it open and would not let it be replaced */
bool os_is_directory(const char *path);
bool os_remove_file(const char *path);              /* true when it is gone */
bool os_make_folders(const char *path);             /* the folder and those above it; true when it is there */

/* What a file or folder is, whatever path leads to it; links are followed. False: nothing is there. */
struct os_id { uint64_t device, file; };
bool os_identify(const char *path, struct os_id *id);

/* Are both there, and one file or folder? */
bool os_same_file(const char *a, const char *b);

/* When the file was last written, in seconds since 1970; 0: unknown. */
int64_t os_modified(const char *path);

/* Remove from a folder what a killed run has left of files it was writing. What someone is writing now stays. */
void os_remove_leftovers(const char *folder);

/* The names in a folder (without "." and ".."), sorted bytewise. */
enum status os_list(struct arena *arena, const char *path, char ***names, size_t *n, struct fault *fault);

/* Once, at the start of a command: from then on a write over the file-size limit is an error and not a signal. */
void os_setup(void);

/* From now on the interrupt key, or a polite request to end, is only remembered, once; the next one ends the program. */
void os_catch_interrupt(void);
bool os_interrupted(void);

/* A clock that only goes on, in milliseconds. */
uint64_t os_milliseconds(void);

/* True if the descriptor (1, 2) is a terminal that knows colours. */
bool os_terminal_is(int fd);

/* Write n bytes of whole characters to the descriptor (1, 2), at once. False: not all could be written. */
bool os_print(int fd, const char *text, size_t n);

/* Text files of this system begin with a byte order mark and end their lines with CR LF. */
extern const bool os_text_is_dos;

/* A stream for reading and writing that lies in memory; *lost, which must outlive it, becomes true when something that was written did not
 * fit. NULL: no memory, or this system has no such streams. */
FILE *os_memory_stream(bool *lost);

/* A file on disk without a name, for reading and writing, gone when it is closed. NULL: there is no room for one. */
FILE *os_temporary_file(void);
bool os_seek(FILE *file, uint64_t offset);          /* from its beginning */

#endif
