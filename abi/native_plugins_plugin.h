/*
 * native_plugins_plugin.h - a plugin in C or C++ without the forty lines that all of them have
 *
 * native_plugins.h is the ABI, and enough for a plugin. This header, which only plugins include, writes what is the same
 * in most of them: the description, the entry, and an np_plugin whose functions do nothing but what they have to. Those
 * functions stand in native_plugins_instance.h, which this header includes. All of it is compiled into the plugin. It
 * needs a C99 or C++17 compiler and no library, and nothing of it crosses the boundary: a host cannot tell whether a
 * plugin was written with it.
 *
 *
 * A COMPLETE PLUGIN, in C.   cc -shared -fPIC -fvisibility=hidden -o libhello.so hello.c
 *
 *     #include "native_plugins_plugin.h"
 *
 *     static int32_t NP_CALL run(void *context, const np_command_call *call, int32_t *exit_status,
 *                                const np_error_sink *error) {
 *         (void)context; (void)error;
 *         *exit_status = 0;
 *         return np_write(call->output, NP_TEXT("Hello, world!\n"));
 *     }
 *     static const np_command command = { sizeof(np_command), 0, NULL, run };
 *
 *     NP_PLUGIN("hello", "Hello", "1.0.0", NP_PLUGIN_MAY_UNLOAD, NP_SERVICE(NP_COMMAND_ID, command));
 *
 *
 * STATE
 *
 *   Several instances may exist at once. What each of them has for itself is its state, of a type that the plugin
 *   chooses. NP_PLUGIN is for a plugin without; NP_PLUGIN_WITH is told where the state is:
 *
 *     NP_NO_STATE                    Nowhere. All instances are one table, and context is what the tables say.
 *     NP_ALLOCATED(type, malloc, free)
 *                                    Each instance has a `type` of its own. It also has its own copy of each service
 *                                    table, with that state as its context: leave NULL there. Any two functions with
 *                                    the types of malloc and free will do; what the first returns is aligned for `type`
 *                                    and for 8 bytes at least.
 *     NP_STATIC(object)              In one variable of the plugin's. It has one instance at a time: a second create is
 *                                    NP_E_UNSUPPORTED. The service tables are used as they are: say &object there.
 *
 *   create begins with a state of zeros. With a state, start and stop out of turn, and destroy before stop, are
 *   NP_E_INVALID_STATE and do nothing. Whether a service is called while started is for its functions to check.
 *
 *
 * A PLUGIN WITH STATE, in C: it counts its runs.
 *
 *     #include "native_plugins_plugin.h"
 *     #include <stdlib.h>
 *
 *     typedef struct counter { const np_host *host; int32_t runs; } counter;
 *
 *     static int32_t NP_CALL run(void *context, const np_command_call *call, int32_t *exit_status,
 *                                const np_error_sink *error) {
 *         counter *self = (counter *)context;
 *         (void)call; (void)error;
 *         *exit_status = ++self->runs;
 *         return NP_OK;
 *     }
 *     static const np_command command = { sizeof(np_command), 0, NULL, run };
 *
 *     static int32_t NP_CALL create(void *state, const np_host *host, const np_error_sink *error) {
 *         (void)error;
 *         ((counter *)state)->host = host;
 *         return NP_OK;
 *     }
 *     static const np_lifecycle lifecycle = { create, NULL, NULL, NULL };
 *
 *     NP_PLUGIN_WITH("counter", "Counter", "1.0.0", NP_PLUGIN_MAY_UNLOAD,
 *                    NP_ALLOCATED(counter, malloc, free), &lifecycle, NP_SERVICE(NP_COMMAND_ID, command));
 *
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef NATIVE_PLUGINS_PLUGIN_H
#define NATIVE_PLUGINS_PLUGIN_H

#include "native_plugins.h"

#ifdef NP_NO_CONVENIENCES
#error "native_plugins_plugin.h needs the conveniences of native_plugins.h: do not define NP_NO_CONVENIENCES."
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* What is to be done besides nothing. Each function may be NULL; `state` is NULL with NP_NO_STATE. Threads and states are
 * those of the function of the same name in native_plugins.h. */
typedef struct np_lifecycle {
    /* Fills in the state. With another status than NP_OK there is no instance, and destroy is not called. `host` may be
     * kept until destroy returns. */
    int32_t(NP_CALL *create)(void *state, const np_host *host, const np_error_sink *error);

    /* Begins work. With another status than NP_OK the plugin is not started, and stop is not called. */
    int32_t(NP_CALL *start)(void *state, const np_error_sink *error);

    /* Ends work. Whatever it returns, the plugin is not started any more. */
    int32_t(NP_CALL *stop)(void *state, const np_error_sink *error);

    /* Gives back what the state holds. The state itself is freed afterwards, whatever this returns. */
    int32_t(NP_CALL *destroy)(void *state);
} np_lifecycle;

/* A service that the plugin has. Made by NP_SERVICE. */
typedef struct np_service {
    const char *id;
    size_t id_length;
    const uint32_t *table; /* Its first member, struct_size. NULL in NP_NO_SERVICES. */
    void *const *context;  /* Its member context. */
} np_service;

/* A service, by its id, a string literal, and its table, a variable: NP_SERVICE(NP_COMMAND_ID, command). */
#define NP_SERVICE(id, table)                                                                                          \
    { NP_TEXT("" id), &(table).struct_size, &(table).context }

/* In place of the services: there are none. */
#define NP_NO_SERVICES                                                                                                 \
    { NULL, 0, NULL, NULL }

