/* SPDX-License-Identifier: MIT */
/* guard: what -fstack-protector needs. The compiler's own library asks a cryptographic provider for the number, which costs more than
 * all the rest of the start; rand_s asks the system (RtlGenRandom). */
#define _CRT_RAND_S
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <stdint.h>
#include <stdlib.h>

extern uintptr_t __stack_chk_guard;
void __stack_chk_fail(void);

uintptr_t __stack_chk_guard;

__attribute__((constructor, no_stack_protector)) static void
fill_guard(void)
{
    unsigned half;
    for (size_t i = 0; i < sizeof __stack_chk_guard / sizeof half && rand_s(&half) == 0; i++)
        __stack_chk_guard ^= (uintptr_t)half << 32 * i;
}

void
__stack_chk_fail(void)
{
    TerminateProcess(GetCurrentProcess(), (UINT)STATUS_STACK_BUFFER_OVERRUN);
    __builtin_unreachable();
}
