/* A plugin in C with state: it counts its runs, and goes on counting when it is replaced by another build. The count is in
 * the instance, not in a static variable: old and new instance live side by side for a moment. */
#include "native_plugins.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(_MSC_VER)
#include <intrin.h>
#define INCREMENT(number) _InterlockedIncrement64(number)
#else
#define INCREMENT(number) __atomic_add_fetch(number, 1, __ATOMIC_RELAXED)
#endif

typedef struct counter {
    np_plugin plugin;
    np_command command;
    np_state state;
    int64_t runs;
} counter;

static int32_t NP_CALL run(void *context, const np_command_call *call, int32_t *exit_status,
                           const np_error_sink *error) {
    char line[32];
    int length = snprintf(line, sizeof(line), "run %" PRId64 "\n", INCREMENT(&((counter *)context)->runs));
    (void)error;
    *exit_status = 0;
    return call->output->write(call->output->context, line, (size_t)length);
}

/* The state is the count as the processor has it: it stays within this process. No run is in flight meanwhile. */
static int32_t NP_CALL save(void *context, const np_sink *data, const np_error_sink *error) {
    (void)error;
    return data->write(data->context, &((counter *)context)->runs, sizeof(int64_t));
}

static int32_t NP_CALL load(void *context, const np_state_data *state, const np_error_sink *error) {
    if (state->version != 1 || state->data_size != sizeof(int64_t)) {
        return np_fail(error, NP_E_UNSUPPORTED, NP_TEXT("a state of version 1, 8 bytes long, is expected"));
    }
    memcpy(&((counter *)context)->runs, state->data, sizeof(int64_t));
    return NP_OK;
}

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
    free(context);
    return NP_OK;
}

static int32_t NP_CALL get_service(void *context, const char *id, size_t id_length, const void **service) {
    const counter *self = (const counter *)context;
    *service = np_text_equals(id, id_length, NP_TEXT(NP_COMMAND_ID)) ? (const void *)&self->command
               : np_text_equals(id, id_length, NP_TEXT(NP_STATE_ID)) ? (const void *)&self->state
                                                                     : NULL;
    return *service != NULL ? NP_OK : NP_E_NOT_FOUND;
}

static int32_t NP_CALL create(void *context, const np_host *host, const np_plugin **result,
                              const np_error_sink *error) {
    counter *self = (counter *)malloc(sizeof(counter));
    (void)context;
    (void)host;
    if (self == NULL) {
        return np_fail(error, NP_E_OUT_OF_MEMORY, NP_TEXT("there is no memory for a counter"));
    }
    self->plugin = (np_plugin){sizeof(np_plugin), 0, self, start, stop, destroy, get_service};
    self->command = (np_command){sizeof(np_command), 0, self, run};
    self->state = (np_state){sizeof(np_state), 1, self, NP_TEXT("runs"), save, load};
    self->runs = 0;
    *result = &self->plugin;
    return NP_OK;
}

static const np_plugin_description description = {
    NP_DESCRIPTION_PREFIX(NP_PLUGIN_MAY_UNLOAD, NP_RUNTIME_NONE),
    NP_TEXT("counter_c"), NP_TEXT("Counter in C"), NP_TEXT("1.0.0"), NP_TEXT("C"), NP_TEXT(""), NULL, create};

NP_EXPORT int32_t NP_CALL np_plugin_entry_v1(const np_plugin_description **result) {
    *result = &description;
    return NP_OK;
}
