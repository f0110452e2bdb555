/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "limits.h"
#include "os.h"
#include "test.h"

/* Runs in a new folder that is removed at the end. */
static enum status
read_status(struct arena *arena, const char *path)
{
    unsigned char *bytes;
    size_t n;
    return os_read_file(arena, path, &bytes, &n, NULL);
}

static void
reading(struct arena *arena)
{
    CHECK_INT(read_status(arena, "none"), STATUS_NOT_FOUND);
    CHECK_INT(read_status(arena, "none/none"), STATUS_NOT_FOUND);
    struct fault fault = { .where = "?" };
    unsigned char *bytes;
    size_t n;
    CHECK_INT(os_read_file(arena, "none", &bytes, &n, &fault), STATUS_NOT_FOUND);
    CHECK_STR(fault.where, "");
    CHECK_INT(os_read_file(arena, "/dev/null/none", &bytes, &n, &fault), STATUS_NOT_FOUND);
    CHECK_STR(fault.where, "Not a directory");
    CHECK_INT(read_status(arena, "."), STATUS_UNSUPPORTED);
    CHECK_INT(read_status(arena, "/dev/zero"), STATUS_UNSUPPORTED);
    CHECK_INT(mkfifo("fifo", 0600), 0);
    CHECK_INT(read_status(arena, "fifo"), STATUS_UNSUPPORTED);
    CHECK_INT(os_write_file("empty", "", 0, false, NULL, NULL), STATUS_OK);
    CHECK_INT(read_status(arena, "empty"), STATUS_EMPTY);
    CHECK_INT(truncate("empty", (off_t)LIMIT_FILE + 1), 0);
    CHECK_INT(read_status(arena, "empty"), STATUS_TOO_BIG);
    CHECK_INT(truncate("empty", (off_t)LIMIT_FILE), 0);
    CHECK_INT(read_status(arena, "empty"), STATUS_MEMORY);
    CHECK_INT(chmod("empty", 0), 0);
    CHECK_INT(read_status(arena, "empty"), geteuid() == 0 ? STATUS_MEMORY : STATUS_PERMISSION);
    CHECK(os_remove_file("fifo") && os_remove_file("empty") && os_remove_file("none"));
}

/* A lock that LibreOffice left behind, its user and machine as given. */
static bool
held_by(const char *user, const char *host)
{
    char line[512];
    int n = snprintf(line, sizeof line, "%s,%s,%s,22.11.2026 10:00,file:///home/x/.config/libreoffice/4;", user, user, host);
    CHECK_INT(os_write_file(".~lock.年报.txt#", line, (size_t)n, true, NULL, NULL), STATUS_OK);
    return os_file_held("年报.txt");
}

static void
stale_lock(void)
{
    char host[256], name[16];
    CHECK(gethostname(host, sizeof host) == 0 && prctl(PR_GET_NAME, name) == 0);
    bool office = system("pgrep -xu \"$(id -u)\" soffice.bin >/dev/null") == 0;
    CHECK(office || !held_by("a\\,b", host));
    CHECK(held_by("a\\,b", "elsewhere") && held_by("a,b", host) && held_by("a", ""));
    CHECK_INT(prctl(PR_SET_NAME, "soffice.bin"), 0);
    CHECK(held_by("a\\,b", host));
    CHECK_INT(prctl(PR_SET_NAME, name), 0);
    CHECK(os_remove_file(".~lock.年报.txt#"));
}

static void
writing(struct arena *arena)
{
    unsigned char *bytes;
    size_t n;
    bool exists;
    CHECK_INT(os_write_file("年报.txt", "old", 3, false, &exists, NULL), STATUS_OK);
    CHECK(!exists && os_file_exists("年报.txt") && !os_is_directory("年报.txt"));
    CHECK_INT(os_write_file("年报.txt", "new", 3, false, &exists, NULL), STATUS_OUTPUT);
    CHECK(exists);
    CHECK_INT(os_read_file(arena, "年报.txt", &bytes, &n, NULL), STATUS_OK);
    CHECK(n == 3 && memcmp(bytes, "old", 3) == 0);
    CHECK_INT(os_write_file("./年报.txt", "new", 3, true, &exists, NULL), STATUS_OK);
    CHECK_INT(os_read_file(arena, "年报.txt", &bytes, &n, NULL), STATUS_OK);
    CHECK(!exists && n == 3 && memcmp(bytes, "new", 3) == 0);

    CHECK(!os_file_held("年报.txt") && !os_file_held("./年报.txt"));
    CHECK_INT(os_write_file(".~lock.年报.txt#", "x", 1, false, NULL, NULL), STATUS_OK);       /* LibreOffice's */
    CHECK(os_file_held("年报.txt") && os_file_held("./年报.txt"));
    CHECK(os_remove_file(".~lock.年报.txt#"));
    stale_lock();

    CHECK_INT(os_write_file("none/x", "x", 1, true, &exists, NULL), STATUS_OUTPUT);
    CHECK(!exists);
    CHECK_INT(os_write_file(".", "x", 1, true, NULL, NULL), STATUS_OUTPUT);

    static unsigned char big[100000];                           /* a full disk: the old file stays, nothing else appears */
    struct rlimit limit, small;
    os_setup();
    CHECK_INT(getrlimit(RLIMIT_FSIZE, &limit), 0);
    small = limit;
    small.rlim_cur = 50000;
    CHECK_INT(setrlimit(RLIMIT_FSIZE, &small), 0);
    CHECK_INT(os_write_file("年报.txt", big, sizeof big, true, NULL, NULL), STATUS_OUTPUT);
    CHECK_INT(setrlimit(RLIMIT_FSIZE, &limit), 0);
    CHECK_INT(os_read_file(arena, "年报.txt", &bytes, &n, NULL), STATUS_OK);
    CHECK(n == 3 && memcmp(bytes, "new", 3) == 0);
}

