/* SPDX-License-Identifier: MIT */
/* os-posix: files and terminal by POSIX.1-2008, and two things of Linux: fopencookie(3) for streams in memory, and renameat2(2)
 * to put a new file in place without replacing one. Left out: owners, modes and attributes of replaced files, and syncing of the
 * folder after the rename (the old or the new file is there, whole, in either case). */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "limits.h"
#include "os.h"

const bool os_text_is_dos = false;

static enum status
read_fault(struct fault *fault, int error)
{
    bool denied = error == EACCES || error == EPERM;
    bool absent = error == ENOENT || error == ENOTDIR || error == ENAMETOOLONG || error == ELOOP;
    enum status status = denied ? STATUS_PERMISSION : absent ? STATUS_NOT_FOUND : error == ENOMEM ? STATUS_MEMORY : STATUS_UNSUPPORTED;
    bool said = denied || error == ENOENT || error == ENOMEM;       /* by the status alone */
    return fault_set(fault, status, "%s", said ? "" : strerror(error));
}

/* Read n bytes from the start of the file; false on an error (errno) or when the file is shorter (errno 0). */
static bool
read_all(int fd, unsigned char *bytes, size_t n)
{
    for (size_t done = 0; done < n;) {
        ssize_t got = pread(fd, bytes + done, n - done, (off_t)done);
        if (got == 0)
            errno = 0;
        if (got == 0 || (got < 0 && errno != EINTR))
            return false;
        if (got > 0)
            done += (size_t)got;
    }
    return true;
}

static bool
write_all(int fd, const unsigned char *bytes, size_t n)
{
    for (size_t done = 0; done < n;) {
        ssize_t put = write(fd, bytes + done, n - done);
        if (put < 0 && errno != EINTR)
            return false;
        if (put > 0)
            done += (size_t)put;
    }
    return true;
}

static enum status
read_open(struct arena *arena, int fd, unsigned char **bytes, size_t *n, struct fault *fault)
{
    struct stat st;
    if (fstat(fd, &st) != 0)
        return read_fault(fault, errno);
    if (!S_ISREG(st.st_mode))
        return fault_set(fault, STATUS_UNSUPPORTED, "not a regular file");
    if (st.st_size == 0)
        return fault_set(fault, STATUS_EMPTY, "%s", "");
    if ((size_t)st.st_size > LIMIT_FILE)
        return fault_set(fault, STATUS_TOO_BIG, "%zu bytes", (size_t)st.st_size);
    *n = (size_t)st.st_size;
    *bytes = arena_raw(arena, *n);
    if (*bytes == NULL)
        return fault_set(fault, STATUS_MEMORY, "%zu bytes", *n);
    if (read_all(fd, *bytes, *n))
        return STATUS_OK;
    return errno != 0 ? read_fault(fault, errno) : fault_set(fault, STATUS_TRUNCATED, "the file became shorter while it was read");
}

enum status
os_read_file(struct arena *arena, const char *path, unsigned char **bytes, size_t *n, struct fault *fault)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);      /* non-blocking: a FIFO opens at once and is refused */
    if (fd < 0)
        return read_fault(fault, errno);
    enum status status = read_open(arena, fd, bytes, n, fault);
    close(fd);
    return status;
}

/* Temporary files: ".nianbao-PROCESS-NUMBER.tmp", locked by flock(2) as long as someone writes them. */
static const char temporary_prefix[] = ".nianbao-", temporary_suffix[] = ".tmp";

/* Lock a new file. False: whoever removes leftovers was faster. Where there are no locks, nobody removes any. */
static bool
lock_temporary(int fd)
{
    struct stat st;
    return flock(fd, LOCK_EX) != 0 || fstat(fd, &st) != 0 || st.st_nlink > 0;
}

/* Create a new file beside `path` and put its name into `name` (room for the folder and 64 bytes more). */
static int
open_temporary(const char *path, char *name)
{
    const char *slash = strrchr(path, '/');
    size_t folder = slash != NULL ? (size_t)(slash - path) + 1 : 0;
    memcpy(name, path, folder);
    int fd = -1;
    for (unsigned i = 0; i < 1000 && fd < 0; i++) {
        snprintf(name + folder, 64, "%s%ld-%u%s", temporary_prefix, (long)getpid(), i, temporary_suffix);
        fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd < 0 && errno != EEXIST)
            break;
        if (fd >= 0 && !lock_temporary(fd)) {
            close(fd);
            fd = -1;
        }
    }
    return fd;
}

