/* SPDX-License-Identifier: MIT */
/* threads-windows: threads, slim locks and condition variables of Windows 7. Left out: more than the 64 processors of one group. */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <stdlib.h>

#include "threads.h"

unsigned
threads_processors(void)
{
    SYSTEM_INFO info;
    GetSystemInfo(&info);
    return info.dwNumberOfProcessors > 1 ? (unsigned)info.dwNumberOfProcessors : 1;
}

struct start { void (*work)(void *argument); void *argument; };

static DWORD WINAPI
run(void *argument)
{
    const struct start *start = argument;
    start->work(start->argument);
    return 0;
}

void
threads_run(unsigned n, void (*work)(void *argument), void *argument)
{
    struct start start = { work, argument };
    HANDLE *others = n > 1 ? calloc(n - 1, sizeof *others) : NULL;
    unsigned begun = 0;
    while (others != NULL && begun < n - 1 && (others[begun] = CreateThread(NULL, 0, run, &start, 0, NULL)) != NULL)
        begun++;
    work(argument);
    while (begun > 0) {
        WaitForSingleObject(others[--begun], INFINITE);
        CloseHandle(others[begun]);
    }
    free(others);
}

struct lock { SRWLOCK held; CONDITION_VARIABLE woken; };

struct lock *
lock_new(void)
{
    struct lock *lock = malloc(sizeof *lock);
    if (lock == NULL)
        return NULL;
    *lock = (struct lock){ SRWLOCK_INIT, CONDITION_VARIABLE_INIT };
    return lock;
}

void
lock_free(struct lock *lock)
{
    free(lock);
}

void
lock_hold(struct lock *lock)
{
    if (lock != NULL)
        AcquireSRWLockExclusive(&lock->held);
}

void
lock_release(struct lock *lock)
{
    if (lock != NULL)
        ReleaseSRWLockExclusive(&lock->held);
}

void
lock_wait(struct lock *lock)
{
    SleepConditionVariableSRW(&lock->woken, &lock->held, INFINITE, 0);
}

void
lock_wake(struct lock *lock)
{
    WakeAllConditionVariable(&lock->woken);
}
