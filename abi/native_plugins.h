/*
 * native_plugins.h - the NativePlugins ABI, version 1.0
 *
 * A plugin is a shared library that exports one function, np_plugin_entry_v1. A host is a program that loads
 * it. This header is everything that the two agree on. It needs a C99 or C++17 compiler and no library.
 *
 *
 * LIFECYCLE
 *
 *                 np_plugin_entry_v1
 *     (library) ----------------------> described        static data only; nothing of the plugin has run
 *                                         |   ^
 *                                  create |   | destroy
 *                                         v   |
 *                     start fails .---> created <---.
 *                                 |       |         |
 *                                 '-------| start   | stop (whatever status it returns)
 *                                         v         |
 *                                       started ----'    services answer calls only here
 *
 *   - Each successful create is matched by exactly one destroy, each successful start by exactly one stop.
 *     Both pairs may be repeated. A create or start that fails has changed nothing and is matched by nothing.
 *   - Several instances may exist at once, also for different hosts in one process. They share no state that
 *     the plugin does not share on purpose.
 *   - A plugin must not wait for the process to end in order to clean up: in many runtimes (NativeAOT is one)
 *     no exit handler of a library ever runs. stop and destroy are the place.
 *   - A host makes no call that is illegal in its state. A plugin that has state to lose checks all the same,
 *     returns NP_E_INVALID_STATE and does nothing.
 *
 *
 * THREADS AND STATES
 *
 *   The last line of each function's comment says, in brackets, which thread may call it and in which state:
 *
 *     [lifecycle-thread]  A thread of the host's. Calls with this tag never overlap on one instance. It is not
 *                         always the same thread.
 *     [any-thread]        Any thread, several at once.
 *     [in-call]           Any thread, but only until the call that handed the table over has returned.
 *     & created, started  Legal in these states only. No state means: whenever the table can be reached.
 *
 *
 * OWNERSHIP
 *
 *   - Whoever allocates frees. No function returns memory that the other side must free: results go through an
 *     np_sink that the caller passes.
 *   - A pointer parameter is borrowed for the call, unless its comment says longer. Copy what you keep.
 *   - An object that the receiver keeps crosses as an np_object, and is given back by its release.
 *   - The description lives as long as the library is mapped. np_host lives from create until destroy returns,
 *     np_plugin from create until destroy is entered. A service table lives as long as the object it came from.
 *
 *
 * TEXT
 *
 *   A string is a pointer and a length in bytes. It is UTF-8, not terminated, and may contain U+0000 only where
 *   that is said. NULL is valid when the length is 0. A reader replaces ill-formed UTF-8, it never fails on it.
 *
 *
 * ERRORS
 *
 *   Every function returns an int32_t status: NP_OK, one of NP_E_*, or a positive number of the callee's own.
 *   Where a function takes an np_error_sink, the failing side reports code and text through it before it
 *   returns, on the calling thread; the sink may be NULL. No C++ exception, panic, longjmp or managed exception
 *   may leave a function of this ABI, in either direction.
 *
 *
 * VERSIONS
 *
 *   - The entry's name holds the major version. Another major is another entry, and one library may have both.
 *   - The first field of every struct is struct_size, the size that its writer knew. The fields of version 1.0
 *     are the frozen minimum: a smaller struct is refused, a larger one accepted. Read min(theirs, yours); a
 *     field beyond struct_size is absent (NP_HAS). Never write beyond a stated size.
 *   - All else is a service: a table of functions behind an id "namespace.name/major". The host asks the plugin
 *     and the plugin asks the host in the same way, and both live without what they did not get. An id never
 *     changes when a draft becomes stable. Drafts are declared only under NP_ENABLE_DRAFTS.
 *   - What has shipped never changes: new fields are appended, with a new minor version.
 *   - Only fixed-width integers, pointers, size_t and pointers to functions cross. No bool, enum, long, bit
 *     field or struct by value. Padding is written out. Functions use the platform's C convention (NP_CALL).
 *   - A plugin imports nothing from the host: everything comes through the table that create receives.
 *
 *
 * A COMPLETE PLUGIN, in C.   cc -shared -fPIC -fvisibility=hidden -o libhello.so hello.c
 *
 *     #include "native_plugins.h"
 *
 *     static int32_t NP_CALL run(void *context, const np_command_call *call, int32_t *exit_status,
 *                                const np_error_sink *error) {
 *         (void)context; (void)error;
 *         *exit_status = 0;
 *         return call->output->write(call->output->context, NP_TEXT("Hello, world!\n"));
 *     }
 *     static const np_command command = { sizeof(np_command), 0, NULL, run };
 *
 *     static int32_t NP_CALL start(void *context, const np_error_sink *error) {
 *         (void)context; (void)error; return NP_OK;
 *     }
 *     static int32_t NP_CALL stop(void *context, const np_error_sink *error) {
 *         (void)context; (void)error; return NP_OK;
 *     }
 *     static int32_t NP_CALL destroy(void *context) { (void)context; return NP_OK; }
 *     static int32_t NP_CALL get_service(void *context, const char *id, size_t id_length, const void **service) {
 *         (void)context;
 *         *service = np_text_equals(id, id_length, NP_TEXT(NP_COMMAND_ID)) ? &command : NULL;
 *         return *service != NULL ? NP_OK : NP_E_NOT_FOUND;
 *     }
 *     static const np_plugin plugin = { sizeof(np_plugin), 0, NULL, start, stop, destroy, get_service };
 *
 *     static int32_t NP_CALL create(void *context, const np_host *host, const np_plugin **result,
 *                                   const np_error_sink *error) {
 *         (void)context; (void)host; (void)error;
 *         *result = &plugin;
 *         return NP_OK;
 *     }
 *     static const np_plugin_description description = {
 *         NP_DESCRIPTION_PREFIX(NP_PLUGIN_MAY_UNLOAD, NP_RUNTIME_NONE),
 *         NP_TEXT("hello"), NP_TEXT("Hello"), NP_TEXT("1.0.0"), NP_TEXT("C"), NP_TEXT(""), NULL, create };
 *
 *     NP_EXPORT int32_t NP_CALL np_plugin_entry_v1(const np_plugin_description **result) {
 *         *result = &description;
 *         return NP_OK;
 *     }
 *
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef NATIVE_PLUGINS_H
#define NATIVE_PLUGINS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---------------------------------------------------------------------------------------------------------
 * Constants
 */

