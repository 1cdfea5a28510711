/*
 * One line on standard error when a plugin ends the process that it runs in: which plugin, in which call, and how. Nothing can be saved then,
 * and otherwise nothing at all would say why the process is gone.
 *
 * What is noticed, and where:
 *   a signal   SIGSEGV and SIGFPE by the dispatcher, when no .NET runtime has made an exception of them; SIGABRT, SIGBUS, SIGILL, SIGSYS and
 *              SIGTRAP by handlers here, which then do what was there before them.
 *   exit       by on_exit, where the C library has it. If the application itself ends, it has said so (np_words_quiet), and nothing is written.
 *   the end of a thread   by the destructor of a thread key: pthread_exit in a call leaves a call that never returns. Where no one would ever
 *              hear of that, as in a program of one command, the process is ended.
 * SIGKILL, _exit and the like cannot be noticed from within a process.
 *
 * Who it was. The host says in which plugin's range of addresses an instruction lies (np_words_name), and what the thread is in: calls that
 * have a name (np_words_enter), and for calls by contracts, which are to cost nothing, where the thread's counts of them are
 * (np_words_counts) and whose they are (np_words_gate). If none of these names a plugin, it was none, and nothing is written.
 *
 * Overflows. A handler cannot run on a stack that has overflowed, so each thread that calls a plugin gets an alternate one, if it has none. It is large,
 * because each NativeAOT library adds a handler to the chain; memory is taken only for what is used of it.
 *
 * A handler here locks nothing, allocates nothing, and calls only what is async-signal-safe. pthread_getspecific is not on POSIX's list; in glibc and
 * in musl it reads the thread's own memory. Like the dispatcher, this is linked with no library.
 */
#define _GNU_SOURCE
#include "last_words.h"
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#if defined(__x86_64__)
#define INSTRUCTION(context) ((uintptr_t)(context)->uc_mcontext.gregs[REG_RIP])
#define STACK(context) ((uintptr_t)(context)->uc_mcontext.gregs[REG_RSP])
#elif defined(__aarch64__)
#define INSTRUCTION(context) ((uintptr_t)(context)->uc_mcontext.pc)
#define STACK(context) ((uintptr_t)(context)->uc_mcontext.sp)
#endif

#define EXPORT __attribute__((visibility("default")))
#define MAX_PLUGINS 2048
#define MAX_GATES 4096
#define MAX_CALLS 16
#define MAX_COUNTS 16
#define STACK_SIZE ((size_t)2 << 20)
#define OWN_SIGNALS 5

typedef struct { uintptr_t low, high; const char *name; } plugin;
typedef struct { const char *name, *call; } call;
typedef struct {
    unsigned int depth, arrays;
    call calls[MAX_CALLS];
    struct { const int *counts; int length; } counts[MAX_COUNTS];
    void *stack;
} thread;

static const int own_signals[OWN_SIGNALS] = {SIGABRT, SIGBUS, SIGILL, SIGSYS, SIGTRAP};
static struct sigaction base[OWN_SIGNALS];
static plugin plugins[MAX_PLUGINS];
static const char *gates[MAX_GATES];
static pthread_key_t key;
static int has_key, is_quiet, is_said, thread_end_status = -1;
static pid_t process; /* a process that is forked from this one is another's concern */

/* In musl it is missing. */
extern int on_exit(void (*function)(int, void *), void *argument) __attribute__((weak));

static const char *name_of(int number) {
    switch (number) {
    case SIGSEGV: return "SIGSEGV";
    case SIGFPE: return "SIGFPE";
    case SIGABRT: return "SIGABRT";
    case SIGBUS: return "SIGBUS";
    case SIGILL: return "SIGILL";
    case SIGSYS: return "SIGSYS";
    default: return "SIGTRAP";
    }
}

/* The line, put together without the C library. What does not fit is left out. */
typedef struct { char text[512]; size_t length; } line;

static void add(line *to, const char *text) {
    while (*text && to->length < sizeof(to->text)) to->text[to->length++] = *text++;
}

static void add_number(line *to, unsigned int value) {
    char digits[12], *at = digits + sizeof(digits);
    *--at = 0;
    do *--at = (char)('0' + value % 10); while ((value /= 10) != 0);
    add(to, at);
}

static void finish(line *to) {
    int before = errno;
    add(to, " Run isolated, a plugin ends a process of its own instead (host --isolate, PluginIsolation.Process).\n");
    for (size_t done = 0; done < to->length;) {
        ssize_t written = write(STDERR_FILENO, to->text + done, to->length - done);
        if (written < 0 && errno != EINTR) break;
        if (written > 0) done += (size_t)written;
    }
    errno = before;
}

