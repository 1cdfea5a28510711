// Where the system's loader enters a library, and what the library registers for its end.
#include "crt.h"

extern "C" {
__declspec(dllimport) int _initialize_onexit_table(onexit_table* table);
__declspec(dllimport) int _register_onexit_function(onexit_table* table, initializer function);
__declspec(dllimport) int _execute_onexit_table(onexit_table* table);

int DllMain(void* module, u32 reason, void* reserved);

// A table of its own: what the library registers runs when the library ends, not when the process does.
static onexit_table s_at_exit;

int atexit(procedure function) { return _register_onexit_function(&s_at_exit, reinterpret_cast<initializer>(function)); }

static int attach(void* module, void* reserved) {
    crt_initialize_cookie();
    if (_initialize_onexit_table(&s_at_exit) != 0 || !crt_run_initializers()) {
        return 0;
    }
    __dyn_tls_init(module, thread_attach, reserved);
    return DllMain(module, process_attach, reserved);
}

int _DllMainCRTStartup(void* module, u32 reason, void* reserved) {
    if (reason == process_attach) {
        return attach(module, reserved);
    }
    int result = DllMain(module, reason, reserved);
    if (reason == process_detach) {
        _execute_onexit_table(&s_at_exit);
        crt_run_terminators();
    }
    return result;
}
}
