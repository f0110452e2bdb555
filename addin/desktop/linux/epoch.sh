#!/bin/sh
# SPDX-License-Identifier: MIT
# epoch.sh: the time that files in archives have: SOURCE_DATE_EPOCH, or a fixed day, so that the same sources give the same bytes.
echo "${SOURCE_DATE_EPOCH:-1767225600}"
