/* The members of test.work/2 that end with their call, for contract_c.c. */
#include "test_progress_1.h"
#include "test_work_2.h"

#include <string.h>
#include <time.h>

static void nap(void) {
    struct timespec time = {0, 1000000};
    nanosleep(&time, NULL);
}

static int32_t NP_CALL add(void *context, int32_t a, int32_t b, int32_t *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    *result = (int32_t)((uint32_t)a + (uint32_t)b);
    return NP_OK;
}

static int32_t count_steps(int32_t steps, const test_progress_1 *progress, int32_t *result, const np_error_sink *error) {
    int32_t i;
    for (i = 1; i <= steps; i++) {
        char text[32] = "step ";
        char digits[16];
        size_t length = 5, n = 0;
        int32_t rest = i;
        uint8_t more = 1;
        for (; rest > 0; rest /= 10) {
            digits[n++] = (char)('0' + rest % 10);
        }
        while (n > 0) {
            text[length++] = digits[--n];
        }
        if (progress != NULL) {
            int32_t status = progress->report(progress->context, (double)i / steps, text, length, &more, error);
            if (status != NP_OK) {
                return status;
            }
        }
        if (!more) {
            *result = i;
            return NP_OK;
        }
    }
    *result = steps;
    return NP_OK;
}

static int32_t NP_CALL count(void *context, int32_t steps, const test_progress_1 *progress, int32_t *result,
                             const np_error_sink *error) {
    (void)context;
    return progress == NULL ? np_fail(error, NP_E_INVALID_ARGUMENT, NP_TEXT("progress is NULL"))
                            : count_steps(steps, progress, result, error);
}

static int32_t NP_CALL count_optional(void *context, int32_t steps, const test_progress_1 *progress, int32_t *result,
                                      const np_error_sink *error) {
    uint8_t more;
    (void)context;
    if (steps < 0 && progress != NULL) {
        *result = 0;
        return progress->report(progress->context, 0, "\xFF\xC3(", 3, &more, error);
    }
    return count_steps(steps, progress, result, error);
}

static int32_t outcome(const char *how, size_t how_length, const char **message) {
    static const struct {
        const char *how;
        int32_t status;
        const char *message;
    } outcomes[] = {{"argument", NP_E_INVALID_ARGUMENT, "bad argument"},
                    {"operation", NP_E_INVALID_STATE, "bad operation"},
                    {"supported", NP_E_UNSUPPORTED, "not supported"},
                    {"cancelled", NP_E_CANCELLED, "cancelled by itself"},
                    {"memory", NP_E_OUT_OF_MEMORY, "no memory"},
                    {"other", NP_E_FAULT, "too late"}};
    size_t i;
    for (i = 0; i < sizeof(outcomes) / sizeof(outcomes[0]); i++) {
        if (np_text_equals(how, how_length, outcomes[i].how, strlen(outcomes[i].how))) {
            *message = outcomes[i].message;
            return outcomes[i].status;
        }
    }
    *message = "";
    return NP_OK;
}

static int32_t NP_CALL fail(void *context, const char *how, size_t how_length, const np_error_sink *error) {
    const char *message;
    int32_t status = outcome(how, how_length, &message);
    (void)context;
    return status == NP_OK ? NP_OK : np_fail(error, status, message, strlen(message));
}

static int32_t NP_CALL wait_for_cancellation(void *context, const test_progress_1 *progress,
                                             const np_cancellation *cancellation, uint8_t *result,
                                             const np_error_sink *error) {
    uint8_t more;
    (void)context;
    if (progress != NULL) {
        int32_t status = progress->report(progress->context, 0, NP_TEXT("waiting"), &more, error);
        if (status != NP_OK) {
            return status;
        }
    }
    *result = cancellation != NULL;
    while (cancellation != NULL && cancellation->check(cancellation->context) == NP_OK) {
        nap();
    }
    return NP_OK;
}
