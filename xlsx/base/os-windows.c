/* SPDX-License-Identifier: MIT */
/* os-windows: files and terminal by the Win32 API of Windows 7. UTF-8 and '/' inside, UTF-16 at the edge; every path is made
 * absolute and given the prefix \\?\, so that it may be longer than 260 characters. Files that another program has open are read
 * all the same. A file in memory is a temporary file without a second opener, gone when its descriptor is closed; what Windows
 * keeps of it in memory it seldom writes out. Left out: names that are not UTF-16, attributes and owners of replaced files, and
 * file systems without file numbers (there every file is taken for the same, which protects them all). */
#include "limits.h"
#include "os.h"

/* Behind our headers: its FILE_UNKNOWN is a macro. */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    CONSOLE_UNITS = 8000,               /* of one write: old consoles refuse more than 64 KB */
    PIECE = 1 << 24,                    /* bytes of one read or write */
    PLACE_TRIES = 5, PLACE_WAIT = 40,   /* a virus scanner may hold a new file for a moment: milliseconds, growing */
    SHARE_ALL = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE
};

const bool os_text_is_dos = true;

/* -- names -- */

static wchar_t *
wide(const char *s, int n)
{
    int units = MultiByteToWideChar(CP_UTF8, 0, s, n, NULL, 0);
    wchar_t *out = units > 0 ? malloc((size_t)units * sizeof *out) : NULL;
    if (out != NULL)
        MultiByteToWideChar(CP_UTF8, 0, s, n, out, units);
    return out;
}

/* The absolute path with its prefix, from malloc: C:\a → \\?\C:\a, \\server\share → \\?\UNC\server\share. NULL: no memory, or no
 * path at all (last error). */
static wchar_t *
wide_path(const char *path)
{
    enum { PREFIX = 8 };
    wchar_t *given = wide(path, -1), *out = NULL;
    DWORD room = given != NULL ? GetFullPathNameW(given, 0, NULL, NULL) : 0;
    if (room > 0)
        out = malloc((room + PREFIX) * sizeof *out);
    DWORD n = out != NULL ? GetFullPathNameW(given, room, out + PREFIX, NULL) : 0;
    free(given);
    if (n == 0 || n >= room) {
        free(out);
        return NULL;
    }
    const wchar_t *full = out + PREFIX, *prefix = L"\\\\?\\";
    if (full[0] == L'\\' && full[1] == L'\\') {
        bool device = (full[2] == L'?' || full[2] == L'.') && full[3] == L'\\';
        prefix = device ? L"" : L"\\\\?\\UNC\\";
        full += device ? 0 : 2;
    }
    size_t length = wcslen(prefix);
    memmove(out + length, full, (wcslen(full) + 1) * sizeof *out);
    memcpy(out, prefix, length * sizeof *out);
    return out;
}

/* Open by UTF-8 name; folders too. INVALID_HANDLE_VALUE and the last error on failure. */
static HANDLE
open_path(const char *path, DWORD access, DWORD share)
{
    wchar_t *name = wide_path(path);
    HANDLE file = INVALID_HANDLE_VALUE;
    if (name != NULL)
        file = CreateFileW(name, access, share, NULL, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
    DWORD error = GetLastError();
    free(name);
    SetLastError(error);
    return file;
}

static DWORD
attributes(const char *path)
{
    wchar_t *name = wide_path(path);
    DWORD found = name != NULL ? GetFileAttributesW(name) : INVALID_FILE_ATTRIBUTES;
    free(name);
    return found;
}

/* -- errors -- */

/* What Windows says of an error, in its user's language. */
static enum status
error_fault(struct fault *fault, enum status status, DWORD error)
{
    wchar_t said[160];
    char out[480];
    DWORD n = FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS | FORMAT_MESSAGE_MAX_WIDTH_MASK, NULL, error, 0,
        said, sizeof said / sizeof *said, NULL);
    while (n > 0 && (said[n - 1] == L' ' || said[n - 1] == L'.' || said[n - 1] == L'。'))
        n--;
    int bytes = n > 0 ? WideCharToMultiByte(CP_UTF8, 0, said, (int)n, out, sizeof out, NULL, NULL) : 0;
    if (bytes == 0)
        return fault_set(fault, status, "Windows error %lu", error);
    return fault_set(fault, status, "%.*s", bytes, out);
}

