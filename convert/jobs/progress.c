/* SPDX-License-Identifier: MIT */
/* progress: one line that is drawn over and over (carriage return, and ISO 6429 EL to erase it), without colour and in ASCII but for
 * the words: consoles disagree about how wide other signs are. The time left is what the rate so far gives. */
#include <stdio.h>
#include <string.h>

#include "os.h"
#include "progress.h"

enum {
    PAUSE = 100,                 /* milliseconds between two drawings */
    SETTLE = 1000,               /* milliseconds before the rate means anything */
    BAR = 30                     /* columns */
};

static void
print(const char *s)
{
    os_print(2, s, strlen(s));
}

struct progress
progress_new(size_t n, enum language language)
{
    uint64_t now = os_milliseconds();
    return (struct progress){ .shown = n > 1 && os_terminal_is(2), .language = language, .n = n, .began = now };
}

/* "1234 个/秒，还要 2 分 10 秒"; nothing while it would be a guess. */
static void
say_rate(const struct progress *progress, uint64_t elapsed, char *out, size_t size)
{
    bool english = progress->language == LANGUAGE_EN;
    double rate = elapsed > 0 ? (double)progress->done * 1000 / (double)elapsed : 0;
    unsigned long left = rate > 0 ? (unsigned long)((double)(progress->n - progress->done) / rate) + 1 : 0;
    *out = '\0';
    if (elapsed < SETTLE || rate <= 0 || progress->done == progress->n)
        return;
    int n = snprintf(out, size, english ? "  %.*f/s, " : "  %.*f 个/秒，还要 ", rate < 10 ? 1 : 0, rate);
    if (n > 0 && (size_t)n < size)
        snprintf(out + n, size - (size_t)n, left < 100 ? (english ? "%lu s left" : "%lu 秒") : (english ? "%lu min left" : "%lu 分钟"),
                 left < 100 ? left : (left + 59) / 60);
}

void
progress_step(struct progress *progress, size_t done)
{
    uint64_t now = progress->shown ? os_milliseconds() : 0;
    char bar[BAR + 1], rate[80], line[BAR + 160];
    progress->done = done;
    if (!progress->shown || (progress->drawn != 0 && now - progress->drawn < PAUSE))
        return;
    progress->drawn = now;
    size_t full = (size_t)((double)done / (double)progress->n * BAR);
    memset(bar, '.', BAR);
    memset(bar, '#', full < BAR ? full : BAR);
    bar[BAR] = '\0';
    say_rate(progress, now - progress->began, rate, sizeof rate);
    snprintf(line, sizeof line, "\r[%s] %zu/%zu%s\033[K", bar, done, progress->n, rate);
    print(line);
    progress->visible = true;
}

void
progress_clear(struct progress *progress)
{
    if (progress->visible)
        print("\r\033[K");
    progress->visible = false;
}
