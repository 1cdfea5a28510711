/* Version 2 of the counter: it also keeps the length of the longest argument that it was given. Its state says more than that
 * of version 1, which it takes over all the same. */
#include "native_plugins_plugin.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(_MSC_VER)
#include <intrin.h>
#define INCREMENT(number) _InterlockedIncrement64(number)
#define READ(number) _InterlockedCompareExchange64(number, 0, 0)
#define EXCHANGE_IF(number, expected, value) (_InterlockedCompareExchange64(number, value, *(expected)) == *(expected))
#else
#define INCREMENT(number) __atomic_add_fetch(number, 1, __ATOMIC_RELAXED)
#define READ(number) __atomic_load_n(number, __ATOMIC_RELAXED)
#define EXCHANGE_IF(number, expected, value)                                                                           \
    __atomic_compare_exchange_n(number, expected, value, 0, __ATOMIC_RELAXED, __ATOMIC_RELAXED)
#endif

/* What is saved. Version 1 saved the runs alone. */
typedef struct tally {
    int64_t runs;
    int64_t longest;
} tally;

typedef struct counter {
    tally tally;
} counter;

static void raise_to(int64_t *number, int64_t value) {
    int64_t known = READ(number);
    while (known < value && !EXCHANGE_IF(number, &known, value)) {
        known = READ(number);
    }
}

static int32_t NP_CALL run(void *context, const np_command_call *call, int32_t *exit_status,
                           const np_error_sink *error) {
    tally *tally = &((counter *)context)->tally;
    char line[80];
    int length;
    (void)error;
    for (uint32_t i = 0; i < call->argument_count; i++) {
        raise_to(&tally->longest, (int64_t)call->argument_lengths[i]);
    }
    length = snprintf(line, sizeof(line), "run %" PRId64 ", longest argument %" PRId64 "\n", INCREMENT(&tally->runs),
                      READ(&tally->longest));
    *exit_status = 0;
    return np_write(call->output, line, (size_t)length);
}

static int32_t NP_CALL save(void *context, const np_sink *data, const np_error_sink *error) {
    (void)error;
    return np_write(data, &((counter *)context)->tally, sizeof(tally));
}

static int32_t NP_CALL load(void *context, const np_state_data *state, const np_error_sink *error) {
    tally loaded = {0, 0};
    size_t size = state->version == 1 ? sizeof(loaded.runs) : sizeof(loaded);
    if (state->version < 1 || state->version > 2 || state->data_size != size) {
        return np_fail(error, NP_E_UNSUPPORTED, NP_TEXT("a state of version 1 or 2 is expected"));
    }
    memcpy(&loaded, state->data, size);
    ((counter *)context)->tally = loaded;
    return NP_OK;
}

static const np_command command = {sizeof(np_command), 0, NULL, run};
static const np_state state = {sizeof(np_state), 2, NULL, NP_TEXT("runs"), save, load};

NP_PLUGIN_WITH("counter_c", "Counter in C", "2.0.0", NP_PLUGIN_MAY_UNLOAD, NP_ALLOCATED(counter, malloc, free), NULL,
               NP_SERVICE(NP_COMMAND_ID, command), NP_SERVICE(NP_STATE_ID, state));