static thread *current(void) { return has_key ? pthread_getspecific(key) : 0; }

/* Begins the line with the plugin that the thread is in; 0 if it is in none, or if something has been said already. */
static int begin(line *to, const char *what, uintptr_t instruction) {
    const thread *self = current();
    const char *name = 0, *during = 0;
    int is_code = 0;
    for (int i = 0; i < MAX_PLUGINS && instruction != 0; i++) {
        uintptr_t high = __atomic_load_n(&plugins[i].high, __ATOMIC_ACQUIRE);
        if (instruction >= plugins[i].low && instruction < high) name = plugins[i].name, is_code = 1;
    }
    if (self && self->depth > 0 && self->depth <= MAX_CALLS) {
        const call *last = &self->calls[self->depth - 1];
        if (!name || name == last->name) name = last->name, during = last->call;
    }
    for (unsigned int k = 0; self && !name && k < self->arrays; k++)
        for (int i = 0; i < self->counts[k].length && i < MAX_GATES; i++)
            if (self->counts[k].counts[i] > 0 && gates[i]) name = gates[i];
    if (!name || getpid() != process || __atomic_load_n(&is_quiet, __ATOMIC_ACQUIRE) || __atomic_exchange_n(&is_said, 1, __ATOMIC_ACQ_REL)) return 0;
    to->length = 0;
    add(to, "NativePlugins: ");
    add(to, what);
    add(to, during ? " in " : is_code ? " in code" : " in a call");
    if (during) add(to, during);
    add(to, " of the plugin '");
    add(to, name);
    add(to, "'");
    return 1;
}

static void say_signal(int number, const void *context, int is_overflow) {
    line words;
    if (!begin(&words, "this process ends", INSTRUCTION((const ucontext_t *)context))) return;
    add(&words, ": signal ");
    add_number(&words, (unsigned int)number);
    add(&words, " (");
    add(&words, name_of(number));
    add(&words, is_overflow ? "), the stack has overflowed." : ").");
    finish(&words);
}

/* An address close to the stack pointer that cannot be touched: the stack can grow no further. */
static int is_overflow(int number, const siginfo_t *info, const void *context) {
    uintptr_t at = (uintptr_t)info->si_addr, stack = STACK((const ucontext_t *)context);
    return number == SIGSEGV && info->si_code > 0 && (at < stack ? stack - at : at - stack) < 65536;
}

/* What the handler from before does about an overflow may need the stack that is gone, so it is said before. */
void np_words_before(int number, const siginfo_t *info, const void *context) {
    if (is_overflow(number, info, context)) say_signal(number, context, 1);
}

/* A handler that lets the process end has put the default action in its own place. */
void np_words_after(int number, const siginfo_t *info, const void *context) {
    struct sigaction now;
    if (sigaction(number, 0, &now) == 0 && !(now.sa_flags & SA_SIGINFO) && now.sa_handler == SIG_DFL)
        say_signal(number, context, is_overflow(number, info, context));
}

static void on_signal(int number, siginfo_t *info, void *context) {
    int index = 0;
    while (own_signals[index] != number) index++;
    const struct sigaction *to = &base[index];
    if (to->sa_flags & SA_SIGINFO) {
        to->sa_sigaction(number, info, context);
        np_words_after(number, info, context);
    } else if (to->sa_handler != SIG_DFL) {
        to->sa_handler(number);
        np_words_after(number, info, context);
    } else {
        /* A faulting instruction is run again, and then ends the process. A signal that was sent must be sent again. */
        struct sigaction nothing = {.sa_handler = SIG_DFL};
        sigaction(number, &nothing, 0);
        np_words_after(number, info, context);
        if (info->si_code <= 0) raise(number);
    }
}

static void on_process_exit(int status, void *unused) {
    line words;
    (void)unused;
    if (!begin(&words, "this process ends", 0)) return;
    add(&words, ", which has called exit(");
    add_number(&words, (unsigned int)status & 0xFF);
    add(&words, ").");
    finish(&words);
}

