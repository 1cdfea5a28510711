// What compiled code asks of the C runtime beside the start: the cookie that guards return addresses, the handler that checks it when
// an exception passes, and what happens where a check fails. And the operators of C++.
#include "crt.h"

extern "C" {
__declspec(dllimport) void GetSystemTimeAsFileTime(u64* time);
__declspec(dllimport) int QueryPerformanceCounter(u64* count);
__declspec(dllimport) u32 GetCurrentThreadId();
__declspec(dllimport) u32 GetCurrentProcessId();
__declspec(dllimport) void* malloc(u64 size);
__declspec(dllimport) void free(void* block);
__declspec(dllimport, noreturn) void abort();

// That a program calculates with floating-point numbers, which other linkers want to know.
int _fltused = 0x9875;

// Which instructions the processor has, for code that chooses: those of every x64 processor, SSE2.
int __isa_available = 1;
}

constexpr u32 stack_cookie_check_failure = 2, range_check_failure = 8;

// __fastfail: the process ends at once, by an interrupt that no handler sees.
[[noreturn]] void crt_fail_fast(u32 code) {
    __asm__ volatile("int $0x29" : : "c"(code) : "memory");
    __builtin_unreachable();
}

// The value before the start; code that finds it later finds a cookie that nobody has set. The two highest bytes are zero, so that
// no string can write it.
constexpr u64 default_cookie = 0x00002B992DDFA232, cookie_mask = 0x0000FFFFFFFFFFFF;

extern "C" u64 __security_cookie = default_cookie;
extern "C" u64 __security_cookie_complement = ~default_cookie;

void crt_initialize_cookie() {
    if (__security_cookie != default_cookie) {
        return; // the system's loader has set it
    }
    u64 time = 0, count = 0;
    GetSystemTimeAsFileTime(&time);
    QueryPerformanceCounter(&count);
    u64 cookie = time ^ (count << 32) ^ count ^ GetCurrentThreadId() ^ (static_cast<u64>(GetCurrentProcessId()) << 16)
        ^ reinterpret_cast<u64>(&time);
    cookie &= cookie_mask;
    __security_cookie = cookie == default_cookie ? cookie + 1 : cookie;
    __security_cookie_complement = ~__security_cookie;
}

// Called by each guarded function before it returns, so no register but rcx may change: the result is in rax or xmm0.
extern "C" [[noreturn]] void crt_report_cookie() { crt_fail_fast(stack_cookie_check_failure); }

__asm__(".globl __security_check_cookie\n"
        "__security_check_cookie:\n"
        "  cmpq __security_cookie(%rip), %rcx\n"
        "  jne 1f\n"
        "  retq\n"
        "1:\n"
        "  subq $40, %rsp\n"
        "  callq crt_report_cookie\n");
extern "C" void __security_check_cookie(u64 cookie);

// The parts of the system's structures that are read: DISPATCHER_CONTEXT, RUNTIME_FUNCTION, and what the compiler notes of a frame.
struct runtime_function {
    u32 begin, end, unwind_info;
};
struct dispatcher_context {
    u64 control_pc;
    u8* image_base;
    runtime_function* function;
    u64 establisher_frame, target_ip;
    void* context;
    void* language_handler;
    u32* handler_data;
};
struct frame_guard {
    u32 offset_and_flags; // of the cookie from the frame; the lowest three bits say what follows
    int aligned_base_offset, alignment;
};
constexpr u32 is_aligned = 4, flags = 7;
constexpr int continue_search = 1;

static void check_frame(u8* frame, dispatcher_context* dispatcher, const frame_guard* guard) {
    u8* base = frame;
    if (guard->offset_and_flags & is_aligned) {
        base = reinterpret_cast<u8*>(reinterpret_cast<u64>(frame + guard->aligned_base_offset) & static_cast<u64>(-static_cast<long long>(guard->alignment)));
    }
    u64 cookie = *reinterpret_cast<u64*>(base + static_cast<int>(guard->offset_and_flags & ~flags));

    // It is kept mixed with the frame's address: that of the frame register, if there is one.
    const u8* unwind_info = dispatcher->image_base + dispatcher->function->unwind_info;
    const u8 frame_register = unwind_info[3];
    u64 address = reinterpret_cast<u64>(frame) + ((frame_register & 0x0F) != 0 ? frame_register & 0xF0 : 0);
    __security_check_cookie(cookie ^ address);
}

extern "C" {
// The handler of a guarded frame: called when an exception passes, it checks the cookie as the function itself would at its end.
int __GSHandlerCheck(void*, u8* frame, void*, dispatcher_context* dispatcher) {
    check_frame(frame, dispatcher, reinterpret_cast<const frame_guard*>(dispatcher->handler_data));
    return continue_search;
}

[[noreturn]] void __report_rangecheckfailure() { crt_fail_fast(range_check_failure); }

[[noreturn]] int _purecall() { abort(); }

// Control flow guard: where the system does not check the targets of calls, as here, a check returns and a dispatch jumps.
__asm__("crt_check_call: retq\n"
        "crt_dispatch_call: jmpq *%rax\n");
void crt_check_call();
void crt_dispatch_call();
void* __guard_check_icall_fptr = reinterpret_cast<void*>(&crt_check_call);
void* __guard_dispatch_icall_fptr = reinterpret_cast<void*>(&crt_dispatch_call);
}

namespace std {
struct nothrow_t {};
extern const nothrow_t nothrow;
const nothrow_t nothrow = {};
}

void* operator new(u64 size, const std::nothrow_t&) noexcept { return malloc(size ? size : 1); }
void* operator new[](u64 size, const std::nothrow_t&) noexcept { return malloc(size ? size : 1); }
void operator delete(void* block) noexcept { free(block); }
void operator delete[](void* block) noexcept { free(block); }
void operator delete(void* block, u64) noexcept { free(block); }
void operator delete[](void* block, u64) noexcept { free(block); }
