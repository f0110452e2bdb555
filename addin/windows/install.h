/* SPDX-License-Identifier: MIT */
/* install: the program in the user's own folder, with a shortcut on the desktop, an entry in 发送到 and one in the right-click menu
 * of spreadsheets. No administrator's rights. */
#ifndef NIANBAO_INSTALL_H
#define NIANBAO_INSTALL_H

#include <stdbool.h>

enum install { INSTALL, UNINSTALL };

/* Do it and say so, in a window or on the console. False: not all of it could be done. Nothing may follow an UNINSTALL but the end of the process. */
bool install_main(enum install what, bool windows);

#endif