#define NP_ABI_MAJOR 1u
#define NP_ABI_MINOR 0u

/* "NPLG", read as a little-endian number. */
#define NP_MAGIC 0x474C504Eu

/* FNV-1a (64 bits) of the frozen minimum of the core structs: the lines of section [core] in layout-v1.txt. It stays
 * when a struct grows. Two sides that differ here do not speak the same version 1. */
#define NP_LAYOUT_HASH 0x4781C6705DE554BCULL

/* The calling convention: the platform's own for C. Spelled out where a 32-bit compiler could be told otherwise. */
#if defined(_WIN32) && !defined(_WIN64)
#define NP_CALL __cdecl
#else
#define NP_CALL
#endif

#if defined(__cplusplus)
#define NP_EXTERN_C extern "C"
#else
#define NP_EXTERN_C
#endif

/* Put before the definition of the entry. */
#if defined(_WIN32)
#define NP_EXPORT NP_EXTERN_C __declspec(dllexport)
#else
#define NP_EXPORT NP_EXTERN_C __attribute__((visibility("default")))
#endif

/* Status codes. Positive numbers are the callee's own. */
#define NP_OK 0
#define NP_E_FAILED (-1)           /* It did not work; the text says why. */
#define NP_E_FAULT (-2)            /* An exception or panic reached the boundary and was stopped there. */
#define NP_E_INVALID_ARGUMENT (-3) /* The caller broke a rule of this header. */
#define NP_E_INVALID_STATE (-4)    /* Not legal in this state; nothing was done. */
#define NP_E_NOT_FOUND (-5)        /* No such service, key or path. */
#define NP_E_UNSUPPORTED (-6)      /* The callee is older, or does not do this. */
#define NP_E_OUT_OF_MEMORY (-7)
#define NP_E_CANCELLED (-8)        /* Stopped because the caller asked for it. */
#define NP_E_CONFIGURATION (-9)    /* A setting is missing or has a bad value; the text names it. */
#define NP_E_IO (-10)
#define NP_E_PERMISSION (-11)

/* np_plugin_description.runtime: what the library brings into the process besides its own code. The host keeps
 * a library mapped for good unless this is NP_RUNTIME_NONE and NP_PLUGIN_MAY_UNLOAD is set. */
#define NP_RUNTIME_NONE 1u      /* Plain native code: C, C++, Rust, Zig. */
#define NP_RUNTIME_NATIVEAOT 2u /* .NET, compiled with NativeAOT. */
#define NP_RUNTIME_OTHER 3u     /* Any other managed runtime. */

/* np_plugin_description.flags */
#define NP_PLUGIN_MAY_UNLOAD 1u /* After the last destroy no thread, handler or pointer of the plugin's is left
                                 * behind, and the library may be unmapped. A thread-specific key with a destructor
                                 * (pthread_key_create, tss_create) is such a pointer: a thread of the host's that has
                                 * a value calls it when it ends, and crashes if the library is gone. Delete the key in
                                 * destroy, or do not set this. */

/* np_log_record.level and np_log.is_enabled: the levels of Microsoft.Extensions.Logging. */
#define NP_LOG_TRACE 0
#define NP_LOG_DEBUG 1
#define NP_LOG_INFORMATION 2
#define NP_LOG_WARNING 3
#define NP_LOG_ERROR 4
#define NP_LOG_CRITICAL 5

/* np_paths.get */
#define NP_PATH_INSTALLED 1 /* The directory that the plugin is installed in: its library and the files it brought. */
#define NP_PATH_DATA 2      /* A directory of the plugin's own that it may write to. Made when it is first asked for. */

/* np_stream.seek: what the offset counts from. */
#define NP_SEEK_BEGIN 0
#define NP_SEEK_CURRENT 1
#define NP_SEEK_END 2

/* ---------------------------------------------------------------------------------------------------------
 * Sinks: how results and errors come back
 */

/* Takes bytes from the callee. What the bytes are is said where the sink is passed. */
typedef struct np_sink {
    uint32_t struct_size;
    uint32_t reserved; /* 0 */
    void *context;     /* The first argument of every function of this table. */

    /* Takes `size` bytes. May be called many times: the pieces follow each other. A status other than NP_OK says
     * that more is not wanted; return it onwards.
     * [in-call] */
    int32_t(NP_CALL *write)(void *context, const void *data, size_t size);
} np_sink;

