// The start of a program or library that is linked without Microsoft's libcmt: the bounds of the lists of functions that run
// at the start, the directory of thread-local storage, the destructors of threads, and the initialisation of local statics. The names
// are those that the compiler and the linker of Windows agree on.
#include "crt.h"

extern "C" {
__declspec(dllimport) void AcquireSRWLockExclusive(void** lock);
__declspec(dllimport) void ReleaseSRWLockExclusive(void** lock);
__declspec(dllimport) int SleepConditionVariableSRW(void** condition, void** lock, u32 milliseconds, u32 flags);
__declspec(dllimport) void WakeAllConditionVariable(void** condition);
__declspec(dllimport) void* malloc(u64 size);
__declspec(dllimport) void free(void* block);
}

// The linker sorts the parts of a section by what follows the $: all that others have put into .CRT$XCB to .CRT$XCY lies between the
// two bounds. XI: C, may fail. XC: C++. XD: of each thread. XL: called by the system's loader. XP, XT: before and after the end.
#pragma section(".CRT$XIA", long, read)
#pragma section(".CRT$XIZ", long, read)
#pragma section(".CRT$XCA", long, read)
#pragma section(".CRT$XCZ", long, read)
#pragma section(".CRT$XDA", long, read)
#pragma section(".CRT$XDZ", long, read)
#pragma section(".CRT$XLA", long, read)
#pragma section(".CRT$XLC", long, read)
#pragma section(".CRT$XLD", long, read)
#pragma section(".CRT$XLZ", long, read)
#pragma section(".CRT$XPA", long, read)
#pragma section(".CRT$XPZ", long, read)
#pragma section(".CRT$XTA", long, read)
#pragma section(".CRT$XTZ", long, read)
#pragma section(".tls", long, read, write)
#pragma section(".tls$ZZZ", long, read, write)
#pragma section(".rdata$T", long, read)

extern "C" {
__declspec(allocate(".CRT$XIA")) initializer __xi_a[1] = {};
__declspec(allocate(".CRT$XIZ")) initializer __xi_z[1] = {};
__declspec(allocate(".CRT$XCA")) procedure __xc_a[1] = {};
__declspec(allocate(".CRT$XCZ")) procedure __xc_z[1] = {};
__declspec(allocate(".CRT$XDA")) procedure __xd_a[1] = {};
__declspec(allocate(".CRT$XDZ")) procedure __xd_z[1] = {};
__declspec(allocate(".CRT$XPA")) procedure __xp_a[1] = {};
__declspec(allocate(".CRT$XPZ")) procedure __xp_z[1] = {};
__declspec(allocate(".CRT$XTA")) procedure __xt_a[1] = {};
__declspec(allocate(".CRT$XTZ")) procedure __xt_z[1] = {};
__declspec(allocate(".CRT$XLA")) tls_callback __xl_a = nullptr;
__declspec(allocate(".CRT$XLC")) extern const tls_callback crt_tls_init = __dyn_tls_init;
__declspec(allocate(".CRT$XLD")) extern const tls_callback crt_tls_dtor = __dyn_tls_dtor;
__declspec(allocate(".CRT$XLZ")) tls_callback __xl_z = nullptr;

// IMAGE_TLS_DIRECTORY64. The linker enters it into the image's header because of its name.
u32 _tls_index = 0;
__declspec(allocate(".tls")) char _tls_start = 0;
__declspec(allocate(".tls$ZZZ")) char _tls_end = 0;
struct tls_directory {
    char* start;
    char* end;
    u32* index;
    tls_callback* callbacks; // ends with a null
    u32 zeroes, characteristics;
};
extern __declspec(allocate(".rdata$T")) const tls_directory _tls_used = {&_tls_start, &_tls_end, &_tls_index, &__xl_a + 1, 0, 0};
}

static void run(procedure* first, procedure* end) {
    for (; first < end; first++) {
        if (*first) {
            (*first)();
        }
    }
}

bool crt_run_initializers() {
    for (initializer* each = __xi_a; each < __xi_z; each++) {
        if (*each && (*each)() != 0) {
            return false;
        }
    }
    run(__xc_a, __xc_z);
    return true;
}

void crt_run_terminators() {
    run(__xp_a, __xp_z);
    run(__xt_a, __xt_z);
}

// Thread-local objects with a constructor: initialised when a thread starts, and on their first use by a thread that was there
// before the library.
extern "C" __declspec(thread) bool __tls_guard = false;

void __dyn_tls_init(void*, u32 reason, void*) {
    if (reason == thread_attach && !__tls_guard) {
        __tls_guard = true;
        run(__xd_a, __xd_z);
    }
}

extern "C" void __dyn_tls_on_demand_init() { __dyn_tls_init(nullptr, thread_attach, nullptr); }

// Their destructors: registered by the thread that has constructed them, run by it in reverse order when it ends. The first node is the
// thread's own storage, further ones are allocated.
struct destructors {
    destructors* before;
    u32 count;
    procedure functions[30];
};
static __declspec(thread) destructors s_first_destructors = {};
static __declspec(thread) destructors* s_destructors = nullptr;

extern "C" int __tlregdtor(procedure destructor) {
    if (s_destructors == nullptr) {
        s_destructors = &s_first_destructors;
    }
    if (s_destructors->count == sizeof s_destructors->functions / sizeof *s_destructors->functions) {
        auto* node = static_cast<destructors*>(malloc(sizeof(destructors)));
        if (node == nullptr) {
            return -1;
        }
        node->before = s_destructors;
        node->count = 0;
        s_destructors = node;
    }
    s_destructors->functions[s_destructors->count++] = destructor;
    return 0;
}

void __dyn_tls_dtor(void*, u32 reason, void*) {
    if (reason != thread_detach && reason != process_detach) {
        return;
    }
    // A destructor may register another one.
    while (s_destructors != nullptr) {
        if (s_destructors->count > 0) {
            s_destructors->functions[--s_destructors->count]();
        } else if (s_destructors == &s_first_destructors) {
            s_destructors = nullptr;
        } else {
            destructors* ended = s_destructors;
            s_destructors = ended->before;
            free(ended);
        }
    }
}

// Local statics: 0 is not initialised, -1 is being initialised by a thread, anything else is the epoch in which it was done. Compiled
// code calls these only if the static's epoch is later than what its own thread has seen.
constexpr int uninitialized = 0, being_initialized = -1, first_epoch = -2147483647 - 1;
static void* s_lock = nullptr;
static void* s_changed = nullptr;
static int s_epoch = first_epoch;

extern "C" {
__declspec(thread) int _Init_thread_epoch = first_epoch;

void _Init_thread_header(int* state) {
    AcquireSRWLockExclusive(&s_lock);
    while (*state == being_initialized) {
        SleepConditionVariableSRW(&s_changed, &s_lock, 0xFFFFFFFF, 0);
    }
    if (*state == uninitialized) {
        *state = being_initialized;
    } else {
        _Init_thread_epoch = s_epoch;
    }
    ReleaseSRWLockExclusive(&s_lock);
}

static void leave_static(int* state, bool is_done) {
    AcquireSRWLockExclusive(&s_lock);
    *state = is_done ? ++s_epoch : uninitialized;
    if (is_done) {
        _Init_thread_epoch = s_epoch;
    }
    ReleaseSRWLockExclusive(&s_lock);
    WakeAllConditionVariable(&s_changed);
}

void _Init_thread_footer(int* state) { leave_static(state, true); }

void _Init_thread_abort(int* state) { leave_static(state, false); }
}
