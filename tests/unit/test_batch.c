/* SPDX-License-Identifier: MIT */
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>

#include "batch.h"
#include "os.h"
#include "test.h"
#include "threads.h"

/* What a batch is told to do and what it did. */
struct trial {
    struct lock *lock;
    size_t works, takes;             /* calls */
    size_t most;                     /* works ahead of takes */
    bool misplaced;                  /* a result of another input, or out of order */
    bool dirty;                      /* scratch was not empty */
    size_t stop_at;                  /* take of this input says stop */
    size_t interrupt_at;             /* work of this input meets the interrupt key */
    size_t hold;                     /* this input waits until so many others are done */
    size_t nothing;                  /* this input runs out of memory */
    size_t lost;                     /* results that were NULL */
    size_t big;                      /* bytes on paper */
};

static void *
work(void *context, size_t i, struct arena *scratch, struct arena *paper)
{
    struct trial *trial = context;
    size_t *result = arena_alloc(paper, sizeof *result);
    lock_hold(trial->lock);
    trial->dirty |= arena_used(scratch) != 0;
    trial->works++;
    if (trial->works - trial->takes > trial->most)
        trial->most = trial->works - trial->takes;
    lock_wake(trial->lock);
    while (i == 0 && trial->works < trial->hold)
        lock_wait(trial->lock);
    lock_release(trial->lock);
    if (i == trial->interrupt_at)
        raise(SIGINT);
    if (result == NULL || arena_alloc(scratch, 100) == NULL || (trial->big > 0 && arena_alloc(paper, trial->big) == NULL) ||
        i == trial->nothing)
        return NULL;
    *result = i;
    return result;
}

static bool
take(void *context, size_t i, void *result)
{
    struct trial *trial = context;
    lock_hold(trial->lock);
    trial->misplaced |= i != trial->takes || (result != NULL && *(size_t *)result != i);
    trial->lost += result == NULL;
    trial->takes++;
    lock_release(trial->lock);
    return i != trial->stop_at;
}

/* Run it; what does not depend on the order of threads is checked. */
static size_t
try(struct trial *trial, size_t n, unsigned workers)
{
    trial->lock = lock_new();
    size_t taken = batch_run(&(struct batch){ n, workers, work, take, trial });
    CHECK(!trial->misplaced && !trial->dirty);
    CHECK_INT(taken, trial->takes);
    lock_free(trial->lock);
    return taken;
}

#define TRIAL { .stop_at = SIZE_MAX, .interrupt_at = SIZE_MAX, .nothing = SIZE_MAX }

static void
orders(unsigned workers)
{
    static const size_t sizes[] = { 0, 1, 2, 63, 64, 65, 1000 };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct trial trial = TRIAL;
        CHECK_INT(try(&trial, sizes[i], workers), sizes[i]);
        CHECK_INT(trial.works, sizes[i]);
        CHECK_INT(trial.lost, 0);
    }
    struct trial stopped = TRIAL;
    stopped.stop_at = 10;
    CHECK_INT(try(&stopped, 1000, workers), 11);
    CHECK(stopped.works >= 11 && stopped.works <= 11 + 64 * (size_t)workers);
    struct trial poor = TRIAL;
    poor.nothing = 7;
    CHECK_INT(try(&poor, 20, workers), 20);
    CHECK_INT(poor.lost, 1);
}

/* The first input ends only when the ring is full: it holds 64 results per worker, and no more. */
static void
slow_first(void)
{
    struct trial trial = TRIAL;
    trial.hold = 128;
    CHECK_INT(try(&trial, 1000, 2), 1000);
    CHECK_INT(trial.most, 128);
}

/* Long results: no more than two million bytes and one result are kept while the first input waits for others. */
static void
long_results(void)
{
    struct trial trial = TRIAL;
    trial.hold = 5;
    trial.big = (size_t)64 << 20;
    CHECK_INT(try(&trial, 50, 2), 50);
    CHECK(trial.most <= 7);
}

static void
memory(void)
{
    struct trial trial = TRIAL;
    trial.big = SIZE_MAX / 2;
    CHECK_INT(try(&trial, 20, 2), 20);
    CHECK_INT(trial.lost, 20);
}

/* Last: nothing is begun in this program afterwards. */
static void
interrupt(void)
{
    struct trial trial = TRIAL;
    trial.interrupt_at = 100;
    signal(SIGINT, SIG_DFL);                        /* what starts the tests may ignore the key, and then so do we */
    CHECK(!os_interrupted());
    os_catch_interrupt();
    size_t taken = try(&trial, 100000, 2);
    CHECK(os_interrupted());
    CHECK(taken > 100 && taken <= 101 + 128);
    CHECK_INT(trial.works, taken);                  /* all that was begun was ended and taken */
    struct trial after = TRIAL;
    CHECK_INT(try(&after, 10, 1), 0);
}

int
main(void)
{
    orders(1);
    orders(2);
    orders(7);
    slow_first();
    long_results();
    memory();
    CHECK(threads_processors() >= 1);
    interrupt();
    return test_summary();
}
