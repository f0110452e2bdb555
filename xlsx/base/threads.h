/* SPDX-License-Identifier: MIT */
/* threads: one function on several processors, and a lock on which they wait for each other; in one place per platform
 * (threads-posix.c, threads-windows.c). */
#ifndef NIANBAO_THREADS_H
#define NIANBAO_THREADS_H

/* Processors that this program may use, at least 1. */
unsigned threads_processors(void);

/* Run work(argument) on n threads at once, that of the caller among them, and return when all have ended. They are fewer when the
 * system has no room for so many. */
void threads_run(unsigned n, void (*work)(void *argument), void *argument);

/* A lock that one thread holds at a time. NULL: out of memory. Free it when nobody holds it; NULL is allowed. */
struct lock;
struct lock *lock_new(void);
void lock_free(struct lock *lock);

/* NULL, for what may run alone, is held at once. */
void lock_hold(struct lock *lock);
void lock_release(struct lock *lock);

/* For the holder: let others hold the lock until someone wakes (or for no reason: look again), then hold it again. */
void lock_wait(struct lock *lock);

/* Wake all who wait. */
void lock_wake(struct lock *lock);

#endif
