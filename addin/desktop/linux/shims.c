/* SPDX-License-Identifier: MIT */
/* shims: what the linker gives libxlsxwriter for opening its output and its temporary files (--wrap): memory, and nothing on a disk, so
 * that the program needs no /proc, as in a bare chroot, and no room in /tmp. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

FILE *__wrap_fopen64(const char *path, const char *mode);
FILE *__wrap_lxw_tmpfile(char *folder);

static FILE *
open_descriptor(int fd, const char *mode)
{
    FILE *file = fd >= 0 && lseek(fd, 0, SEEK_SET) == 0 ? fdopen(fd, mode) : NULL;
    if (file == NULL && fd >= 0)
        close(fd);
    return file;
}

/* A file in memory by the name that os_memory_file_new gave it. */
FILE *
__wrap_fopen64(const char *path, const char *mode)
{
    int fd, n = 0;
    if (sscanf(path, "/proc/self/fd/%d%n", &fd, &n) == 1 && path[n] == '\0')
        return open_descriptor(dup(fd), mode);
    errno = ENOENT;
    return NULL;
}

FILE *
__wrap_lxw_tmpfile(char *folder)
{
    (void)folder;
    return open_descriptor(memfd_create("nianbao", MFD_CLOEXEC), "w+b");
}
