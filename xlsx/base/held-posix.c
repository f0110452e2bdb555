/* SPDX-License-Identifier: MIT */
/* held-posix: has another program a file open? No system call tells. LibreOffice puts a lock file ".~lock.NAME#" beside it, one line
 * "full name,user,host,time,profile;" (svl/source/misc/lockfilecommon.cxx), and leaves it behind when it is killed or the power fails:
 * a lock that this user made on this machine, where no LibreOffice of his is running, holds nothing. Whose processes run is read from
 * /proc; where there is none, every lock holds. */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "os.h"

enum { LONGEST_LOCK = 1024 };

/* The start of a file; how much. *mine: it is a regular file of this user. */
static size_t
read_start(int folder, const char *name, char *bytes, size_t room, bool *mine)
{
    struct stat st;
    int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    ssize_t n = fd >= 0 && fstat(fd, &st) == 0 ? read(fd, bytes, room - 1) : -1;
    *mine = n > 0 && S_ISREG(st.st_mode) && st.st_uid == getuid();
    if (fd >= 0)
        close(fd);
    bytes[n > 0 ? n : 0] = '\0';
    return n > 0 ? (size_t)n : 0;
}

/* Is the third field, where a comma in one has a backslash before it, the name of this machine, with or without its domain? */
static bool
made_here(const char *lock)
{
    char host[256];
    if (gethostname(host, sizeof host) != 0)
        return false;
    host[sizeof host - 1] = '\0';
    for (int commas = 0; commas < 2; lock++) {
        if (*lock == '\\' && lock[1] != '\0')
            lock++;
        else if (*lock == ',')
            commas++;
        if (*lock == '\0')
            return false;
    }
    size_t n = strcspn(host, ".");
    return n > 0 && strncmp(lock, host, n) == 0 && (lock[n] == ',' || lock[n] == '.');
}

/* True also when it cannot be told. */
static bool
office_runs(void)
{
    DIR *all = opendir("/proc");
    bool runs = false, told = false, mine;
    const struct dirent *entry;
    while (all != NULL && !runs && (entry = readdir(all)) != NULL) {
        char path[sizeof entry->d_name + sizeof "/comm"], name[32];
        snprintf(path, sizeof path, "%s/comm", entry->d_name);
        if (*entry->d_name < '1' || *entry->d_name > '9' || read_start(dirfd(all), path, name, sizeof name, &mine) == 0)
            continue;
        told = true;
        runs = mine && strcmp(name, "soffice.bin\n") == 0;
    }
    if (all != NULL)
        closedir(all);
    return runs || !told;
}

bool
os_file_held(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
    size_t room = strlen(path) + sizeof ".~lock.#";
    char *lock = malloc(room), line[LONGEST_LOCK];
    bool mine;
    if (lock == NULL)
        return false;
    snprintf(lock, room, "%.*s.~lock.%s#", (int)(name - path), path, name);
    bool held = os_file_exists(lock);
    if (held && read_start(AT_FDCWD, lock, line, sizeof line, &mine) > 0 && mine && made_here(line))
        held = office_runs();
    free(lock);
    return held;
}