/* Where the state is; see STATE above. */
#define NP_NO_STATE NULL, 0, NULL, NULL
#define NP_STATIC(object) &(object), sizeof(object), NULL, NULL
#define NP_ALLOCATED(type, allocate, release) NULL, sizeof(type), allocate, release

/* Exports a plugin without state and lifecycle. Once a library, outside of functions, with a ';' behind it.
 * id, name and version are string literals in UTF-8, as np_plugin_description wants them; flags are NP_PLUGIN_* or 0. Then
 * come the services, or NP_NO_SERVICES. */
#define NP_PLUGIN(id, name, version, flags, ...)                                                                       \
    NP_PLUGIN_WITH(id, name, version, flags, NP_NO_STATE, NULL, __VA_ARGS__)

/* Exports a plugin with a state (NP_NO_STATE, NP_ALLOCATED, NP_STATIC) and a lifecycle: the address of an np_lifecycle, or
 * NULL if there is nothing to do. The rest is as above. */
#define NP_PLUGIN_WITH(id, name, version, flags, state, lifecycle, ...)                                                \
    NP_STATIC_ASSERT(the_id_of_a_plugin_has_1_to_64_bytes, sizeof("" id) >= 2 && sizeof("" id) <= 65);                 \
    NP_STATIC_ASSERT(the_name_of_a_plugin_has_1_to_256_bytes, sizeof("" name) >= 2 && sizeof("" name) <= 257);         \
    NP_STATIC_ASSERT(the_version_of_a_plugin_has_1_to_128_bytes, sizeof("" version) >= 2 && sizeof("" version) <= 129);\
    static const np_service np_this_services[] = {__VA_ARGS__};                                                        \
    NP_STATIC_ASSERT(a_plugin_without_services_says_NP_NO_SERVICES, sizeof(np_this_services) > 0);                     \
    static const np_plugin_parts np_this_parts = {                                                                     \
        np_this_services, sizeof(np_this_services) / sizeof(np_this_services[0]), lifecycle, state};                   \
    static np_plugin_instance np_this_instance = {                                                                     \
        {sizeof(np_plugin), 0, &np_this_instance, np_plugin_start, np_plugin_stop, np_plugin_destroy,                  \
         np_plugin_get_service},                                                                                       \
        &np_this_parts, NULL, 0, 0};                                                                                   \
    static const np_plugin_description np_this_description = {                                                         \
        NP_DESCRIPTION_PREFIX(flags, NP_RUNTIME_NONE), NP_TEXT("" id), NP_TEXT("" name), NP_TEXT("" version),          \
        NP_TEXT(NP_PLUGIN_LANGUAGE), NP_TEXT(""), &np_this_instance, np_plugin_create};                                \
    NP_EXPORT int32_t NP_CALL np_plugin_entry_v1(const np_plugin_description **description) {                          \
        *description = &np_this_description;                                                                           \
        return NP_OK;                                                                                                  \
    }                                                                                                                  \
    NP_EXPORT int32_t NP_CALL np_plugin_entry_v1(const np_plugin_description **description)

/* np_plugin_description.language. Define it before including this to say something else. */
#ifndef NP_PLUGIN_LANGUAGE
#ifdef __cplusplus
#define NP_PLUGIN_LANGUAGE "C++"
#else
#define NP_PLUGIN_LANGUAGE "C"
#endif
#endif

/* Writes to a sink: `return np_write(call->output, NP_TEXT("…"));` */
static inline int32_t np_write(const np_sink *sink, const void *data, size_t size) {
    return sink->write(sink->context, data, size);
}

/* A service of the host's, or NULL if it has none of that id: `np_find(host, NP_TEXT(NP_LOG_ID))`. */
static inline const void *np_find(const np_host *host, const char *id, size_t id_length) {
    const void *service = NULL;
    return host->get_service(host->context, id, id_length, &service) == NP_OK ? service : NULL;
}

/* What np_setting fills. */
typedef struct np_setting_text {
    char *text;
    size_t size, length;
} np_setting_text;

static inline int32_t NP_CALL np_setting_append(void *context, const void *data, size_t size) {
    np_setting_text *to = (np_setting_text *)context;
    size_t i;
    if (size >= to->size - to->length) {
        return NP_E_CONFIGURATION;
    }
    for (i = 0; i < size; i++) {
        to->text[to->length++] = ((const char *)data)[i];
    }
    to->text[to->length] = 0;
    return NP_OK;
}

/* Copies a setting of the plugin's into `text`, with a 0 behind it: np_setting(host, NP_TEXT("path"), path, sizeof(path)).
 * NP_E_NOT_FOUND if it is not set, NP_E_CONFIGURATION if it does not fit into `size` bytes, of which there is one at least.
 * `text` is then the empty text, or the beginning of the setting. */
static inline int32_t np_setting(const np_host *host, const char *key, size_t key_length, char *text, size_t size) {
    const np_config *config = (const np_config *)np_find(host, NP_TEXT(NP_CONFIG_ID));
    np_setting_text to;
    np_sink sink = {sizeof(np_sink), 0, NULL, np_setting_append};
    to.text = text;
    to.size = size;
    to.length = 0;
    text[0] = 0;
    sink.context = &to;
    return config != NULL ? config->get(config->context, key, key_length, &sink, NULL) : NP_E_NOT_FOUND;
}

#ifdef __cplusplus
}
#endif

#include "native_plugins_instance.h"

#endif /* NATIVE_PLUGINS_PLUGIN_H */
