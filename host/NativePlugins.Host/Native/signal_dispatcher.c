/*
 * Passes a hardware signal to the runtime that it is for, in applications on CoreCLR, on Linux. In an application that is itself compiled with
 * NativeAOT it is not told of libraries, and only stands between them and the application, for last_words.c.
 *
 * Why. A process with CoreCLR and NativeAOT libraries has many .NET runtimes, and each of them turns SIGSEGV into
 * NullReferenceException and SIGFPE into DivideByZeroException, for the instructions of its own code. Each runtime, when it starts,
 * installs a handler and remembers the one before it; a handler that does not know the interrupted instruction calls the one that it
 * remembers. CoreCLR runs its SIGSEGV handler on an alternate stack of 16 KiB a thread, and the handlers that are installed later run
 * on it too. That stack holds the kernel's signal frame, whose size depends on the processor's vector registers, and then one frame for
 * each handler of the chain. With a dozen libraries it overflows, and an exception that the application would have caught ends the
 * process.
 *
 * What. One handler is in front of the chain and takes each library's handler out of it: it looks up the library that holds the
 * interrupted instruction and calls that library's handler, or else the handler that was there before the first library. So the depth
 * of the stack does not depend on the number of libraries.
 *
 * The steps. All but the first are done for each library, one library at a time, which is the caller's responsibility:
 *   install    The present handlers of the signals are remembered as the base, and the dispatcher takes their place, with the same
 *              flags and the same mask: SIGSEGV runs on the alternate stack, SIGFPE on the thread's own, and CoreCLR relies on both.
 *   begin      Before the library's runtime starts, its range of addresses and the present handlers of the signals are noted.
 *   end        After the runtime has started, a signal's handler may lie in the library. It is then published as the library's own, and
 *              the signal gets back the handler from before. That is the dispatcher, or a handler that other code, such as a crash
 *              reporter, has put in front of it: this one stays in front, and calls the dispatcher as it would have called CoreCLR.
 *
 * A library's handler remembers the dispatcher as the handler before it. It calls the dispatcher for a fault in the library's native
 * code, which its runtime does not handle. That second call must go to the base. A mark in the last bytes of siginfo_t, which the kernel
 * does not use, tells it from a new signal: the address of the first call's frame. Kernels clear those bytes for each signal. If one
 * does not, an old mark does not pass for a new one, since the second call's frame always lies below the first one's. No thread-local
 * variable is needed: initial-exec ones would use up the process's static TLS, and others may allocate at their first use in a thread.
 *
 * A signal handler locks nothing, allocates nothing, and calls only what is async-signal-safe. Libraries are only ever added: a library
 * is published by the release store of the count (without handlers yet) and of each handler. If the start of a library was given up
 * while it hung, the library has no handler. It gets the handler of the next library to start, whose chain leads to its own handler if
 * it has installed one in between.
 *
 * What this cannot do. If another thread installs a handler in the moment between `begin` and the runtime's own sigaction, that
 * handler is behind the library's, where only the library's own faults reach it: POSIX has no way to tell what a handler calls next.
 *
 * It is linked with no library, and its symbols are found in the C library that the process has. So it runs with glibc and with musl,
 * whose struct sigaction, siginfo_t and ucontext_t have the same layout.
 */
#define _GNU_SOURCE
#include "last_words.h"
#include <errno.h>
#include <ucontext.h>

#if defined(__x86_64__)
#define INSTRUCTION(context) ((uintptr_t)(context)->uc_mcontext.gregs[REG_RIP])
#elif defined(__aarch64__)
#define INSTRUCTION(context) ((uintptr_t)(context)->uc_mcontext.pc)
#endif

#define EXPORT __attribute__((visibility("default")))
#define MAX_LIBRARIES 1024 /* glibc has 1,024 thread keys, and each NativeAOT runtime takes one */
#define SIGNALS 2
typedef struct sigaction action;
typedef void handler(int, siginfo_t *, void *);
typedef struct { uintptr_t low, high; handler *handlers[SIGNALS]; } library;

static const int numbers[SIGNALS] = {SIGSEGV, SIGFPE};
static library libraries[MAX_LIBRARIES];
static int count;
static int is_installed;
static action base[SIGNALS], before[SIGNALS];

/* The number of the library that holds an address, or -1. */
static int find(uintptr_t address) {
    int i = __atomic_load_n(&count, __ATOMIC_ACQUIRE) - 1;
    while (i >= 0 && (address < libraries[i].low || address >= libraries[i].high)) i--;
    return i;
}

