/* A plugin in C: greets the world, or whoever its first argument names. */
#include "native_plugins_plugin.h"

static int32_t NP_CALL run(void *context, const np_command_call *call, int32_t *exit_status,
                           const np_error_sink *error) {
    int32_t status = np_write(call->output, NP_TEXT("Hello, "));
    (void)context;
    (void)error;
    *exit_status = 0;
    if (status == NP_OK && call->argument_count > 0) {
        status = np_write(call->output, call->arguments[0], call->argument_lengths[0]);
    } else if (status == NP_OK) {
        status = np_write(call->output, NP_TEXT("world"));
    }
    return status == NP_OK ? np_write(call->output, NP_TEXT("!\n")) : status;
}

static const np_command command = {sizeof(np_command), 0, NULL, run};

NP_PLUGIN("hello_c", "Hello from C", "1.0.0", NP_PLUGIN_MAY_UNLOAD, NP_SERVICE(NP_COMMAND_ID, command));
