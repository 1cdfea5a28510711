/* A filter in C: keeps what is bad enough, by the setting `severity`, which is warning unless it is set. What does not say how bad it is,
 * is kept. */
#include "logs_filter_1.h"
#include "native_plugins_data.h"
#include "native_plugins_plugin.h"

#include <stdlib.h>
#include <string.h>

typedef struct least {
    logs_severity severity;
} least;

static int32_t NP_CALL create(void *state, const np_host *host, const np_error_sink *error) {
    static const char *const names[] = {"debug", "information", "warning", "error"};
    least *self = (least *)state;
    char setting[16];
    const int32_t status = np_setting(host, NP_TEXT("severity"), setting, sizeof(setting));
    if (status == NP_E_NOT_FOUND) {
        self->severity = LOGS_SEVERITY_WARNING;
        return NP_OK;
    }
    for (self->severity = LOGS_SEVERITY_DEBUG; self->severity <= LOGS_SEVERITY_ERROR; self->severity++) {
        if (status == NP_OK && strcmp(setting, names[self->severity]) == 0) {
            return NP_OK;
        }
    }
    return np_fail(error, NP_E_CONFIGURATION, NP_TEXT("severity: debug, information, warning or error was expected."));
}

static int32_t NP_CALL keeps(void *context, const logs_log_record *record, uint8_t *result, const np_error_sink *error) {
    (void)error;
    *result = NP_VALUE_OR(record->severity, LOGS_SEVERITY_ERROR) >= ((const least *)context)->severity;
    return NP_OK;
}

static const logs_filter_1 filter = {LOGS_FILTER_1_PREFIX(NULL), keeps};
static const np_lifecycle lifecycle = {create, NULL, NULL, NULL};

NP_PLUGIN_WITH("least", "At least as bad", "1.0.0", NP_PLUGIN_MAY_UNLOAD, NP_ALLOCATED(least, malloc, free), &lifecycle,
               NP_SERVICE(LOGS_FILTER_1_ID, filter));
