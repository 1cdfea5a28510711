/* Does not want to be loaded: its DllMain says so. */
#include <windows.h>

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, LPVOID reserved) {
    (void)instance;
    (void)reserved;
    return reason != DLL_PROCESS_ATTACH;
}

#define ID "init_fails"
#include "fixture.h"