static enum status
read_fault(struct fault *fault, DWORD error)
{
    switch (error) {
    case ERROR_FILE_NOT_FOUND:
        return fault_set(fault, STATUS_NOT_FOUND, "%s", "");
    case ERROR_ACCESS_DENIED:
        return fault_set(fault, STATUS_PERMISSION, "%s", "");
    case ERROR_NOT_ENOUGH_MEMORY: case ERROR_OUTOFMEMORY:
        return fault_set(fault, STATUS_MEMORY, "%s", "");
    case ERROR_SHARING_VIOLATION: case ERROR_LOCK_VIOLATION:
        if (fault != NULL)
            fault->held = true;
        return fault_set(fault, STATUS_PERMISSION, "%s", "");
    case ERROR_NETWORK_ACCESS_DENIED:
        return error_fault(fault, STATUS_PERMISSION, error);
    case ERROR_PATH_NOT_FOUND: case ERROR_INVALID_NAME: case ERROR_INVALID_DRIVE: case ERROR_BAD_NETPATH: case ERROR_BAD_NET_NAME:
    case ERROR_FILENAME_EXCED_RANGE: case ERROR_NOT_READY: case ERROR_DIRECTORY: case ERROR_BAD_PATHNAME:
        return error_fault(fault, STATUS_NOT_FOUND, error);
    default:
        return error_fault(fault, STATUS_UNSUPPORTED, error);
    }
}

/* -- whole files -- */

/* Read n bytes; false on an error (last error) or when the file is shorter (0). */
static bool
read_all(HANDLE file, unsigned char *bytes, size_t n)
{
    for (size_t done = 0; done < n;) {
        DWORD got = 0;
        if (!ReadFile(file, bytes + done, n - done < PIECE ? (DWORD)(n - done) : PIECE, &got, NULL))
            return false;
        if (got == 0) {
            SetLastError(ERROR_SUCCESS);
            return false;
        }
        done += got;
    }
    return true;
}

static bool
write_all(HANDLE file, const void *bytes, size_t n)
{
    for (size_t done = 0; done < n;) {
        DWORD put = 0;
        if (!WriteFile(file, (const char *)bytes + done, n - done < PIECE ? (DWORD)(n - done) : PIECE, &put, NULL))
            return false;
        done += put;
    }
    return true;
}

