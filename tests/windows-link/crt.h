// What the parts of this folder share, and what they take from the system. No header of an SDK is needed to compile them.
#pragma once

using u8 = unsigned char;
using u32 = unsigned int;
using u64 = unsigned long long;

constexpr u32 process_detach = 0, process_attach = 1, thread_attach = 2, thread_detach = 3;

extern "C" {
using procedure = void (*)();
using initializer = int (*)(); // returns 0 on success
using tls_callback = void (*)(void* module, u32 reason, void* reserved);

// A table of functions that run at the end, as ucrtbase.dll keeps it.
struct onexit_table {
    procedure* first;
    procedure* last;
    procedure* end;
};

// crt.cpp
bool crt_run_initializers();
void crt_run_terminators();
void crt_initialize_cookie();
void __dyn_tls_init(void* module, u32 reason, void* reserved);
void __dyn_tls_dtor(void* module, u32 reason, void* reserved);
[[noreturn]] void crt_fail_fast(u32 code);
}
