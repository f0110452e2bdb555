/* SPDX-License-Identifier: MIT */
/* threads-posix: POSIX.1-2008 threads. The processors are those that the scheduler lets this process use (sched_getaffinity(2) of
 * Linux); what a container may use of their time is left out. */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

#include "threads.h"

unsigned
threads_processors(void)
{
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return n > 1 ? (unsigned)n : 1;
}

struct start { void (*work)(void *argument); void *argument; };

static void *
run(void *argument)
{
    const struct start *start = argument;
    start->work(start->argument);
    return NULL;
}

void
threads_run(unsigned n, void (*work)(void *argument), void *argument)
{
    struct start start = { work, argument };
    pthread_t *others = n > 1 ? calloc(n - 1, sizeof *others) : NULL;
    unsigned begun = 0;
    while (others != NULL && begun < n - 1 && pthread_create(&others[begun], NULL, run, &start) == 0)
        begun++;
    work(argument);
    while (begun > 0)
        pthread_join(others[--begun], NULL);
    free(others);
}

struct lock { pthread_mutex_t mutex; pthread_cond_t woken; };

struct lock *
lock_new(void)
{
    struct lock *lock = malloc(sizeof *lock);
    if (lock == NULL)
        return NULL;
    *lock = (struct lock){ PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER };
    return lock;
}

void
lock_free(struct lock *lock)
{
    if (lock == NULL)
        return;
    pthread_cond_destroy(&lock->woken);
    pthread_mutex_destroy(&lock->mutex);
    free(lock);
}

void
lock_hold(struct lock *lock)
{
    if (lock != NULL)
        pthread_mutex_lock(&lock->mutex);
}

void
lock_release(struct lock *lock)
{
    if (lock != NULL)
        pthread_mutex_unlock(&lock->mutex);
}

void
lock_wait(struct lock *lock)
{
    pthread_cond_wait(&lock->woken, &lock->mutex);
}

void
lock_wake(struct lock *lock)
{
    pthread_cond_broadcast(&lock->woken);
}