static enum status
read_open(struct arena *arena, HANDLE file, unsigned char **bytes, size_t *n, struct fault *fault)
{
    BY_HANDLE_FILE_INFORMATION info;
    if (GetFileType(file) != FILE_TYPE_DISK)
        return fault_set(fault, STATUS_UNSUPPORTED, "not a regular file");
    if (!GetFileInformationByHandle(file, &info))
        return read_fault(fault, GetLastError());
    if ((info.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0)
        return fault_set(fault, STATUS_UNSUPPORTED, "not a regular file");
    uint64_t size = (uint64_t)info.nFileSizeHigh << 32 | info.nFileSizeLow;
    if (size == 0)
        return fault_set(fault, STATUS_EMPTY, "%s", "");
    if (size > LIMIT_FILE)
        return fault_set(fault, STATUS_TOO_BIG, "%llu bytes", (unsigned long long)size);
    *n = (size_t)size;
    *bytes = arena_raw(arena, *n);
    if (*bytes == NULL)
        return fault_set(fault, STATUS_MEMORY, "%zu bytes", *n);
    if (read_all(file, *bytes, *n))
        return STATUS_OK;
    DWORD error = GetLastError();
    return error != 0 ? read_fault(fault, error) : fault_set(fault, STATUS_TRUNCATED, "the file became shorter while it was read");
}

enum status
os_read_file(struct arena *arena, const char *path, unsigned char **bytes, size_t *n, struct fault *fault)
{
    HANDLE file = open_path(path, GENERIC_READ, SHARE_ALL);
    if (file == INVALID_HANDLE_VALUE)
        return read_fault(fault, GetLastError());
    enum status status = read_open(arena, file, bytes, n, fault);
    CloseHandle(file);
    return status;
}

/* What the names of temporary files begin with: ".nianbao-PROCESS-NUMBER.tmp". */
static const wchar_t TEMPORARY[] = L".nianbao-";

/* Create a new file in `folder` ("" or ending in a backslash) and put its name into `name` (room for 64 units more). */
static HANDLE
open_temporary(const wchar_t *folder, size_t nfolder, wchar_t *name, DWORD access, DWORD flags)
{
    HANDLE file = INVALID_HANDLE_VALUE;
    memcpy(name, folder, nfolder * sizeof *name);
    for (unsigned i = 0; i < 1000 && file == INVALID_HANDLE_VALUE; i++) {
        _snwprintf(name + nfolder, 64, L"%ls%lu-%u.tmp", TEMPORARY, GetCurrentProcessId(), i);
        file = CreateFileW(name, access, 0, NULL, CREATE_NEW, flags, NULL);
        if (file == INVALID_HANDLE_VALUE && GetLastError() != ERROR_FILE_EXISTS)
            break;
    }
    return file;
}

/* Why the file there cannot be replaced: 0 when it can, or is none. */
static DWORD
lock_error(const wchar_t *name)
{
    DWORD found = GetFileAttributesW(name);
    if (found == INVALID_FILE_ATTRIBUTES || (found & FILE_ATTRIBUTE_DIRECTORY) != 0)
        return 0;
    HANDLE file = CreateFileW(name, DELETE | GENERIC_WRITE, SHARE_ALL, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return GetLastError();
    CloseHandle(file);
    return 0;
}

/* Give the finished file its name; 0 or the error. */
static DWORD
put_in_place(const wchar_t *temporary, const wchar_t *name, bool replace)
{
    DWORD flags = MOVEFILE_WRITE_THROUGH | (replace ? MOVEFILE_REPLACE_EXISTING : 0), error = 0;
    for (DWORD i = 0; i < PLACE_TRIES; i++) {
        if (MoveFileExW(temporary, name, flags))
            return 0;
        error = GetLastError();
        if (error != ERROR_SHARING_VIOLATION && error != ERROR_ACCESS_DENIED)
            break;
        Sleep(i * PLACE_WAIT);
    }
    return error;
}

static bool
write_pieces(HANDLE file, bool (*next)(void *context, const void **bytes, size_t *n), void *context)
{
    const void *bytes = NULL;
    size_t n = 0;
    do {
        if (!next(context, &bytes, &n)) {
            SetLastError(ERROR_READ_FAULT);
            return false;
        }
        if (!write_all(file, bytes, n))
            return false;
    } while (n > 0);
    return true;
}

/* Write to a temporary file beside `name` and rename it; 0 or the error. */
static DWORD
write_in_place(const wchar_t *name, wchar_t *temporary, bool (*next)(void *context, const void **bytes, size_t *n), void *context, bool replace)
{
    const wchar_t *slash = wcsrchr(name, L'\\');
    size_t folder = slash != NULL ? (size_t)(slash - name) + 1 : 0;
    HANDLE file = open_temporary(name, folder, temporary, GENERIC_WRITE, FILE_ATTRIBUTE_NORMAL);
    if (file == INVALID_HANDLE_VALUE)
        return GetLastError();
    bool ok = write_pieces(file, next, context) && FlushFileBuffers(file);
    DWORD error = ok ? 0 : GetLastError();
    if (!CloseHandle(file) && ok)
        error = GetLastError();
    if (error == 0)
        error = put_in_place(temporary, name, replace);
    if (error != 0)
        DeleteFileW(temporary);
    return error;
}

enum status
os_write_pieces(const char *path, bool (*next)(void *context, const void **bytes, size_t *n), void *context, bool replace, bool *exists,
                struct fault *fault)
{
    wchar_t *name = wide_path(path);
    wchar_t *temporary = name != NULL ? malloc((wcslen(name) + 64) * sizeof *temporary) : NULL;
    DWORD error = temporary != NULL ? write_in_place(name, temporary, next, context, replace) : ERROR_NOT_ENOUGH_MEMORY;
    if (exists != NULL)
        *exists = error != 0 && (replace ? lock_error(name) != 0 : error == ERROR_ALREADY_EXISTS || error == ERROR_FILE_EXISTS);
    free(temporary);
    free(name);
    return error == 0 ? STATUS_OK : error_fault(fault, STATUS_OUTPUT, error);
}

/* -- folders and identity -- */

bool
os_file_exists(const char *path)
{
    return attributes(path) != INVALID_FILE_ATTRIBUTES;
}

bool
os_file_held(const char *path)
{
    wchar_t *name = wide_path(path);
    DWORD error = name != NULL ? lock_error(name) : 0;
    free(name);
    return error == ERROR_SHARING_VIOLATION || error == ERROR_LOCK_VIOLATION;
}

bool
os_is_directory(const char *path)
{
    DWORD found = attributes(path);
    return found != INVALID_FILE_ATTRIBUTES && (found & FILE_ATTRIBUTE_DIRECTORY) != 0;
}

bool
os_remove_file(const char *path)
{
    wchar_t *name = wide_path(path);
    bool gone = name != NULL && (DeleteFileW(name) || GetLastError() == ERROR_FILE_NOT_FOUND || GetLastError() == ERROR_PATH_NOT_FOUND);
    free(name);
    return gone;
}

bool
os_make_folders(const char *path)
{
    wchar_t *name = wide_path(path);
    if (name == NULL)
        return false;
    for (wchar_t *slash = wcschr(name, L'\\'); slash != NULL; slash = wcschr(slash + 1, L'\\')) {
        *slash = L'\0';
        CreateDirectoryW(name, NULL);                       /* what fails here fails at the end too */
        *slash = L'\\';
    }
    CreateDirectoryW(name, NULL);
    free(name);
    return os_is_directory(path);
}

bool
os_identify(const char *path, struct os_id *id)
{
    HANDLE file = open_path(path, FILE_READ_ATTRIBUTES, SHARE_ALL);
    BY_HANDLE_FILE_INFORMATION info;
    if (file == INVALID_HANDLE_VALUE)
        return false;
    bool ok = GetFileInformationByHandle(file, &info);
    CloseHandle(file);
    if (ok)
        *id = (struct os_id){ info.dwVolumeSerialNumber, (uint64_t)info.nFileIndexHigh << 32 | info.nFileIndexLow };
    return ok;
}

int64_t
os_modified(const char *path)
{
    WIN32_FILE_ATTRIBUTE_DATA data;
    wchar_t *name = wide_path(path);
    bool ok = name != NULL && GetFileAttributesExW(name, GetFileExInfoStandard, &data);
    free(name);
    int64_t ticks = ok ? (int64_t)data.ftLastWriteTime.dwHighDateTime << 32 | data.ftLastWriteTime.dwLowDateTime : 0;
    return ok ? ticks / 10000000 - 11644473600 : 0;         /* 100 ns since 1601 */
}

/* Is the process that made this temporary file still there? A file being written cannot be removed in any case. */
static bool
maker_runs(const wchar_t *name)
{
    DWORD id = wcstoul(name + wcslen(TEMPORARY), NULL, 10);
    HANDLE process = OpenProcess(SYNCHRONIZE, FALSE, id);
    if (process == NULL)
        return GetLastError() != ERROR_INVALID_PARAMETER;
    bool runs = WaitForSingleObject(process, 0) == WAIT_TIMEOUT;
    CloseHandle(process);
    return runs;
}

void
os_remove_leftovers(const char *path)
{
    wchar_t *folder = wide_path(path);
    size_t n = folder != NULL ? wcslen(folder) : 0, room = n + MAX_PATH + 2;
    wchar_t *name = folder != NULL ? malloc(room * sizeof *name) : NULL;
    WIN32_FIND_DATAW entry;
    HANDLE search = INVALID_HANDLE_VALUE;
    const wchar_t *slash = n > 0 && folder[n - 1] == L'\\' ? L"" : L"\\";
    if (name != NULL) {
        _snwprintf(name, room, L"%ls%ls%ls*.tmp", folder, slash, TEMPORARY);
        search = FindFirstFileW(name, &entry);
    }
    for (bool more = search != INVALID_HANDLE_VALUE; more; more = FindNextFileW(search, &entry)) {
        _snwprintf(name, room, L"%ls%ls%ls", folder, slash, entry.cFileName);
        if (!maker_runs(entry.cFileName))
            DeleteFileW(name);
    }
    if (search != INVALID_HANDLE_VALUE)
        FindClose(search);
    free(name);
    free(folder);
}

static int
compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *
narrow(struct arena *arena, const wchar_t *s)
{
    int n = WideCharToMultiByte(CP_UTF8, 0, s, -1, NULL, 0, NULL, NULL);
    char *out = n > 0 ? arena_alloc(arena, (size_t)n) : NULL;
    if (out != NULL)
        WideCharToMultiByte(CP_UTF8, 0, s, -1, out, n, NULL, NULL);
    return out;
}

static enum status
list_open(struct arena *arena, HANDLE search, WIN32_FIND_DATAW *entry, char ***names, size_t *n, struct fault *fault)
{
    size_t cap = 0;
    *names = NULL;
    *n = 0;
    do {
        if (wcscmp(entry->cFileName, L".") == 0 || wcscmp(entry->cFileName, L"..") == 0)
            continue;
        char *name = narrow(arena, entry->cFileName);
        if (name == NULL || !arena_room(arena, names, *n, &cap, sizeof **names))
            return fault_set(fault, STATUS_MEMORY, "%s", "");
        (*names)[(*n)++] = name;
    } while (FindNextFileW(search, entry));
    if (GetLastError() != ERROR_NO_MORE_FILES)
        return read_fault(fault, GetLastError());
    if (*n > 0)
        qsort(*names, *n, sizeof **names, compare_names);
    return STATUS_OK;
}

enum status
os_list(struct arena *arena, const char *path, char ***names, size_t *n, struct fault *fault)
{
    size_t length = strlen(path);
    char *pattern = malloc(length + 3);
    if (pattern == NULL)
        return fault_set(fault, STATUS_MEMORY, "%s", "");
    memcpy(pattern, path, length);
    memcpy(pattern + length, "/*", 3);
    wchar_t *name = wide_path(pattern);
    free(pattern);
    WIN32_FIND_DATAW entry;
    HANDLE search = name != NULL ? FindFirstFileW(name, &entry) : INVALID_HANDLE_VALUE;
    DWORD error = GetLastError();
    free(name);
    if (search == INVALID_HANDLE_VALUE)
        return read_fault(fault, error);
    enum status status = list_open(arena, search, &entry, names, n, fault);
    FindClose(search);
    return status;
}

/* -- the terminal -- */

static HANDLE
standard(int fd)
{
    return GetStdHandle(fd == 1 ? STD_OUTPUT_HANDLE : STD_ERROR_HANDLE);
}

void
os_setup(void)
{
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOOPENFILEERRORBOX);      /* an empty drive is an error and no window */
}

/* The one thing here that changes and is not passed down: a handler has no argument. */
static volatile LONG interrupted;

static BOOL WINAPI
note_interrupt(DWORD event)
{
    bool key = event == CTRL_C_EVENT || event == CTRL_BREAK_EVENT;
    return key && InterlockedExchange(&interrupted, 1) == 0;
}

void
os_catch_interrupt(void)
{
    SetConsoleCtrlHandler(note_interrupt, TRUE);
}

bool
os_interrupted(void)
{
    return interrupted != 0;
}

uint64_t
os_milliseconds(void)
{
    return GetTickCount64();
}

bool
os_terminal_is(int fd)
{
    DWORD mode;
    return GetConsoleMode(standard(fd), &mode) && SetConsoleMode(standard(fd), mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING);
}

/* To a console, in pieces that end at characters. */
static bool
print_console(HANDLE console, const char *text, size_t n)
{
    while (n > 0) {
        size_t piece = n < CONSOLE_UNITS ? n : CONSOLE_UNITS;
        while (piece < n && piece > 1 && ((unsigned char)text[piece] & 0xC0) == 0x80)
            piece--;
        wchar_t units[CONSOLE_UNITS];
        DWORD put;
        int nunits = MultiByteToWideChar(CP_UTF8, 0, text, (int)piece, units, CONSOLE_UNITS);
        if (!WriteConsoleW(console, units, (DWORD)nunits, &put, NULL))
            return false;
        text += piece;
        n -= piece;
    }
    return true;
}

bool
os_print(int fd, const char *text, size_t n)
{
    DWORD mode;
    HANDLE handle = standard(fd);
    return GetConsoleMode(handle, &mode) ? print_console(handle, text, n) : write_all(handle, text, n);
}

FILE *
os_memory_stream(bool *lost)
{
    (void)lost;
    return NULL;
}

FILE *
os_temporary_file(void)
{
    wchar_t folder[MAX_PATH + 1], name[MAX_PATH + 1 + 64];
    DWORD nfolder = GetTempPathW(MAX_PATH + 1, folder);
    if (nfolder == 0 || nfolder > MAX_PATH)
        return NULL;
    HANDLE handle = open_temporary(folder, nfolder, name, GENERIC_READ | GENERIC_WRITE | DELETE,
        FILE_ATTRIBUTE_TEMPORARY | FILE_FLAG_DELETE_ON_CLOSE);
    int fd = handle != INVALID_HANDLE_VALUE ? _open_osfhandle((intptr_t)handle, _O_RDWR | _O_BINARY) : -1;
    if (fd < 0 && handle != INVALID_HANDLE_VALUE)
        CloseHandle(handle);
    FILE *file = fd >= 0 ? _fdopen(fd, "w+b") : NULL;
    if (file == NULL && fd >= 0)
        _close(fd);
    return file;
}

bool
os_seek(FILE *file, uint64_t offset)
{
    return offset <= INT64_MAX && _fseeki64(file, (int64_t)offset, SEEK_SET) == 0;
}
