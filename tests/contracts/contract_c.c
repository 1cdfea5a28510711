/* Offers test.types/1, test.work/2, test.serial/1, test.store_user/1, test.settings/1, test.tasks/1, test.shape/1,
 * test.resizable/1, test.values/1 and test.records/1 in C, through their generated headers alone. */
#define _POSIX_C_SOURCE 200809L
#define ID "contract_c"
#include "test_progress_1.h"
#include "test_serial_1.h"
#include "test_store_1.h"
#include "test_store_user_1.h"
#include "test_tasks_1.h"
#include "test_types_1.h"
#include "test_work_2.h"

#include "settings_c.h"
#include "shapes_c.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef native_plugins_test_contracts_pixel pixel;
typedef native_plugins_test_contracts_box box;
typedef native_plugins_test_contracts_mode mode;
typedef native_plugins_test_contracts_wide wide;

static const np_host *application;

static void nap(void) {
    struct timespec time = {0, 1000000};
    nanosleep(&time, NULL);
}

/* ---- test.types/1 */

#define ECHO(name, type)                                                                                               \
    static int32_t NP_CALL name(void *context, type value, type *result, const np_error_sink *error) {                 \
        (void)context;                                                                                                 \
        (void)error;                                                                                                   \
        *result = value;                                                                                               \
        return NP_OK;                                                                                                  \
    }
ECHO(echo_i8, int8_t)
ECHO(echo_u8, uint8_t)
ECHO(echo_i16, int16_t)
ECHO(echo_u16, uint16_t)
ECHO(echo_i32, int32_t)
ECHO(echo_u32, uint32_t)
ECHO(echo_i64, int64_t)
ECHO(echo_u64, uint64_t)
ECHO(echo_f32, float)
ECHO(echo_f64, double)
ECHO(echo_isize, intptr_t)
ECHO(echo_usize, uintptr_t)

/* Any byte but 0 is true: a caller that looks at one bit only would be wrong. */
static int32_t NP_CALL echo_bool(void *context, uint8_t value, uint8_t *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    *result = value ? 0xFE : 0;
    return NP_OK;
}

static int32_t NP_CALL echo_pixel(void *context, const pixel *value, pixel *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    *result = *value;
    return NP_OK;
}

static int32_t NP_CALL echo_box(void *context, const box *value, box *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    *result = *value;
    return NP_OK;
}

static int32_t NP_CALL echo_text(void *context, const char *value, size_t value_length, const np_sink *result,
                                 const np_error_sink *error) {
    (void)context;
    (void)error;
    if (np_text_equals(value, value_length, NP_TEXT("ill-formed"))) {
        return result->write(result->context, "\xC3(\xFF", 3);
    }
    return result->write(result->context, value, value_length);
}

/* In pieces of three bytes, which cut characters in two. */
static int32_t NP_CALL join(void *context, const char *first, size_t first_length, const char *second,
                            size_t second_length, const np_sink *result, const np_error_sink *error) {
    size_t i;
    int32_t status = NP_OK;
    (void)context;
    (void)error;
    for (i = 0; i < first_length && status == NP_OK; i += 3) {
        status = result->write(result->context, first + i, first_length - i < 3 ? first_length - i : 3);
    }
    return status == NP_OK ? result->write(result->context, second, second_length) : status;
}

#define COPY(name, type)                                                                                               \
    static int32_t NP_CALL name(void *context, const type *values, size_t values_length, const np_sink *result,        \
                                const np_error_sink *error) {                                                          \
        size_t size = values_length * sizeof(type), half = size / 2;                                                   \
        int32_t status;                                                                                                \
        (void)context;                                                                                                 \
        (void)error;                                                                                                   \
        status = result->write(result->context, values, half);                                                         \
        return status == NP_OK && size > half                                                                          \
                   ? result->write(result->context, (const char *)values + half, size - half)                          \
                   : status;                                                                                           \
    }
COPY(copy_bytes, uint8_t)
COPY(copy_doubles, double)
COPY(copy_boxes, box)
COPY(copy_modes, mode)