static void on_thread_end(void *data) {
    thread *self = data;
    line words;
    stack_t now;
    if (self->depth > 0) {
        pthread_setspecific(key, self);
        if (begin(&words, "a thread is ended", 0)) {
            add(&words, ", as pthread_exit does: the call never returns.");
            finish(&words);
            is_said = 0; /* the process goes on, and may have more to say */
        }
        pthread_setspecific(key, 0);
        if (thread_end_status >= 0) _exit(thread_end_status);
    }
    if (self->stack && sigaltstack(0, &now) == 0 && now.ss_sp == self->stack) {
        now.ss_flags = SS_DISABLE;
        sigaltstack(&now, 0);
        munmap(self->stack, STACK_SIZE);
    }
    free(self);
}

static thread *prepare(void) {
    thread *self = current();
    stack_t now;
    if (self || !has_key || !(self = calloc(1, sizeof(*self)))) return self;
    if (pthread_setspecific(key, self) != 0) {
        free(self);
        return 0;
    }
    if (sigaltstack(0, &now) == 0 && (now.ss_flags & SS_DISABLE)) {
        void *memory = mmap(0, STACK_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
        stack_t own = {.ss_sp = memory, .ss_size = STACK_SIZE};
        if (memory != MAP_FAILED && sigaltstack(&own, 0) == 0) self->stack = memory;
        else if (memory != MAP_FAILED) munmap(memory, STACK_SIZE);
    }
    return self;
}

/* To be called once. With a status of 0 or more, a thread that a plugin ends in a call ends the process with it. Returns 0, or errno. */
EXPORT int np_words_install(int status) {
    int error = pthread_key_create(&key, on_thread_end);
    if (error != 0) return error;
    thread_end_status = status;
    process = getpid();
    has_key = 1;
    for (int i = 0; i < OWN_SIGNALS; i++) {
        if (sigaction(own_signals[i], 0, &base[i]) != 0) return errno;
        if (base[i].sa_handler == SIG_IGN) continue; /* and programs that are started by this one shall ignore it, too */
        struct sigaction own = base[i], replaced;
        own.sa_sigaction = on_signal;
        own.sa_flags |= SA_SIGINFO | SA_ONSTACK;
        if (sigaction(own_signals[i], &own, &replaced) != 0) return errno;
        if (replaced.sa_sigaction != base[i].sa_sigaction) base[i] = replaced; /* just installed by another thread */
    }
    if (on_exit) on_exit(on_process_exit, 0);
    return 0;
}

/* From now on the application ends by itself, and nothing is said any more. */
EXPORT void np_words_quiet(void) { __atomic_store_n(&is_quiet, 1, __ATOMIC_RELEASE); }

/* A plugin's library is mapped, and holds this address; or has another name from now on, if it has a number. The name must stay. One caller at a
 * time. Returns the number, or -1. */
EXPORT int np_words_name(int number, const void *address, const char *name) {
    uintptr_t range[3] = {(uintptr_t)address, 0, 0};
    int i = 0;
    while (i < MAX_PLUGINS && i != number && (number >= 0 || plugins[i].high != 0)) i++;
    if (i == MAX_PLUGINS || !dl_iterate_phdr(np_find_range, range)) return -1;
    plugins[i].low = range[1];
    plugins[i].name = name;
    __atomic_store_n(&plugins[i].high, range[2], __ATOMIC_RELEASE);
    return i;
}

/* The library is unmapped. */
EXPORT void np_words_remove(int number) { __atomic_store_n(&plugins[number].high, 0, __ATOMIC_RELEASE); }

/* The place of a gate in the counts of all threads is now that of this plugin; 0 if of none. The name must stay. */
EXPORT void np_words_gate(int place, const char *name) {
    if (place >= 0 && place < MAX_GATES) __atomic_store_n(&gates[place], name, __ATOMIC_RELEASE);
}

/* The current thread counts its calls here, one count for each gate, besides where it has counted before. The counts must stay while it runs. */
EXPORT void np_words_counts(const int *counts, int length) {
    thread *self = prepare();
    if (!self || self->arrays == MAX_COUNTS) return;
    self->counts[self->arrays].counts = counts;
    self->counts[self->arrays].length = length;
    __atomic_signal_fence(__ATOMIC_RELEASE);
    self->arrays++;
}

/* The current thread begins a call into a plugin. Both texts must stay. */
EXPORT void np_words_enter(const char *name, const char *of) {
    thread *self = prepare();
    if (!self) return;
    if (self->depth < MAX_CALLS) self->calls[self->depth] = (call){name, of};
    __atomic_signal_fence(__ATOMIC_RELEASE);
    self->depth++;
}

/* It ends the call that it has begun last. */
EXPORT void np_words_leave(void) {
    thread *self = current();
    if (self && self->depth > 0) self->depth--;
}
