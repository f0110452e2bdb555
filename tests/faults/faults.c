/* SPDX-License-Identifier: MIT */
/* faults: preloaded before a program to let one call of it fail that hardly ever does. FAULTS names what and which: "write:3" is the
 * third write to a file, "malloc:17+" the 17th request for memory and all after it. Calls of the C library inside itself are not seen. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t n);

/* Is this call of that kind the one to fail? */
static bool
fails(const char *kind)
{
    static atomic_long calls;
    const char *wanted = getenv("FAULTS");
    size_t n = strlen(kind);
    if (wanted == NULL || strncmp(wanted, kind, n) != 0 || wanted[n] != ':')
        return false;
    char *end;
    long which = strtol(wanted + n + 1, &end, 10), now = atomic_fetch_add(&calls, 1) + 1;
    return now == which || (*end == '+' && now > which);
}

/* The function of this name that the program would have called. */
static void *
real(const char *name)
{
    void *function = dlsym(RTLD_NEXT, name);
    if (function == NULL)
        abort();
    return function;
}

/* A function pointer from real(), which ISO C does not convert. */
#define REAL(declaration, name) \
    declaration; \
    void *name##_object = real(#name); \
    memcpy(&call, &name##_object, sizeof call)

void *
malloc(size_t n)
{
    return fails("malloc") ? (errno = ENOMEM, NULL) : __libc_malloc(n);
}

void *
calloc(size_t n, size_t size)
{
    return fails("malloc") ? (errno = ENOMEM, NULL) : __libc_calloc(n, size);
}

void *
realloc(void *old, size_t n)
{
    return fails("malloc") || fails("realloc") ? (errno = ENOMEM, NULL) : __libc_realloc(old, n);
}

ssize_t
write(int fd, const void *bytes, size_t n)
{
    REAL(ssize_t (*call)(int, const void *, size_t), write);
    return fd > 2 && fails("write") ? (errno = ENOSPC, -1) : call(fd, bytes, n);
}

int
fsync(int fd)
{
    REAL(int (*call)(int), fsync);
    return fails("fsync") ? (errno = EIO, -1) : call(fd);
}

int
rename(const char *from, const char *to)
{
    REAL(int (*call)(const char *, const char *), rename);
    return fails("rename") ? (errno = EACCES, -1) : call(from, to);
}

int
renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
    REAL(int (*call)(int, const char *, int, const char *, unsigned), renameat2);
    return fails("rename") ? (errno = EACCES, -1) : call(from_folder, from, to_folder, to, flags);
}

/* A file is made: open(2) under both of its names. */
#define OPEN(name) \
    int \
    name(const char *path, int flags, ...) \
    { \
        va_list arguments; \
        va_start(arguments, flags); \
        mode_t mode = flags & O_CREAT ? va_arg(arguments, mode_t) : 0; \
        va_end(arguments); \
        REAL(int (*call)(const char *, int, ...), name); \
        return flags & O_CREAT && fails("create") ? (errno = ENOSPC, -1) : call(path, flags, mode); \
    }

OPEN(open)
OPEN(open64)