#define REVERSE(name, type)                                                                                            \
    static int32_t NP_CALL name(void *context, type *values, size_t values_length, const np_error_sink *error) {       \
        size_t i;                                                                                                      \
        (void)context;                                                                                                 \
        (void)error;                                                                                                   \
        for (i = 0; i < values_length / 2; i++) {                                                                      \
            type value = values[i];                                                                                    \
            values[i] = values[values_length - 1 - i];                                                                 \
            values[values_length - 1 - i] = value;                                                                     \
        }                                                                                                              \
        return NP_OK;                                                                                                  \
    }
REVERSE(reverse_bytes, uint8_t)
REVERSE(reverse_boxes, box)

static int32_t NP_CALL spread(void *context, int64_t number, uint8_t flag, wide w, const box *b, int64_t *out_number,
                              uint8_t *out_flag, wide *out_wide, box *out_box, const np_error_sink *error) {
    (void)context;
    (void)error;
    *out_number = number;
    *out_flag = flag;
    *out_wide = w;
    *out_box = *b;
    return NP_OK;
}

static int32_t NP_CALL change(void *context, int32_t *number, uint8_t *flag, mode *m, box *b,
                              const np_error_sink *error) {
    (void)context;
    (void)error;
    *number = (int32_t)((uint32_t)*number + 1u);
    *flag = !*flag;
    *m = (mode)(*m + 1);
    b->count = (int32_t)(0u - (uint32_t)b->count);
    return NP_OK;
}

static int32_t NP_CALL mixed(void *context, const uint8_t *bytes, size_t bytes_length, const char *text,
                             size_t text_length, int32_t number, uint8_t is_negative, int32_t *written,
                             size_t written_length, int64_t *result, const np_error_sink *error) {
    size_t i;
    int64_t sum = (int64_t)bytes_length + (bytes_length > 0 ? bytes[0] : 0) + (int64_t)text_length + number;
    (void)context;
    (void)text;
    (void)error;
    for (i = 0; i < written_length; i++) {
        written[i] = number;
    }
    *result = is_negative ? -sum : sum;
    return NP_OK;
}

static int32_t NP_CALL do_nothing(void *context, const np_error_sink *error) {
    (void)context;
    (void)error;
    return NP_OK;
}

static const test_types_1 types = {
    TEST_TYPES_1_PREFIX(NULL),
    echo_i8, echo_u8, echo_i16, echo_u16, echo_i32, echo_u32, echo_i64, echo_u64, echo_f32, echo_f64, echo_isize,
    echo_usize, echo_bool, echo_u8, echo_i64, echo_pixel, echo_box, echo_text, join, copy_bytes, copy_doubles,
    copy_boxes, copy_modes, reverse_bytes, reverse_boxes, spread, change, mixed, do_nothing};

/* ---- test.work/2 */

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

typedef struct waiting {
    struct waiting *next;
    const np_completion *completion;
    int32_t sum;
} waiting;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static waiting *first_waiting;

static int32_t answer(const np_completion *completion, const void *data, size_t size) {
    (void)completion->complete(completion->context, NP_OK, data, size, NULL);
    return NP_OK;
}

static int32_t NP_CALL add_later(void *context, int32_t a, int32_t b, uint8_t is_later, const np_completion *completion,
                                 const np_error_sink *error) {
    int32_t sum = a + b;
    waiting *item;
    (void)context;
    if (!is_later) {
        return answer(completion, &sum, sizeof(sum));
    }
    item = (waiting *)malloc(sizeof(*item));
    if (item == NULL) {
        return np_fail(error, NP_E_OUT_OF_MEMORY, NP_TEXT("no memory"));
    }
    item->completion = completion;
    item->sum = sum;
    pthread_mutex_lock(&lock);
    item->next = first_waiting;
    first_waiting = item;
    pthread_mutex_unlock(&lock);
    return NP_OK;
}

static int32_t NP_CALL complete(void *context, const np_error_sink *error) {
    waiting *item;
    (void)context;
    (void)error;
    pthread_mutex_lock(&lock);
    item = first_waiting;
    first_waiting = NULL;
    pthread_mutex_unlock(&lock);
    while (item != NULL) {
        waiting *next = item->next;
        (void)answer(item->completion, &item->sum, sizeof(item->sum));
        free(item);
        item = next;
    }
    return NP_OK;
}

