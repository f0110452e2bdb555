/* SPDX-License-Identifier: MIT */
/* turns: inputs whose outputs would bear one name (年报.xls and 年报.xlsx of a folder) write them one after the other, in the order of
 * the inputs, so that their numbers are the same however many threads there are. */
#ifndef NIANBAO_TURNS_H
#define NIANBAO_TURNS_H

#include "convert.h"

/* Find out who must wait for whom, and clear the folders of the outputs of what a killed run has left. False: out of memory. */
bool turns_arrange(const struct run *run, struct sources *sources);

/* Wait until those before this input are written; say that it is written. Every input must come to both. */
void turn_wait(const struct run *run, const struct source *source);
void turn_end(const struct run *run, const struct source *source);

#endif