/* What went wrong. */
typedef struct np_error_info {
    uint32_t struct_size;
    int32_t code;     /* The status that the failing call is about to return. */
    const char *type; /* The kind of error in the callee's own words ("System.IO.IOException"). May be empty. */
    size_t type_length;
    const char *message; /* One or more sentences for a person. */
    size_t message_length;
    const char *detail; /* A stack trace or the like. May be empty. */
    size_t detail_length;
} np_error_info;

/* Takes the error of the call that it is passed to. */
typedef struct np_error_sink {
    uint32_t struct_size;
    uint32_t reserved; /* 0 */
    void *context;

    /* At most one report a call counts: the last. It is ignored when the call returns NP_OK.
     * [in-call] */
    int32_t(NP_CALL *report)(void *context, const np_error_info *info);
} np_error_sink;

/* Says whether the caller still wants the result. */
typedef struct np_cancellation {
    uint32_t struct_size;
    uint32_t reserved; /* 0 */
    void *context;

    /* NP_OK while the result is wanted, then NP_E_CANCELLED. Cheap.
     * [in-call] */
    int32_t(NP_CALL *check)(void *context);

    /* Asks for one call of `callback`, on any thread, when cancellation is requested; at once, before this
     * returns, if it has been. The callback must not block. *subscription is for unsubscribe.
     * [in-call] */
    int32_t(NP_CALL *subscribe)(void *context, int32_t(NP_CALL *callback)(void *callback_context),
                                void *callback_context, uint64_t *subscription);

    /* After this returns the callback does not run any more (called from within the callback: after that one
     * returns). Every subscription must be ended before the call that brought the table returns.
     * [in-call] */
    int32_t(NP_CALL *unsubscribe)(void *context, uint64_t subscription);
} np_cancellation;

/* Takes the outcome of a call that ends later than its function returns. Such a call has accepted its work when its
 * function returns NP_OK, and goes on until complete; "in-call" and "borrowed for the call" then mean: until complete,
 * but for what its own comment says is borrowed until the function returns. With any other status it has ended, and
 * complete is not called. */
typedef struct np_completion {
    uint32_t struct_size;
    uint32_t reserved; /* 0 */
    void *context;

    /* Ends the call: exactly once, at the earliest before its function returns. A second time is undefined: usually it
     * is answered NP_E_INVALID_STATE, but it may end another call. `data` is the result, which counts after NP_OK
     * only; what it holds is said where the completion is passed. `error` says what went wrong, and may be NULL. Both
     * are borrowed until this returns. Nothing that the call brought may be used after it.
     * [any-thread] */
    int32_t(NP_CALL *complete)(void *context, int32_t status, const void *data, size_t size,
                               const np_error_info *error);
} np_completion;

/* An object that its receiver keeps: a cursor that a plugin has opened, a sink that an application gives away. It is
 * handed over as a pointer to this struct, which is borrowed for the call: copy it.
 *
 *   - Each hand-over that succeeds is one reference. The receiver gives each back by one release, and then makes no
 *     further call. An object that is handed over once needs no counter: its release frees it.
 *   - A hand-over as an argument succeeds when the function returns NP_OK, one as a result when the sink or the
 *     completion that takes it does. With any other status the object stays the giver's, and is not released.
 *   - The same object is handed over with the same context and table. What is then called is one object.
 *   - No object outlives its instance. A host gives back what it has of the plugin's before it calls stop; what the
 *     plugin has of the host's is gone when destroy returns. An instance in quarantine is not called any more. */
typedef struct np_object {
    uint32_t struct_size;
    uint32_t reserved; /* 0 */
    void *context;     /* The first argument of all functions of the object, in place of its table's context. */
    const void *table; /* The table of the object's contract, until release returns. Objects may share one. */

    /* Gives one reference back; with the last one the object ends. It is gone, whatever the status, which says what
     * went wrong at its end. No call of the receiver's into the object is in flight. May block, and may be called from
     * within another call.
     * [any-thread & started] */
    int32_t(NP_CALL *release)(void *context, const np_error_sink *error);

    /* Ends the object's work before its release, at most once, where that may take long: what is buffered is written.
     * release still follows, when `completion` has completed. NULL when there is nothing to wait for: release does it
     * all. A receiver in a hurry may leave it out.
     * [any-thread & started] */
    int32_t(NP_CALL *finish)(void *context, const np_completion *completion, const np_error_sink *error);
} np_object;

/* ---------------------------------------------------------------------------------------------------------
 * The two sides
 */

/* The host, as a plugin sees it. Valid from create until destroy returns. */
typedef struct np_host {
    uint32_t struct_size;
    uint32_t abi_minor; /* The minor version that the host was written for. */
    void *context;
    const char *name; /* The application that loads the plugin. May be empty. */
    size_t name_length;
    const char *version; /* The application's version. May be empty. */
    size_t version_length;

    /* Finds a service of the host's. NP_E_NOT_FOUND and *service = NULL when there is none: do without.
     * [any-thread & created, started] */
    int32_t(NP_CALL *get_service)(void *context, const char *id, size_t id_length, const void **service);
} np_host;

