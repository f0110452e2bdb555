/* SPDX-License-Identifier: MIT */
/* batch: workers without a master. Whoever is free takes the next result when it is its turn, else begins the next input, else waits.
 * Results lie in a ring of seats; an input is begun only when its seat is free, so that one slow file at the front holds up the
 * others only when the ring is full. */
#include <stdlib.h>

#include "batch.h"
#include "limits.h"
#include "os.h"
#include "threads.h"

enum { SEATS = 64 };                     /* per worker: what the others do beside one slow file */

struct seat {
    struct arena *paper;
    void *result;
    size_t used;                         /* bytes on the paper */
    bool done;
};

struct room {
    const struct batch *batch;
    struct lock *lock;                   /* held to read and write what follows */
    struct seat *seats; size_t nseats;   /* input i sits at i % nseats */
    size_t begun, taken;                 /* inputs; taken <= begun <= taken + nseats */
    size_t held;                         /* bytes on the paper of results not yet taken */
    bool taking;                         /* someone is in take */
    bool closed;                         /* nothing more is begun */
    bool refused;                        /* take said stop: nothing more is taken */
};

static struct seat *
seat_of(const struct room *room, size_t i)
{
    return &room->seats[i % room->nseats];
}

static bool
result_waits(const struct room *room)
{
    return !room->refused && !room->taking && room->taken < room->begun && seat_of(room, room->taken)->done;
}

static void
take_result(struct room *room)
{
    const struct batch *batch = room->batch;
    struct seat seat = *seat_of(room, room->taken);
    room->taking = true;
    lock_release(room->lock);
    bool more = batch->take(batch->context, room->taken, seat.result);
    arena_free(seat.paper);
    lock_hold(room->lock);
    *seat_of(room, room->taken) = (struct seat){ .paper = NULL };
    room->held -= seat.used;
    room->taken++;
    room->taking = false;
    room->refused = !more;
    room->closed |= !more;
    lock_wake(room->lock);
}

/* May another input be begun now? When none may ever be, the room is closed. A ring full of long results is full too, but for one input,
 * or nothing would go on. */
static bool
seat_is_free(struct room *room)
{
    room->closed |= os_interrupted() || room->begun == room->batch->n;
    return !room->closed && room->begun - room->taken < room->nseats && (room->held < LIMIT_MEMORY || room->begun == room->taken);
}

static void
do_next(struct room *room, struct arena *scratch)
{
    const struct batch *batch = room->batch;
    struct seat seat = { .paper = arena_new(LIMIT_MEMORY), .done = true };
    if (seat.paper == NULL || scratch == NULL) {
        room->closed = true;
        arena_free(seat.paper);
        return;
    }
    size_t i = room->begun++;
    lock_release(room->lock);
    seat.result = batch->work(batch->context, i, scratch, seat.paper);
    seat.used = arena_used(seat.paper);
    arena_reset(scratch);
    lock_hold(room->lock);
    room->held += seat.used;
    *seat_of(room, i) = seat;
    lock_wake(room->lock);
}

static void
be_worker(void *argument)
{
    struct room *room = argument;
    struct arena *scratch = arena_new(LIMIT_MEMORY);
    lock_hold(room->lock);
    for (;;) {
        if (result_waits(room))
            take_result(room);
        else if (seat_is_free(room))
            do_next(room, scratch);
        else if (room->closed && (room->refused || room->taken == room->begun))
            break;
        else
            lock_wait(room->lock);
    }
    lock_release(room->lock);
    arena_free(scratch);
}

size_t
batch_run(const struct batch *batch)
{
    unsigned workers = batch->workers != 0 ? batch->workers : threads_processors();
    if (workers > batch->n)
        workers = (unsigned)batch->n;
    struct room room = { .batch = batch, .lock = lock_new(), .nseats = (size_t)workers * SEATS };
    room.seats = calloc(room.nseats + (room.nseats == 0), sizeof *room.seats);
    if (room.lock != NULL && room.seats != NULL && batch->n > 0)
        threads_run(workers, be_worker, &room);
    for (size_t i = 0; room.seats != NULL && i < room.nseats; i++)      /* what was done and never taken */
        arena_free(room.seats[i].paper);
    free(room.seats);
    lock_free(room.lock);
    return room.taken;
}
