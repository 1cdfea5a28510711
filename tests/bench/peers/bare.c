/* Loads the plugin at the path PLUGIN and calls it with nothing in between: bare PLUGIN [NAME]. Prints the nanoseconds of each
 * step, one "step nanoseconds" a line, on standard error; the plugin prints on standard output. */
#define _POSIX_C_SOURCE 200809L /* clock_gettime; NOLINT(bugprone-reserved-identifier) */

#include "native_plugins.h"

#include <dlfcn.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int64_t now(void) {
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void require(const char *step, int ok) {
    if (!ok) {
        fprintf(stderr, "%s failed\n", step);
        exit(70);
    }
}

static int32_t NP_CALL get_service(void *context, const char *id, size_t id_length, const void **service) {
    (void)context;
    (void)id;
    (void)id_length;
    *service = NULL;
    return NP_E_NOT_FOUND;
}

static int32_t NP_CALL write_to_output(void *context, const void *data, size_t size) {
    (void)context;
    return write(STDOUT_FILENO, data, size) == (ssize_t)size ? NP_OK : NP_E_IO;
}

int main(int argc, char **argv) {
    static const np_host host = {sizeof(np_host), NP_ABI_MINOR, NULL, NP_TEXT("bare"), NP_TEXT(""), get_service};
    static const np_sink output = {sizeof(np_sink), 0, NULL, write_to_output};
    static const char *const steps[] = {"dlopen", "dlsym", "entry", "create", "start", "first_call"};
    const np_plugin_description *description = NULL;
    const np_plugin *plugin = NULL;
    const void *command = NULL;
    np_command_call call = {sizeof(np_command_call), 0, NULL, NULL, &output, &output, NULL, NULL, 0};
    int32_t(NP_CALL * entry)(const np_plugin_description **);
    int32_t exit_status = 0;
    int64_t times[7];
    size_t name_length;
    void *library;
    int i;

    require("usage: bare PLUGIN [NAME]:", argc == 2 || argc == 3);
    name_length = argc == 3 ? strlen(argv[2]) : 0;
    call.argument_count = (uint32_t)argc - 2;
    call.arguments = (const char *const *)argv + 2;
    call.argument_lengths = &name_length;

    times[0] = now();
    library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
    require("dlopen", library != NULL);
    times[1] = now();
    *(void **)&entry = dlsym(library, "np_plugin_entry_v1");
    require("dlsym", entry != NULL);
    times[2] = now();
    require("entry", entry(&description) == NP_OK);
    times[3] = now();
    require("create", description->create(description->context, &host, &plugin, NULL) == NP_OK);
    times[4] = now();
    require("start", plugin->start(plugin->context, NULL) == NP_OK);
    times[5] = now();
    require("get_service", plugin->get_service(plugin->context, NP_TEXT(NP_COMMAND_ID), &command) == NP_OK);
    require("run", ((const np_command *)command)->run(((const np_command *)command)->context, &call, &exit_status, NULL) == NP_OK);
    times[6] = now();

    for (i = 0; i < 6; i++) {
        fprintf(stderr, "%s %" PRId64 "\n", steps[i], times[i + 1] - times[i]);
    }
    fprintf(stderr, "total %" PRId64 "\n", times[6] - times[0]);
    require("stop", plugin->stop(plugin->context, NULL) == NP_OK);
    require("destroy", plugin->destroy(plugin->context) == NP_OK);
    return exit_status;
}
