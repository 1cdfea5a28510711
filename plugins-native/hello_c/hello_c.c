/* A plugin in C: greets the world, or whoever its first argument names. */
#include "native_plugins.h"

static int32_t print(const np_sink *sink, const char *text, size_t length) {
    return sink->write(sink->context, text, length);
}

static int32_t NP_CALL run(void *context, const np_command_call *call, int32_t *exit_status,
                           const np_error_sink *error) {
    const char *name = "world";
    size_t name_length = 5;
    int32_t status;
    (void)context;
    (void)error;

    if (call->argument_count > 0) {
        name = call->arguments[0];
        name_length = call->argument_lengths[0];
    }
    status = print(call->output, NP_TEXT("Hello, "));
    if (status == NP_OK) {
        status = print(call->output, name, name_length);
    }
    if (status == NP_OK) {
        status = print(call->output, NP_TEXT("!\n"));
    }
    *exit_status = 0;
    return status;
}

static const np_command command = {sizeof(np_command), 0, NULL, run};

/* The plugin keeps no state: there is nothing to begin, to end or to free, and all instances are one table. */
static int32_t NP_CALL start(void *context, const np_error_sink *error) {
    (void)context;
    (void)error;
    return NP_OK;
}

static int32_t NP_CALL stop(void *context, const np_error_sink *error) {
    (void)context;
    (void)error;
    return NP_OK;
}

static int32_t NP_CALL destroy(void *context) {
    (void)context;
    return NP_OK;
}

static int32_t NP_CALL get_service(void *context, const char *id, size_t id_length, const void **service) {
    (void)context;
    *service = np_text_equals(id, id_length, NP_TEXT(NP_COMMAND_ID)) ? &command : NULL;
    return *service != NULL ? NP_OK : NP_E_NOT_FOUND;
}

static const np_plugin plugin = {sizeof(np_plugin), 0, NULL, start, stop, destroy, get_service};

static int32_t NP_CALL create(void *context, const np_host *host, const np_plugin **result,
                              const np_error_sink *error) {
    (void)context;
    (void)host;
    (void)error;
    *result = &plugin;
    return NP_OK;
}

static const np_plugin_description description = {
    NP_DESCRIPTION_PREFIX(NP_PLUGIN_MAY_UNLOAD, NP_RUNTIME_NONE),
    NP_TEXT("hello_c"), NP_TEXT("Hello from C"), NP_TEXT("1.0.0"), NP_TEXT("C"), NP_TEXT(""), NULL, create};

NP_EXPORT int32_t NP_CALL np_plugin_entry_v1(const np_plugin_description **result) {
    *result = &description;
    return NP_OK;
}