static void
listing(struct arena *arena)
{
    static const char *const want[] = { "A", "a", "é", "年报.txt" };
    char **names;
    size_t n;
    CHECK_INT(os_write_file("é", "x", 1, true, NULL, NULL), STATUS_OK);
    CHECK_INT(os_write_file("a", "x", 1, true, NULL, NULL), STATUS_OK);
    CHECK_INT(mkdir("A", 0700), 0);
    CHECK(os_is_directory("A") && os_file_exists("A"));
    CHECK_INT(os_list(arena, "A", &names, &n, NULL), STATUS_OK);
    CHECK_INT(n, 0);
    CHECK_INT(os_list(arena, ".", &names, &n, NULL), STATUS_OK);
    CHECK_INT(n, 4);
    for (size_t i = 0; i < n && i < 4; i++)
        CHECK_STR(names[i], want[i]);
    CHECK_INT(os_list(arena, "a", &names, &n, NULL), STATUS_NOT_FOUND);
    CHECK(!os_remove_file("A"));
    CHECK(os_remove_file("a") && os_remove_file("é") && os_remove_file("年报.txt") && rmdir("A") == 0);
}

/* What a killed run has left goes; what is being written, or is called otherwise, or is no file of its own, stays. */
static void
leftovers(void)
{
    static const char *const stay[] = { ".nianbao.tmp", ".nianbao-1-0.tm", "nianbao-1-0.tmp", ".nianbao-1-9.tmp", ".nianbao-1-8.tmp", "x" };
    CHECK_INT(os_write_file(".nianbao-1-0.tmp", "x", 1, true, NULL, NULL), STATUS_OK);
    for (size_t i = 0; i < 3; i++)
        CHECK_INT(os_write_file(stay[i], "x", 1, true, NULL, NULL), STATUS_OK);
    CHECK_INT(os_write_file("x", "x", 1, true, NULL, NULL), STATUS_OK);
    CHECK(link("x", ".nianbao-1-9.tmp") == 0 && mkdir(".nianbao-1-8.tmp", 0700) == 0);
    int fd = open(".nianbao-1-7.tmp", O_WRONLY | O_CREAT, 0600);
    CHECK(fd >= 0 && flock(fd, LOCK_EX) == 0);
    os_remove_leftovers("nowhere");
    os_remove_leftovers(".");
    CHECK(!os_file_exists(".nianbao-1-0.tmp"));
    CHECK(os_file_exists(".nianbao-1-7.tmp"));
    for (size_t i = 0; i < sizeof stay / sizeof *stay; i++)
        CHECK(os_file_exists(stay[i]));
    close(fd);
    os_remove_leftovers(".");
    CHECK(!os_file_exists(".nianbao-1-7.tmp"));
    for (size_t i = 0; i < sizeof stay / sizeof *stay; i++)
        CHECK(os_remove_file(stay[i]) || rmdir(stay[i]) == 0);
}

static void
clocks(void)
{
    struct timespec times[2] = { { .tv_sec = 1000000000 }, { .tv_sec = 1000000000 } };
    uint64_t before = os_milliseconds();
    CHECK_INT(os_write_file("x", "x", 1, true, NULL, NULL), STATUS_OK);
    CHECK_INT(utimensat(AT_FDCWD, "x", times, 0), 0);
    CHECK_INT(os_modified("x"), 1000000000);
    CHECK_INT(os_modified("none"), 0);
    CHECK(os_remove_file("x") && os_milliseconds() >= before);
}

static void
memory_streams(void)
{
    char bytes[100000], back[100000];
    bool lost = false;
    FILE *file = os_memory_stream(&lost);
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 7 / 3);
    CHECK(file != NULL && fwrite(bytes, 1, sizeof bytes, file) == sizeof bytes && fflush(file) == 0);
    CHECK(fseek(file, 4, SEEK_SET) == 0 && fputs("def", file) >= 0 && fseek(file, 0, SEEK_END) == 0 && ftell(file) == sizeof bytes);
    rewind(file);
    memcpy(bytes + 4, "def", 3);
    CHECK(fread(back, 1, sizeof back, file) == sizeof back && memcmp(bytes, back, sizeof back) == 0);
    CHECK(fgetc(file) == EOF && feof(file) && fseek(file, 1, SEEK_END) != 0 && fclose(file) == 0 && !lost);
}

int
main(void)
{
    char folder[] = "/tmp/nianbao-test-XXXXXX";
    if (mkdtemp(folder) == NULL || chdir(folder) != 0)
        return 2;
    struct arena *arena = arena_new(1 << 20);
    reading(arena);
    writing(arena);
    listing(arena);
    leftovers();
    clocks();
    memory_streams();
    arena_free(arena);
    CHECK_INT(rmdir(folder), 0);
    return test_summary();
}