static int32_t NP_CALL reverse(void *context, uint8_t *bytes, size_t bytes_length, const uint8_t *added,
                               size_t added_length, const np_cancellation *cancellation,
                               const np_completion *completion, const np_error_sink *error) {
    size_t i;
    (void)cancellation;
    (void)reverse_bytes(context, bytes, bytes_length, error);
    for (i = 0; i < bytes_length && i < added_length; i++) {
        bytes[i] = (uint8_t)(bytes[i] + added[i]);
    }
    return answer(completion, NULL, 0);
}

static int32_t NP_CALL echo_text_later(void *context, const char *value, size_t value_length,
                                       const np_cancellation *cancellation, const np_completion *completion,
                                       const np_error_sink *error) {
    (void)context;
    (void)cancellation;
    (void)error;
    return answer(completion, value, value_length);
}

static int32_t NP_CALL echo_boxes(void *context, const box *values, size_t values_length,
                                  const np_completion *completion, const np_error_sink *error) {
    (void)context;
    (void)error;
    return answer(completion, values, values_length * sizeof(*values));
}

static int32_t NP_CALL negate(void *context, uint8_t value, const np_completion *completion,
                              const np_error_sink *error) {
    uint8_t result = !value;
    (void)context;
    (void)error;
    return answer(completion, &result, sizeof(result));
}

typedef struct job {
    const np_completion *completion;
    const np_cancellation *cancellation;
    const test_progress_1 *progress;
    int32_t steps;
} job;

static int32_t start_job(void *(*body)(void *), const np_completion *completion, const np_cancellation *cancellation,
                         const test_progress_1 *progress, int32_t steps) {
    pthread_t thread;
    job *item = (job *)malloc(sizeof(*item));
    if (item == NULL) {
        return NP_E_OUT_OF_MEMORY;
    }
    item->completion = completion;
    item->cancellation = cancellation;
    item->progress = progress;
    item->steps = steps;
    if (pthread_create(&thread, NULL, body, item) != 0) {
        free(item);
        return NP_E_FAILED;
    }
    pthread_detach(thread);
    return NP_OK;
}

static void *wait_body(void *argument) {
    job *item = (job *)argument;
    while (item->cancellation == NULL || item->cancellation->check(item->cancellation->context) == NP_OK) {
        nap();
    }
    (void)item->completion->complete(item->completion->context, NP_E_CANCELLED, NULL, 0, NULL);
    free(item);
    return NULL;
}

static int32_t NP_CALL wait_later(void *context, const np_cancellation *cancellation, const np_completion *completion,
                                  const np_error_sink *error) {
    (void)context;
    (void)error;
    return start_job(wait_body, completion, cancellation, NULL, 0);
}

static int32_t NP_CALL fail_later(void *context, const char *how, size_t how_length, const np_completion *completion,
                                  const np_error_sink *error) {
    np_error_info info = {sizeof(np_error_info), 0, NULL, 0, NULL, 0, NULL, 0};
    (void)context;
    (void)error;
    info.code = outcome(how, how_length, &info.message);
    info.message_length = strlen(info.message);
    (void)completion->complete(completion->context, info.code, NULL, 0, &info);
    return NP_OK;
}

static void *count_body(void *argument) {
    job *item = (job *)argument;
    int32_t result = 0;
    int32_t status = count_steps(item->steps, item->progress, &result, NULL);
    (void)item->completion->complete(item->completion->context, status, &result, sizeof(result), NULL);
    free(item);
    return NULL;
}

static int32_t NP_CALL count_later(void *context, int32_t steps, const test_progress_1 *progress,
                                   const np_cancellation *cancellation, const np_completion *completion,
                                   const np_error_sink *error) {
    (void)context;
    (void)error;
    return start_job(count_body, completion, cancellation, progress, steps);
}

static const test_work_2 work = {TEST_WORK_2_PREFIX(NULL), add, add, count, count_optional, fail, wait_for_cancellation,
                                 add_later, complete, reverse, echo_text_later, echo_boxes, negate, wait_later,
                                 fail_later, count_later};

