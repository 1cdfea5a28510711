/* A host in C, with nothing but the header: c_host PLUGIN [ARGUMENT...] loads the library at the path PLUGIN, runs its
 * command and exits with its status.   cc -std=c99 -Iabi -o c_host c_host.c -ldl */
#include "native_plugins.h"

#include <dlfcn.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int32_t(NP_CALL *entry_function)(const np_plugin_description **);

/* Exit codes of the host's own; a plugin's status keeps 0 to 63. */
enum { USAGE = 64, NOT_A_PLUGIN = 65, FAULT = 70, INCOMPATIBLE = 76 };

static int32_t NP_CALL write_to_file(void *context, const void *data, size_t size) {
    return fwrite(data, 1, size, context) == size ? NP_OK : NP_E_IO;
}

static int32_t NP_CALL print_error(void *context, const np_error_info *info) {
    (void)context;
    fprintf(stderr, "error %" PRId32 ": %.*s: %.*s\n%.*s\n", info->code, (int)info->type_length, info->type,
            (int)info->message_length, info->message, (int)info->detail_length, info->detail);
    return NP_OK;
}

static int32_t NP_CALL log_is_enabled(void *context, int32_t level, int32_t *enabled) {
    (void)context;
    *enabled = level >= NP_LOG_INFORMATION;
    return NP_OK;
}

static int32_t NP_CALL log_write(void *context, const np_log_record *record) {
    (void)context;
    fprintf(stderr, "log %" PRId32 " %.*s\n", record->level, (int)record->message_length, record->message);
    return NP_OK;
}

static const np_log log_service = {sizeof(np_log), 0, NULL, log_is_enabled, log_write};

static int32_t NP_CALL get_service(void *context, const char *id, size_t id_length, const void **service) {
    (void)context;
    *service = np_text_equals(id, id_length, NP_TEXT(NP_LOG_ID)) ? &log_service : NULL;
    return *service != NULL ? NP_OK : NP_E_NOT_FOUND;
}

static const np_host host = {sizeof(np_host), NP_ABI_MINOR, NULL, NP_TEXT("c_host"), NP_TEXT("1.0.0"), get_service};
static const np_error_sink errors = {sizeof(np_error_sink), 0, NULL, print_error};

static void require(const char *what, uint64_t expected, uint64_t found) {
    if (expected != found) {
        fprintf(stderr, "%s: expected 0x%" PRIx64 ", found 0x%" PRIx64 "\n", what, expected, found);
        exit(INCOMPATIBLE);
    }
}

/* A table begins with its size. It may be larger than the one that this host knows, never smaller. */
static void require_table(const char *what, size_t minimum, const void *table) {
    const uint32_t size = table != NULL ? *(const uint32_t *)table : 0;
    if (size < minimum) {
        fprintf(stderr, "size of %s: expected at least %zu, found %" PRIu32 "\n", what, minimum, size);
        exit(INCOMPATIBLE);
    }
}

static void succeed(const char *step, int32_t status) {
    if (status != NP_OK) {
        fprintf(stderr, "%s: expected status 0, found %" PRId32 "\n", step, status);
        exit(FAULT);
    }
}

static const np_plugin_description *describe(void *library) {
    const np_plugin_description *description = NULL;
    entry_function entry;

    *(void **)&entry = dlsym(library, "np_plugin_entry_v1");
    if (entry == NULL) {
        fprintf(stderr, "expected the export np_plugin_entry_v1, found none\n");
        exit(NOT_A_PLUGIN);
    }
    succeed("entry", entry(&description));
    require_table("the beginning of np_plugin_description", offsetof(np_plugin_description, layout_hash), description);
    require("magic", NP_MAGIC, description->magic);
    require("ABI major", NP_ABI_MAJOR, description->abi_major);
    require_table("np_plugin_description", sizeof(np_plugin_description), description);
    require("pointer size", sizeof(void *), description->pointer_size);
    require("layout hash", NP_LAYOUT_HASH, description->layout_hash);
    return description;
}

static int32_t run(const np_plugin *plugin, int argument_count, char **arguments) {
    const np_sink output = {sizeof(np_sink), 0, stdout, write_to_file};
    const np_sink error_output = {sizeof(np_sink), 0, stderr, write_to_file};
    size_t *lengths = calloc((size_t)argument_count + 1, sizeof(*lengths));
    np_command_call call = {sizeof(np_command_call), 0, NULL, NULL, &output, &error_output, NULL, NULL, 0};
    const void *service = NULL;
    const np_command *command;
    int32_t exit_status = 0;
    int i;

    if (lengths == NULL) {
        exit(FAULT);
    }
    for (i = 0; i < argument_count; i++) {
        lengths[i] = strlen(arguments[i]);
    }
    call.argument_count = (uint32_t)argument_count;
    call.arguments = (const char *const *)arguments;
    call.argument_lengths = lengths;

    succeed(NP_COMMAND_ID, plugin->get_service(plugin->context, NP_TEXT(NP_COMMAND_ID), &service));
    require_table("np_command", sizeof(np_command), service);
    command = service;
    succeed("run", command->run(command->context, &call, &exit_status, &errors));
    free(lengths);
    return exit_status;
}

int main(int argc, char **argv) {
    const np_plugin_description *description;
    const np_plugin *plugin = NULL;
    int32_t exit_status;
    void *library;

    if (argc < 2) {
        fprintf(stderr, "usage: c_host PLUGIN [ARGUMENT...]\n");
        return USAGE;
    }
    library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        return NOT_A_PLUGIN;
    }
    description = describe(library);
    succeed("create", description->create(description->context, &host, &plugin, &errors));
    require_table("np_plugin", sizeof(np_plugin), plugin);
    succeed("start", plugin->start(plugin->context, &errors));
    exit_status = run(plugin, argc - 2, argv + 2);
    succeed("stop", plugin->stop(plugin->context, &errors));
    succeed("destroy", plugin->destroy(plugin->context));
    if (description->runtime == NP_RUNTIME_NONE && (description->flags & NP_PLUGIN_MAY_UNLOAD) != 0) {
        dlclose(library);
    }
    return exit_status >= 0 && exit_status <= 63 ? exit_status : 1;
}
