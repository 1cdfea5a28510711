/* A plugin in C with state: it counts its runs, and goes on counting when it is replaced by another build. The count is in
 * the instance, not in a static variable: old and new instance live side by side for a moment. */
#include "native_plugins_plugin.h"

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
    int64_t runs;
} counter;

static int32_t NP_CALL run(void *context, const np_command_call *call, int32_t *exit_status,
                           const np_error_sink *error) {
    char line[32];
    int length = snprintf(line, sizeof(line), "run %" PRId64 "\n", INCREMENT(&((counter *)context)->runs));
    (void)error;
    *exit_status = 0;
    return np_write(call->output, line, (size_t)length);
}

/* The state is the count as the processor has it: it stays within this process. No run is in flight meanwhile. */
static int32_t NP_CALL save(void *context, const np_sink *data, const np_error_sink *error) {
    (void)error;
    return np_write(data, &((counter *)context)->runs, sizeof(int64_t));
}

static int32_t NP_CALL load(void *context, const np_state_data *state, const np_error_sink *error) {
    if (state->version != 1 || state->data_size != sizeof(int64_t)) {
        return np_fail(error, NP_E_UNSUPPORTED, NP_TEXT("a state of version 1, 8 bytes long, is expected"));
    }
    memcpy(&((counter *)context)->runs, state->data, sizeof(int64_t));
    return NP_OK;
}

static const np_command command = {sizeof(np_command), 0, NULL, run};
static const np_state state = {sizeof(np_state), 1, NULL, NP_TEXT("runs"), save, load};

NP_PLUGIN_WITH("counter_c", "Counter in C", "1.0.0", NP_PLUGIN_MAY_UNLOAD, NP_ALLOCATED(counter, malloc, free), NULL,
               NP_SERVICE(NP_COMMAND_ID, command), NP_SERVICE(NP_STATE_ID, state));