/* ---- test.tasks/1: whether C# says Task or ValueTask is nothing to C */

static const test_tasks_1 tasks = {TEST_TASKS_1_PREFIX(NULL), add_later, complete, reverse, echo_text_later, echo_boxes,
                                   negate, wait_later, fail_later};

/* ---- test.serial/1 */

static int32_t inside, most_inside;

static int32_t NP_CALL most(void *context, const test_progress_1 *progress, int32_t *result,
                            const np_error_sink *error) {
    int32_t status = NP_OK;
    uint8_t more;
    (void)context;
    pthread_mutex_lock(&lock);
    inside++;
    most_inside = inside > most_inside ? inside : most_inside;
    pthread_mutex_unlock(&lock);
    if (progress != NULL) {
        status = progress->report(progress->context, 0, NP_TEXT("inside"), &more, error);
    }
    pthread_mutex_lock(&lock);
    inside--;
    *result = most_inside;
    pthread_mutex_unlock(&lock);
    return status;
}

static int32_t NP_CALL most_later(void *context, const np_cancellation *cancellation, const np_completion *completion,
                                  const np_error_sink *error) {
    int32_t result = 0;
    (void)cancellation;
    (void)most(context, NULL, &result, error);
    return answer(completion, &result, sizeof(result));
}

static const test_serial_1 serial = {TEST_SERIAL_1_PREFIX(NULL), most, most_later};

/* ---- test.store_user/1: through the application's test.store/1 */

static const test_store_1 *store(void) {
    const void *service = NULL;
    return application->get_service(application->context, NP_TEXT(TEST_STORE_1_ID), &service) == NP_OK
               ? (const test_store_1 *)service
               : NULL;
}

static int32_t NP_CALL fetch(void *context, const char *key, size_t key_length, const np_sink *result,
                             const np_error_sink *error) {
    const test_store_1 *found = store();
    (void)context;
    return found == NULL ? result->write(result->context, NP_TEXT("no store"))
                         : found->read(found->context, key, key_length, result, error);
}

static int32_t NP_CALL keep(void *context, const char *key, size_t key_length, const uint8_t *value,
                            size_t value_length, const np_error_sink *error) {
    const test_store_1 *found = store();
    (void)context;
    return found == NULL ? np_fail(error, NP_E_NOT_FOUND, NP_TEXT("no store"))
                         : found->write(found->context, key, key_length, value, value_length, error);
}

/* ---- test.values/1 and test.records/1 */

#include "records_c.h"
#include "values_c.h"

static const test_store_user_1 store_user = {TEST_STORE_USER_1_PREFIX(NULL), fetch, keep};

#define CREATE application = host;
#define GET_SERVICE                                                                                                    \
    *service = np_text_equals(id, id_length, NP_TEXT(TEST_TYPES_1_ID))        ? (const void *)&types                   \
               : np_text_equals(id, id_length, NP_TEXT(TEST_WORK_2_ID))       ? (const void *)&work                    \
               : np_text_equals(id, id_length, NP_TEXT(TEST_SERIAL_1_ID))     ? (const void *)&serial                  \
               : np_text_equals(id, id_length, NP_TEXT(TEST_STORE_USER_1_ID)) ? (const void *)&store_user              \
               : np_text_equals(id, id_length, NP_TEXT(TEST_SETTINGS_1_ID))   ? (const void *)&settings                \
               : np_text_equals(id, id_length, NP_TEXT(TEST_TASKS_1_ID))      ? (const void *)&tasks                   \
               : np_text_equals(id, id_length, NP_TEXT(TEST_SHAPE_1_ID))      ? (const void *)&shape                   \
               : np_text_equals(id, id_length, NP_TEXT(TEST_RESIZABLE_1_ID))  ? (const void *)&resizable               \
               : np_text_equals(id, id_length, NP_TEXT(TEST_VALUES_1_ID))     ? (const void *)&values                  \
               : np_text_equals(id, id_length, NP_TEXT(TEST_RECORDS_1_ID))    ? (const void *)&records                 \
                                                                              : NULL;                                  \
    return *service != NULL ? NP_OK : NP_E_NOT_FOUND;
#include "fixture.h"