/* One instance of a plugin, as the host sees it. Made by create, gone after destroy. */
typedef struct np_plugin {
    uint32_t struct_size;
    uint32_t reserved; /* 0 */
    void *context;

    /* Begins work: threads, files and connections are opened here, not in create. When it fails the instance is
     * still created, and may be started again.
     * [lifecycle-thread & created] */
    int32_t(NP_CALL *start)(void *context, const np_error_sink *error);

    /* Ends work: when this returns, no thread of the instance runs. It cannot refuse; a status other than NP_OK
     * is logged, and the instance is created again all the same. No service call is in flight.
     * [lifecycle-thread & started] */
    int32_t(NP_CALL *stop)(void *context, const np_error_sink *error);

    /* Frees the instance. It is gone, whatever the status.
     * [lifecycle-thread & created] */
    int32_t(NP_CALL *destroy)(void *context);

    /* Finds a service of the plugin's. NP_E_NOT_FOUND and *service = NULL when there is none. The answer for one
     * id is the same for the life of the instance.
     * [any-thread & created, started] */
    int32_t(NP_CALL *get_service)(void *context, const char *id, size_t id_length, const void **service);
} np_plugin;

/* What a library says of itself before anything of it runs. Constant, and valid while the library is mapped. */
typedef struct np_plugin_description {
    uint32_t struct_size;
    uint32_t magic;        /* NP_MAGIC */
    uint32_t abi_major;    /* NP_ABI_MAJOR */
    uint32_t abi_minor;    /* NP_ABI_MINOR, as it was when the plugin was compiled. */
    uint64_t layout_hash;  /* NP_LAYOUT_HASH */
    uint32_t pointer_size; /* sizeof(void *) */
    uint32_t flags;        /* NP_PLUGIN_* */
    uint32_t runtime;      /* NP_RUNTIME_* */
    uint32_t reserved;     /* 0 */
    const char *id;        /* Unique, for good: [a-z0-9] first, then [a-z0-9_.-], 64 bytes at most. */
    size_t id_length;
    const char *name; /* For people; 1 to 256 bytes. */
    size_t name_length;
    const char *version; /* Semantic Versioning 2.0.0, 128 bytes at most. */
    size_t version_length;
    const char *language; /* "C", "C++", "C#", "Rust", "Zig", …; 64 bytes at most. */
    size_t language_length;
    const char *runtime_version; /* The runtime's version, or empty; 64 bytes at most. */
    size_t runtime_version_length;
    void *context;

    /* Makes an instance: *plugin is valid until its destroy. Cheap: no thread, file or connection is opened yet.
     * `host` may be kept until destroy returns.
     * [lifecycle-thread & described] */
    int32_t(NP_CALL *create)(void *context, const np_host *host, const np_plugin **plugin, const np_error_sink *error);
} np_plugin_description;

/* The one function that a plugin exports. Sets *description and returns NP_OK; does nothing else. May be called
 * again, and by several threads at once, always with the same answer.
 * [any-thread] */
NP_EXPORT int32_t NP_CALL np_plugin_entry_v1(const np_plugin_description **description);

/* ---------------------------------------------------------------------------------------------------------
 * np.command/1 - the plugin runs a command                                                         plugin's side
 */

#define NP_COMMAND_ID "np.command/1"

/* One run: arguments in, text out. Everything in it is borrowed for the call. */
typedef struct np_command_call {
    uint32_t struct_size;
    uint32_t argument_count;            /* The length of both arrays. */
    const char *const *arguments;       /* The plugin's arguments, without its own name. */
    const size_t *argument_lengths;     /* In bytes. */
    const np_sink *output;              /* UTF-8 text for standard output. Never NULL. */
    const np_sink *error_output;        /* UTF-8 text for standard error. Never NULL. */
    const np_cancellation *cancellation; /* May be NULL: the run cannot be cancelled. */
    const char *traceparent;            /* The caller's trace context (W3C Trace Context, "traceparent"). May be empty. */
    size_t traceparent_length;
} np_command_call;

typedef struct np_command {
    uint32_t struct_size;
    uint32_t reserved; /* 0 */
    void *context;

    /* Runs the command. *exit_status is for the shell: 0 is success, and 0 to 63 are the plugin's to use. The
     * returned status says whether it ran at all; *exit_status counts only after NP_OK.
     * [any-thread & started] */
    int32_t(NP_CALL *run)(void *context, const np_command_call *call, int32_t *exit_status, const np_error_sink *error);
} np_command;

/* ---------------------------------------------------------------------------------------------------------
 * np.log/1 - the plugin writes to the host's log                                                     host's side
 */

#define NP_LOG_ID "np.log/1"

typedef struct np_log_record {
    uint32_t struct_size;
    int32_t level;        /* NP_LOG_* */
    int32_t event_id;     /* The plugin's own number for this kind of event, or 0. */
    uint32_t reserved;    /* 0 */
    const char *category; /* A part of the plugin, or empty for the plugin as a whole. */
    size_t category_length;
    const char *message;
    size_t message_length;
    const char *detail; /* A stack trace or the like. May be empty. */
    size_t detail_length;
    const char *traceparent; /* From the np_command_call that this is about. May be empty. */
    size_t traceparent_length;
} np_log_record;

