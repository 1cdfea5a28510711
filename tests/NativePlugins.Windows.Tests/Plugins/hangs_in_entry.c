/* Its entry never returns. */
#include <windows.h>

#define ID "hangs_in_entry"
#define ENTRY Sleep(INFINITE);
#include "fixture.h"
