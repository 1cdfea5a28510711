/* Does not care for cancellation: prints "running" and never returns. */
#include <windows.h>

#define ID "stubborn"
#define RUN                                                                                                            \
    (void)fixture_print(call->output, "running\n");                                                                    \
    Sleep(INFINITE);
#include "fixture.h"