static void call_base(int index, int number, siginfo_t *info, void *context) {
    const action *to = &base[index];
    np_words_before(number, info, context);
    if (to->sa_flags & SA_SIGINFO) {
        to->sa_sigaction(number, info, context);
        np_words_after(number, info, context);
    } else if (to->sa_handler != SIG_DFL && to->sa_handler != SIG_IGN) {
        to->sa_handler(number);
        np_words_after(number, info, context);
    } else {
        /* A faulting instruction is run again, and then ends the process. A signal that was sent must be sent again. */
        sigaction(number, to, 0);
        np_words_after(number, info, context);
        if (info->si_code <= 0) raise(number);
    }
}

static void dispatch(int number, siginfo_t *info, void *context) {
    uintptr_t frame = (uintptr_t)__builtin_frame_address(0);
    uintptr_t *mark = (uintptr_t *)(info + 1) - 1;
    int index = number == numbers[0] ? 0 : 1;
    int is_second_call = *mark > frame && *mark - frame < 65536;
    int id = is_second_call ? -1 : find(INSTRUCTION((ucontext_t *)context));
    handler *own = id < 0 ? 0 : __atomic_load_n(&libraries[id].handlers[index], __ATOMIC_ACQUIRE);
    *mark = own ? frame : 0;
    own ? own(number, info, context) : call_base(index, number, info, context);
}

int np_find_range(struct dl_phdr_info *info, size_t size, void *data) {
    uintptr_t *address = data, low = UINTPTR_MAX, high = 0;
    (void)size;
    for (const ElfW(Phdr) *part = info->dlpi_phdr; part < info->dlpi_phdr + info->dlpi_phnum; part++) {
        uintptr_t start = info->dlpi_addr + part->p_vaddr, end = start + part->p_memsz;
        if (part->p_type == PT_LOAD && start < low) low = start;
        if (part->p_type == PT_LOAD && end > high) high = end;
    }
    address[1] = low, address[2] = high;
    return address[0] >= low && address[0] < high;
}

/* To be called once. Returns 0, or errno. */
EXPORT int np_signals_install(void) {
    for (int i = 0; i < SIGNALS && !is_installed; i++) {
        if (sigaction(numbers[i], 0, &base[i]) != 0) return errno;
        action dispatcher = base[i], replaced;
        dispatcher.sa_sigaction = dispatch;
        dispatcher.sa_flags |= SA_SIGINFO | (numbers[i] == SIGSEGV ? SA_ONSTACK : 0); /* for overflows, see last_words.c */
        if (sigaction(numbers[i], &dispatcher, &replaced) != 0) return errno;
        if (replaced.sa_sigaction != base[i].sa_sigaction) base[i] = replaced; /* just installed by another thread */
    }
    is_installed = 1;
    return 0;
}

/* Called before a runtime starts, with an address in its library. Returns a number for it; -1 if no library holds the address, if it
 * is known already, or if there is no room. */
EXPORT int np_signals_begin(const void *address) {
    uintptr_t range[3] = {(uintptr_t)address, 0, 0};
    if (count == MAX_LIBRARIES || find(range[0]) >= 0 || !dl_iterate_phdr(np_find_range, range)) return -1;
    for (int i = 0; i < SIGNALS; i++) sigaction(numbers[i], 0, &before[i]);
    libraries[count].low = range[1];
    libraries[count].high = range[2];
    __atomic_store_n(&count, count + 1, __ATOMIC_RELEASE);
    return count - 1;
}

/* Called after the runtime has started, with the number from np_signals_begin. */
EXPORT void np_signals_end(int id) {
    library *started = &libraries[id];
    for (int i = 0; i < SIGNALS; i++) {
        action now, replaced;
        uintptr_t at = sigaction(numbers[i], 0, &now) == 0 && (now.sa_flags & SA_SIGINFO) ? (uintptr_t)now.sa_sigaction : 0;
        if (at < started->low || at >= started->high) continue;
        for (int k = 0; k < count; k++)
            if (k == id || !libraries[k].handlers[i]) __atomic_store_n(&libraries[k].handlers[i], now.sa_sigaction, __ATOMIC_RELEASE);
        sigaction(numbers[i], &before[i], &replaced);
        if (replaced.sa_sigaction != now.sa_sigaction) sigaction(numbers[i], &replaced, 0); /* just installed: it stays in front */
    }
}