/* Give the finished file its name. Where the file system cannot refuse to replace (NFS), a hard link does. */
static bool
put_in_place(const char *temporary, const char *path, bool replace)
{
    struct stat st;
    if (replace && stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
        errno = S_ISDIR(st.st_mode) ? EISDIR : EPERM;       /* rename(2) would replace a device */
        return false;
    }
    if (replace)
        return rename(temporary, path) == 0;
    if (renameat2(AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
        return true;
    return (errno == EINVAL || errno == ENOSYS) && link(temporary, path) == 0 && unlink(temporary) == 0;
}

static bool
write_pieces(int fd, bool (*next)(void *context, const void **bytes, size_t *n), void *context)
{
    const void *bytes = NULL;
    size_t n = 0;
    do {
        if (!next(context, &bytes, &n)) {
            errno = EIO;
            return false;
        }
        if (!write_all(fd, bytes, n))
            return false;
    } while (n > 0);
    return true;
}

enum status
os_write_pieces(const char *path, bool (*next)(void *context, const void **bytes, size_t *n), void *context, bool replace, bool *exists,
                struct fault *fault)
{
    if (exists != NULL)
        *exists = false;
    char *temporary = malloc(strlen(path) + 64);
    if (temporary == NULL)
        return fault_set(fault, STATUS_MEMORY, "%s", "");
    int fd = open_temporary(path, temporary);
    bool written = fd >= 0 && write_pieces(fd, next, context) && fsync(fd) == 0, ok = written && put_in_place(temporary, path, replace);
    int error = errno;
    if (written && exists != NULL)
        *exists = !ok && error == EEXIST && !replace;
    if (fd >= 0 && !ok)
        unlink(temporary);
    if (fd >= 0)
        close(fd);                                          /* last: it ends the lock; what it could lose is on the disk already */
    free(temporary);
    return ok ? STATUS_OK : fault_set(fault, STATUS_OUTPUT, "%s", strerror(error));
}

bool
os_file_exists(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0;
}

bool
os_is_directory(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool
os_remove_file(const char *path)
{
    return unlink(path) == 0 || errno == ENOENT;
}

bool
os_make_folders(const char *path)
{
    char *part = strdup(path);
    if (part == NULL)
        return false;
    for (char *slash = strchr(part + (*part == '/'), '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(part, 0777);                                  /* what fails here fails at the end too */
        *slash = '/';
    }
    mkdir(part, 0777);
    free(part);
    return os_is_directory(path);
}

bool
os_identify(const char *path, struct os_id *id)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return false;
    *id = (struct os_id){ (uint64_t)st.st_dev, (uint64_t)st.st_ino };
    return true;
}

int64_t
os_modified(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 ? (int64_t)st.st_mtime : 0;
}

static bool
is_temporary(const char *name)
{
    size_t n = strlen(name), prefix = sizeof temporary_prefix - 1, suffix = sizeof temporary_suffix - 1;
    return n > prefix + suffix && strncmp(name, temporary_prefix, prefix) == 0 && strcmp(name + n - suffix, temporary_suffix) == 0;
}

/* Remove a temporary file that nobody has locked and that has no other name. */
static void
remove_leftover(int folder, const char *name)
{
    int fd = openat(folder, name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    struct stat opened, there;
    if (fd < 0)
        return;
    if (flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &opened) == 0 && fstatat(folder, name, &there, AT_SYMLINK_NOFOLLOW) == 0 &&
        S_ISREG(opened.st_mode) && opened.st_nlink == 1 && opened.st_ino == there.st_ino && opened.st_dev == there.st_dev)
        unlinkat(folder, name, 0);
    close(fd);
}

void
os_remove_leftovers(const char *path)
{
    DIR *folder = opendir(path);
    if (folder == NULL)
        return;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
        if (is_temporary(entry->d_name))
            remove_leftover(dirfd(folder), entry->d_name);
    closedir(folder);
}

static int
compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static enum status
list_open(struct arena *arena, DIR *folder, char ***names, size_t *n, struct fault *fault)
{
    size_t cap = 0;
    *names = NULL;
    *n = 0;
    for (;;) {
        errno = 0;
        struct dirent *entry = readdir(folder);
        if (entry == NULL && errno != 0)
            return read_fault(fault, errno);
        if (entry == NULL)
            break;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        char *name = arena_copy(arena, entry->d_name);
        if (name == NULL || !arena_room(arena, names, *n, &cap, sizeof **names))
            return fault_set(fault, STATUS_MEMORY, "%s", "");
        (*names)[(*n)++] = name;
    }
    if (*n > 0)
        qsort(*names, *n, sizeof **names, compare_names);
    return STATUS_OK;
}

enum status
os_list(struct arena *arena, const char *path, char ***names, size_t *n, struct fault *fault)
{
    DIR *folder = opendir(path);
    if (folder == NULL)
        return read_fault(fault, errno);
    enum status status = list_open(arena, folder, names, n, fault);
    closedir(folder);
    return status;
}

void
os_setup(void)
{
    signal(SIGXFSZ, SIG_IGN);
}

/* The one thing here that changes and is not passed down: a handler has no argument. */
static atomic_bool interrupted;

static void
note_interrupt(int number)
{
    (void)number;
    interrupted = true;
}

void
os_catch_interrupt(void)
{
    static const int signals[] = { SIGINT, SIGTERM };
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct sigaction action = { .sa_handler = note_interrupt, .sa_flags = (int)(SA_RESETHAND | SA_RESTART) }, before;
        sigemptyset(&action.sa_mask);
        if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(signals[i], &action, NULL);
    }
}

bool
os_interrupted(void)
{
    return interrupted;
}

uint64_t
os_milliseconds(void)
{
    struct timespec now = { 0 };
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

bool
os_terminal_is(int fd)
{
    return isatty(fd) == 1;
}

bool
os_print(int fd, const char *text, size_t n)
{
    return write_all(fd, (const unsigned char *)text, n);
}

/* -- a stream in memory (fopencookie(3)) -- */

struct memory {
    char *bytes; size_t n, room, at;
    bool *lost;
};

static ssize_t
memory_read(void *cookie, char *out, size_t n)
{
    struct memory *memory = cookie;
    size_t left = memory->at < memory->n ? memory->n - memory->at : 0;
    if (n > left)
        n = left;
    if (n > 0)
        memcpy(out, memory->bytes + memory->at, n);
    memory->at += n;
    return (ssize_t)n;
}

/* Within what is there already, or behind it. */
static ssize_t
memory_write(void *cookie, const char *bytes, size_t n)
{
    struct memory *memory = cookie;
    if (n > memory->room - memory->at) {
        size_t room = n <= SIZE_MAX / 4 && memory->at <= SIZE_MAX / 4 ? 2 * (memory->at + n) : 0;
        char *grown = room > 0 ? realloc(memory->bytes, room) : NULL;
        if (grown == NULL) {
            *memory->lost = true;
            return 0;
        }
        memory->bytes = grown;
        memory->room = room;
    }
    memcpy(memory->bytes + memory->at, bytes, n);
    memory->at += n;
    memory->n = memory->at > memory->n ? memory->at : memory->n;
    return (ssize_t)n;
}

static int
memory_seek(void *cookie, off64_t *offset, int whence)
{
    struct memory *memory = cookie;
    off64_t from = whence == SEEK_CUR ? (off64_t)memory->at : whence == SEEK_END ? (off64_t)memory->n : 0;
    if (*offset < -from || *offset > (off64_t)memory->n - from)
        return -1;
    *offset += from;
    memory->at = (size_t)*offset;
    return 0;
}

static int
memory_close(void *cookie)
{
    struct memory *memory = cookie;
    free(memory->bytes);
    free(memory);
    return 0;
}

FILE *
os_memory_stream(bool *lost)
{
    static const cookie_io_functions_t functions = { memory_read, memory_write, memory_seek, memory_close };
    struct memory *memory = calloc(1, sizeof *memory);
    FILE *file = memory != NULL ? fopencookie(memory, "w+", functions) : NULL;
    if (file == NULL)
        free(memory);
    else
        memory->lost = lost;
    return file;
}

FILE *
os_temporary_file(void)
{
    return tmpfile();
}

bool
os_seek(FILE *file, uint64_t offset)
{
    return offset <= INT64_MAX && fseeko(file, (off_t)offset, SEEK_SET) == 0;
}