typedef struct np_log {
    uint32_t struct_size;
    uint32_t reserved; /* 0 */
    void *context;

    /* Sets *enabled to 1 if a record of this level is kept, else to 0. Cheap.
     * [any-thread & created, started] */
    int32_t(NP_CALL *is_enabled)(void *context, int32_t level, int32_t *enabled);

    /* Writes one record.
     * [any-thread & created, started] */
    int32_t(NP_CALL *write)(void *context, const np_log_record *record);
} np_log;

/* ---------------------------------------------------------------------------------------------------------
 * np.config/1 - the plugin reads its settings                                                        host's side
 *
 * A plugin sees its own section of the host's configuration and nothing else. Keys are case-insensitive; levels
 * are separated by ':' ("Output:Format").
 */

#define NP_CONFIG_ID "np.config/1"

typedef struct np_config {
    uint32_t struct_size;
    uint32_t reserved; /* 0 */
    void *context;

    /* Writes the value of `key` into `value`. NP_E_NOT_FOUND, and nothing written, when it is not set. For a key
     * that the plugin cannot do without, return NP_E_CONFIGURATION from create or start and name it.
     * [any-thread & created, started] */
    int32_t(NP_CALL *get)(void *context, const char *key, size_t key_length, const np_sink *value,
                          const np_error_sink *error);

    /* Calls `visit` for each setting, in the order of their keys, until it returns something else than NP_OK, and
     * returns that. Key and value are borrowed for the call of visit.
     * [any-thread & created, started] */
    int32_t(NP_CALL *for_each)(void *context,
                               int32_t(NP_CALL *visit)(void *visit_context, const char *key, size_t key_length,
                                                       const char *value, size_t value_length),
                               void *visit_context);
} np_config;

/* ---------------------------------------------------------------------------------------------------------
 * np.paths/1 - where the plugin's files are                                                          host's side
 */

#define NP_PATHS_ID "np.paths/1"

typedef struct np_paths {
    uint32_t struct_size;
    uint32_t reserved; /* 0 */
    void *context;

    /* Writes the absolute path of a directory (NP_PATH_*) into `path`, without a separator at its end. A kind
     * that the host does not know is NP_E_UNSUPPORTED.
     * [any-thread & created, started] */
    int32_t(NP_CALL *get)(void *context, int32_t kind, const np_sink *path, const np_error_sink *error);
} np_paths;

/* ---------------------------------------------------------------------------------------------------------
 * np.state/1 - state that outlives the instance                                                   plugin's side
 *
 * When the host replaces a plugin that is in use, it saves the state of the old instance and loads it into the new
 * one, while no service call is in flight on either. What it saved reaches load as it was: the host adds a checksum.
 * If load refuses, the old instance goes on as if nothing had been asked of it.
 */

#define NP_STATE_ID "np.state/1"

/* A saved state. Everything in it is borrowed for the call. */
typedef struct np_state_data {
    uint32_t struct_size;
    uint32_t version;   /* The version that the table stated whose save wrote it. */
    const char *schema; /* The schema that it stated. */
    size_t schema_length;
    const void *data; /* What save wrote. NULL when data_size is 0. */
    size_t data_size; /* In bytes; may be 0. */
} np_state_data;

typedef struct np_state {
    uint32_t struct_size;
    uint32_t version; /* Of the schema: what save writes, and the newest that load takes. */
    void *context;
    const char *schema; /* What the bytes are, in the plugin's own words; 64 bytes at most, may be empty. */
    size_t schema_length;

    /* Writes the state into `data`. Changes nothing.
     * [lifecycle-thread & created, started] */
    int32_t(NP_CALL *save)(void *context, const np_sink *data, const np_error_sink *error);

    /* Takes over a state that this plugin, in this or an older version, has saved; or refuses it, unchanged, with a
     * status other than NP_OK.
     * [lifecycle-thread & created, started] */
    int32_t(NP_CALL *load)(void *context, const np_state_data *state, const np_error_sink *error);
} np_state;

/* ---------------------------------------------------------------------------------------------------------
 * np.memory/1 - memory that can be given back                                                     plugin's side
 */

#define NP_MEMORY_ID "np.memory/1"

typedef struct np_memory {
    uint32_t struct_size;
    uint32_t reserved; /* 0 */
    void *context;

    /* Gives back what can be given back: caches, pools, a collected heap. The host asks for it when memory is short,
     * and before it destroys an instance whose library stays mapped.
     * [any-thread & created, started] */
    int32_t(NP_CALL *trim)(void *context);
} np_memory;

/* ---------------------------------------------------------------------------------------------------------
 * np.stream/1 - bytes in order, as a file or a connection has them                                  both sides
 *
 * Nobody asks for it by its id: a stream is a result or a parameter of some contract, and crosses as an np_object whose
 * table is an np_stream. Its end is the release of the object: what is buffered is written then.
 *
 * What a stream does not do is NULL in its table. One that is read has read, one that is written has write, one that
 * seeks has seek and get_length; it has one of the first two at least. flush needs write, set_length needs write and
 * seek, a function that ends later needs the one of its name that does not. Those that end later are for streams that
 * can wait without a thread: where there are none, a receiver that does not want to wait calls the others on a thread
 * of its own.
 *
 * One call at a time: the next one comes when the last has returned, or completed. What cannot seek has two directions,
 * and a call that reads and one that writes may overlap. After a call that has failed nobody knows the position.
 *
 * `cancellation` may be NULL. A stream may leave it out of account: then a call ends when it ends.
 */

#define NP_STREAM_ID "np.stream/1"

