// Where the system enters a program.
#include "crt.h"

extern "C" {
__declspec(dllimport) void _set_app_type(int type);
__declspec(dllimport) int _configure_wide_argv(int mode);
__declspec(dllimport) int _initialize_wide_environment();
__declspec(dllimport) int* __p___argc();
__declspec(dllimport) wchar_t*** __p___wargv();
__declspec(dllimport) int _crt_atexit(procedure function);
__declspec(dllimport) void _register_thread_local_exe_atexit_callback(tls_callback callback);
__declspec(dllimport, noreturn) void exit(int status);

int wmain(int count, wchar_t** arguments);

constexpr int console = 1, as_written = 1, failed = 255;

// What a program registers runs in ucrtbase.dll's exit.
int atexit(procedure function) { return _crt_atexit(function); }

void wmainCRTStartup() {
    crt_initialize_cookie();
    _set_app_type(console);
    if (_configure_wide_argv(as_written) != 0 || _initialize_wide_environment() != 0 || atexit(crt_run_terminators) != 0 || !crt_run_initializers()) {
        exit(failed);
    }
    __dyn_tls_init(nullptr, thread_attach, nullptr);
    _register_thread_local_exe_atexit_callback(__dyn_tls_dtor);
    exit(wmain(*__p___argc(), *__p___wargv()));
}
}
