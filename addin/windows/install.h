/* SPDX-License-Identifier: MIT */
/* install: the program in the user's own folder, with a shortcut on the desktop, an entry in 发送到 and one in the right-click menu
 * of spreadsheets; where there is Excel and its add-in lies beside the program, that too. No administrator's rights. */
#ifndef NIANBAO_INSTALL_H
#define NIANBAO_INSTALL_H

#include <stdbool.h>

enum install { INSTALL, UNINSTALL };
enum say { SAY_NOTHING, SAY_CONSOLE, SAY_WINDOW };

/* Do it and say so, in the way given; in windows, ask about the add-in of Excel, which comes only with `addin`. False: not all of it could
 * be done. Nothing may follow an UNINSTALL but the end of the process. */
bool install_main(enum install what, enum say say, bool addin);

#endif