typedef struct np_stream {
    uint32_t struct_size;
    uint32_t reserved; /* 0 */
    void *context;     /* NULL: the first argument is the context of the object. */

    /* Reads what there is, `size` bytes at most, and waits for one byte at least. *count is how many: 0 only at the end,
     * or when `size` is 0.
     * [any-thread & started] */
    int32_t(NP_CALL *read)(void *context, void *buffer, size_t size, size_t *count, const np_cancellation *cancellation,
                           const np_error_sink *error);

    /* Writes all of `data`. More than INT32_MAX bytes may be refused with NP_E_INVALID_ARGUMENT.
     * [any-thread & started] */
    int32_t(NP_CALL *write)(void *context, const void *data, size_t size, const np_cancellation *cancellation,
                            const np_error_sink *error);

    /* Hands on what was written and is still buffered.
     * [any-thread & started] */
    int32_t(NP_CALL *flush)(void *context, const np_cancellation *cancellation, const np_error_sink *error);

    /* Moves to `offset` bytes from NP_SEEK_*, and tells where that is, from the beginning: 0 or more. It may be beyond
     * the end, as in a file. An offset of 0 from NP_SEEK_CURRENT moves nothing.
     * [any-thread & started] */
    int32_t(NP_CALL *seek)(void *context, int64_t offset, int32_t origin, int64_t *position, const np_error_sink *error);

    /* How many bytes there are from the beginning to the end: 0 or more.
     * [any-thread & started] */
    int32_t(NP_CALL *get_length)(void *context, int64_t *length, const np_error_sink *error);

    /* Cuts the end off, or adds zeros to it.
     * [any-thread & started] */
    int32_t(NP_CALL *set_length)(void *context, int64_t length, const np_error_sink *error);

    /* read, which completes with a size_t: how many bytes. The buffer is borrowed until then.
     * [any-thread & started] */
    int32_t(NP_CALL *read_async)(void *context, void *buffer, size_t size, const np_cancellation *cancellation,
                                 const np_completion *completion, const np_error_sink *error);

    /* write, which completes with nothing. The data is borrowed until then.
     * [any-thread & started] */
    int32_t(NP_CALL *write_async)(void *context, const void *data, size_t size, const np_cancellation *cancellation,
                                  const np_completion *completion, const np_error_sink *error);

    /* flush, which completes with nothing.
     * [any-thread & started] */
    int32_t(NP_CALL *flush_async)(void *context, const np_cancellation *cancellation, const np_completion *completion,
                                  const np_error_sink *error);
} np_stream;

/* ---------------------------------------------------------------------------------------------------------
 * Conveniences for C and C++ (NP_NO_CONVENIENCES leaves them out)
 */

#ifndef NP_NO_CONVENIENCES

/* A string literal as the two arguments, or the two initialisers, of a string. */
#define NP_TEXT(literal) literal, sizeof(literal) - 1

/* Whether the writer of *table knew `member`, a field that was appended after version 1.0. */
#define NP_HAS(table, type, member)                                                                                    \
    ((table)->struct_size >= offsetof(type, member) + sizeof((table)->member))

/* The fields of an np_plugin_description before its id. */
#define NP_DESCRIPTION_PREFIX(flags, runtime)                                                                          \
    (uint32_t)sizeof(np_plugin_description), NP_MAGIC, NP_ABI_MAJOR, NP_ABI_MINOR, NP_LAYOUT_HASH,                     \
        (uint32_t)sizeof(void *), (flags), (runtime), 0

/* 1 if both strings are the same bytes, else 0. */
static inline int32_t np_text_equals(const char *a, size_t a_length, const char *b, size_t b_length) {
    size_t i;
    if (a_length != b_length) {
        return 0;
    }
    for (i = 0; i < a_length; i++) {
        if (a[i] != b[i]) {
            return 0;
        }
    }
    return 1;
}

/* Reports `code` and a message, and returns `code`: `return np_fail(error, NP_E_IO, NP_TEXT("…"));` */
static inline int32_t np_fail(const np_error_sink *error, int32_t code, const char *message, size_t message_length) {
    if (error != NULL) {
        np_error_info info;
        info.struct_size = (uint32_t)sizeof(info);
        info.code = code;
        info.type = NULL;
        info.type_length = 0;
        info.message = message;
        info.message_length = message_length;
        info.detail = NULL;
        info.detail_length = 0;
        (void)error->report(error->context, &info);
    }
    return code;
}

/* Hands a stream over as the result, which is the caller's once this has returned NP_OK. table NULL is null. */
static inline int32_t np_stream_put(const np_sink *result, const np_stream *table, void *context,
                                    int32_t(NP_CALL *release)(void *context, const np_error_sink *error)) {
    np_object object = {sizeof(object), 0, NULL, NULL, NULL, NULL};
    object.context = context;
    object.table = table;
    object.release = release;
    return result->write(result->context, table == NULL ? NULL : &object, table == NULL ? 0 : sizeof(object));
}

/* The same for a call that ends later. */
static inline int32_t np_stream_complete(const np_completion *completion, const np_stream *table, void *context,
                                         int32_t(NP_CALL *release)(void *context, const np_error_sink *error)) {
    np_object object = {sizeof(object), 0, NULL, NULL, NULL, NULL};
    object.context = context;
    object.table = table;
    object.release = release;
    return completion->complete(completion->context, NP_OK, table == NULL ? NULL : &object,
                                table == NULL ? 0 : sizeof(object), NULL);
}

