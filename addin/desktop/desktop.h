/* SPDX-License-Identifier: MIT */
/* desktop: files dropped on the icon, or opened by a double click: they are converted as `nianbao convert` does, and one window
 * shows what came of it. What it looks like is window.h's, which every platform supplies. */
#ifndef NIANBAO_DESKTOP_H
#define NIANBAO_DESKTOP_H

#include <stddef.h>

/* The whole program when it was not started from a console, with files and folders, UTF-8. Its exit status is the command line's. */
int desktop_main(const char **files, size_t n);

#endif
