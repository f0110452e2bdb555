/* SPDX-License-Identifier: MIT */
/* shims: libxlsxwriter opens its output and its temporary files with functions that know ANSI names and folders only. The linker
 * gives it these instead (--wrap): all it ever opens are files in memory (os-windows.c). */
#include <errno.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "os.h"
#include "shims.h"

/* A file in memory by its name "descriptor:N", from its beginning. */
FILE *
__wrap_fopen64(const char *path, const char *mode)
{
    static const char name[] = "descriptor:";
    int fd = -1;
    char *end = "";
    if (strncmp(path, name, sizeof name - 1) == 0)
        fd = (int)strtol(path + sizeof name - 1, &end, 10);
    if (*end != '\0' || fd < 0 || (fd = _dup(fd)) < 0) {
        errno = ENOENT;
        return NULL;
    }
    if (_lseeki64(fd, 0, SEEK_SET) != 0 || (*mode == 'w' && _chsize_s(fd, 0) != 0)) {
        _close(fd);
        return NULL;
    }
    return _fdopen(fd, mode);
}

FILE *
__wrap_fopen(const char *path, const char *mode)
{
    return __wrap_fopen64(path, mode);
}

FILE *
__wrap_lxw_tmpfile(char *folder)
{
    char path[64];
    int fd = os_memory_file_new("", 0, path);
    (void)folder;
    return fd >= 0 ? _fdopen(fd, "w+b") : NULL;
}