#endif /* NP_NO_CONVENIENCES */

/* ---------------------------------------------------------------------------------------------------------
 * The layout, checked by every compiler that reads this: sizes and offsets for 64-bit and for 32-bit pointers
 */

#if defined(__cplusplus)
#define NP_STATIC_ASSERT(name, condition) static_assert(condition, #name)
#else
#define NP_STATIC_ASSERT(name, condition) typedef char np_assert_##name[(condition) ? 1 : -1]
#endif

#define NP_ASSERT_SIZE(type, size64, size32)                                                                           \
    NP_STATIC_ASSERT(type##_size, sizeof(type) == (sizeof(void *) == 8 ? (size64) : (size32)))
#define NP_ASSERT_OFFSET(type, member, offset64, offset32)                                                             \
    NP_STATIC_ASSERT(type##_##member, offsetof(type, member) == (sizeof(void *) == 8 ? (offset64) : (offset32)))

NP_STATIC_ASSERT(pointer, sizeof(void *) == 8 || sizeof(void *) == 4);
NP_STATIC_ASSERT(size, sizeof(size_t) == sizeof(void *));

NP_ASSERT_SIZE(np_sink, 24, 16);
NP_ASSERT_OFFSET(np_sink, context, 8, 8);
NP_ASSERT_OFFSET(np_sink, write, 16, 12);

NP_ASSERT_SIZE(np_error_info, 56, 32);
NP_ASSERT_OFFSET(np_error_info, code, 4, 4);
NP_ASSERT_OFFSET(np_error_info, type, 8, 8);
NP_ASSERT_OFFSET(np_error_info, type_length, 16, 12);
NP_ASSERT_OFFSET(np_error_info, message, 24, 16);
NP_ASSERT_OFFSET(np_error_info, message_length, 32, 20);
NP_ASSERT_OFFSET(np_error_info, detail, 40, 24);
NP_ASSERT_OFFSET(np_error_info, detail_length, 48, 28);

NP_ASSERT_SIZE(np_error_sink, 24, 16);
NP_ASSERT_OFFSET(np_error_sink, context, 8, 8);
NP_ASSERT_OFFSET(np_error_sink, report, 16, 12);

NP_ASSERT_SIZE(np_cancellation, 40, 24);
NP_ASSERT_OFFSET(np_cancellation, context, 8, 8);
NP_ASSERT_OFFSET(np_cancellation, check, 16, 12);
NP_ASSERT_OFFSET(np_cancellation, subscribe, 24, 16);
NP_ASSERT_OFFSET(np_cancellation, unsubscribe, 32, 20);

NP_ASSERT_SIZE(np_completion, 24, 16);
NP_ASSERT_OFFSET(np_completion, context, 8, 8);
NP_ASSERT_OFFSET(np_completion, complete, 16, 12);

NP_ASSERT_SIZE(np_object, 40, 24);
NP_ASSERT_OFFSET(np_object, context, 8, 8);
NP_ASSERT_OFFSET(np_object, table, 16, 12);
NP_ASSERT_OFFSET(np_object, release, 24, 16);
NP_ASSERT_OFFSET(np_object, finish, 32, 20);

NP_ASSERT_SIZE(np_host, 56, 32);
NP_ASSERT_OFFSET(np_host, abi_minor, 4, 4);
NP_ASSERT_OFFSET(np_host, context, 8, 8);
NP_ASSERT_OFFSET(np_host, name, 16, 12);
NP_ASSERT_OFFSET(np_host, name_length, 24, 16);
NP_ASSERT_OFFSET(np_host, version, 32, 20);
NP_ASSERT_OFFSET(np_host, version_length, 40, 24);
NP_ASSERT_OFFSET(np_host, get_service, 48, 28);

NP_ASSERT_SIZE(np_plugin, 48, 28);
NP_ASSERT_OFFSET(np_plugin, context, 8, 8);
NP_ASSERT_OFFSET(np_plugin, start, 16, 12);
NP_ASSERT_OFFSET(np_plugin, stop, 24, 16);
NP_ASSERT_OFFSET(np_plugin, destroy, 32, 20);
NP_ASSERT_OFFSET(np_plugin, get_service, 40, 24);

NP_ASSERT_SIZE(np_plugin_description, 136, 88);
NP_ASSERT_OFFSET(np_plugin_description, magic, 4, 4);
NP_ASSERT_OFFSET(np_plugin_description, abi_major, 8, 8);
NP_ASSERT_OFFSET(np_plugin_description, abi_minor, 12, 12);
NP_ASSERT_OFFSET(np_plugin_description, layout_hash, 16, 16);
NP_ASSERT_OFFSET(np_plugin_description, pointer_size, 24, 24);
NP_ASSERT_OFFSET(np_plugin_description, flags, 28, 28);
NP_ASSERT_OFFSET(np_plugin_description, runtime, 32, 32);
NP_ASSERT_OFFSET(np_plugin_description, id, 40, 40);
NP_ASSERT_OFFSET(np_plugin_description, id_length, 48, 44);
NP_ASSERT_OFFSET(np_plugin_description, name, 56, 48);
NP_ASSERT_OFFSET(np_plugin_description, name_length, 64, 52);
NP_ASSERT_OFFSET(np_plugin_description, version, 72, 56);
NP_ASSERT_OFFSET(np_plugin_description, version_length, 80, 60);
NP_ASSERT_OFFSET(np_plugin_description, language, 88, 64);
NP_ASSERT_OFFSET(np_plugin_description, language_length, 96, 68);
NP_ASSERT_OFFSET(np_plugin_description, runtime_version, 104, 72);
NP_ASSERT_OFFSET(np_plugin_description, runtime_version_length, 112, 76);
NP_ASSERT_OFFSET(np_plugin_description, context, 120, 80);
NP_ASSERT_OFFSET(np_plugin_description, create, 128, 84);

NP_ASSERT_SIZE(np_command_call, 64, 36);
NP_ASSERT_OFFSET(np_command_call, argument_count, 4, 4);
NP_ASSERT_OFFSET(np_command_call, arguments, 8, 8);
NP_ASSERT_OFFSET(np_command_call, argument_lengths, 16, 12);
NP_ASSERT_OFFSET(np_command_call, output, 24, 16);
NP_ASSERT_OFFSET(np_command_call, error_output, 32, 20);
NP_ASSERT_OFFSET(np_command_call, cancellation, 40, 24);
NP_ASSERT_OFFSET(np_command_call, traceparent, 48, 28);
NP_ASSERT_OFFSET(np_command_call, traceparent_length, 56, 32);

NP_ASSERT_SIZE(np_command, 24, 16);
NP_ASSERT_OFFSET(np_command, context, 8, 8);
NP_ASSERT_OFFSET(np_command, run, 16, 12);

NP_ASSERT_SIZE(np_log_record, 80, 48);
NP_ASSERT_OFFSET(np_log_record, level, 4, 4);
NP_ASSERT_OFFSET(np_log_record, event_id, 8, 8);
NP_ASSERT_OFFSET(np_log_record, category, 16, 16);
NP_ASSERT_OFFSET(np_log_record, category_length, 24, 20);
NP_ASSERT_OFFSET(np_log_record, message, 32, 24);
NP_ASSERT_OFFSET(np_log_record, message_length, 40, 28);
NP_ASSERT_OFFSET(np_log_record, detail, 48, 32);
NP_ASSERT_OFFSET(np_log_record, detail_length, 56, 36);
NP_ASSERT_OFFSET(np_log_record, traceparent, 64, 40);
NP_ASSERT_OFFSET(np_log_record, traceparent_length, 72, 44);

NP_ASSERT_SIZE(np_log, 32, 20);
NP_ASSERT_OFFSET(np_log, context, 8, 8);
NP_ASSERT_OFFSET(np_log, is_enabled, 16, 12);
NP_ASSERT_OFFSET(np_log, write, 24, 16);

NP_ASSERT_SIZE(np_config, 32, 20);
NP_ASSERT_OFFSET(np_config, context, 8, 8);
NP_ASSERT_OFFSET(np_config, get, 16, 12);
NP_ASSERT_OFFSET(np_config, for_each, 24, 16);

NP_ASSERT_SIZE(np_paths, 24, 16);
NP_ASSERT_OFFSET(np_paths, context, 8, 8);
NP_ASSERT_OFFSET(np_paths, get, 16, 12);

NP_ASSERT_SIZE(np_state_data, 40, 24);
NP_ASSERT_OFFSET(np_state_data, version, 4, 4);
NP_ASSERT_OFFSET(np_state_data, schema, 8, 8);
NP_ASSERT_OFFSET(np_state_data, schema_length, 16, 12);
NP_ASSERT_OFFSET(np_state_data, data, 24, 16);
NP_ASSERT_OFFSET(np_state_data, data_size, 32, 20);

NP_ASSERT_SIZE(np_state, 48, 28);
NP_ASSERT_OFFSET(np_state, version, 4, 4);
NP_ASSERT_OFFSET(np_state, context, 8, 8);
NP_ASSERT_OFFSET(np_state, schema, 16, 12);
NP_ASSERT_OFFSET(np_state, schema_length, 24, 16);
NP_ASSERT_OFFSET(np_state, save, 32, 20);
NP_ASSERT_OFFSET(np_state, load, 40, 24);

NP_ASSERT_SIZE(np_memory, 24, 16);
NP_ASSERT_OFFSET(np_memory, context, 8, 8);
NP_ASSERT_OFFSET(np_memory, trim, 16, 12);

NP_ASSERT_SIZE(np_stream, 88, 48);
NP_ASSERT_OFFSET(np_stream, context, 8, 8);
NP_ASSERT_OFFSET(np_stream, read, 16, 12);
NP_ASSERT_OFFSET(np_stream, write, 24, 16);
NP_ASSERT_OFFSET(np_stream, flush, 32, 20);
NP_ASSERT_OFFSET(np_stream, seek, 40, 24);
NP_ASSERT_OFFSET(np_stream, get_length, 48, 28);
NP_ASSERT_OFFSET(np_stream, set_length, 56, 32);
NP_ASSERT_OFFSET(np_stream, read_async, 64, 36);
NP_ASSERT_OFFSET(np_stream, write_async, 72, 40);
NP_ASSERT_OFFSET(np_stream, flush_async, 80, 44);

#ifdef __cplusplus
}
#endif

#endif /* NATIVE_PLUGINS_H */
