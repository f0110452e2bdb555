/* SPDX-License-Identifier: MIT */
/* turns: inputs whose outputs would bear one name (年报.xls and 年报.xlsx of a folder) write them one after the other, in the order of
 * the inputs, so that their numbers are the same however many threads there are. */
#ifndef NIANBAO_TURNS_H
#define NIANBAO_TURNS_H

#include "sources.h"
#include "threads.h"

/* Find out who must wait for whom, and clear the folders of the outputs (source_folder) of what a killed run has left. False: out of
 * memory. */
bool turns_arrange(struct sources *sources, const char *under);

/* Wait until those before this input are written; say that it is written. Every input must come to both. `lock` NULL: there is one
 * thread only, and nobody waits. */
void turn_wait(const struct sources *sources, const struct source *source, struct lock *lock);
void turn_end(struct sources *sources, const struct source *source, struct lock *lock);

#endif
