/* Offers test.types/1, test.work/2, test.serial/1, test.store_user/1, test.settings/1, test.tasks/1, test.shape/1,
 * test.resizable/1, test.values/1, test.records/1, test.figures/1, test.exchange/1, test.archive/1, test.callbacks/1, test.signals/1, test.streams/1 and test.pipes/1 in C, through their generated
 * headers alone. */
#define _POSIX_C_SOURCE 200809L
#define ID "contract_c"
#include "test_serial_1.h"
#include "test_store_1.h"
#include "test_store_user_1.h"
#include "test_tasks_1.h"

#include "types_c.h"
#include "work_c.h"

#include "later_c.h"
#include "settings_c.h"
#include "shapes_c.h"

static const np_host *application;

/* ---- test.work/2 */

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

/* ---- test.values/1, test.records/1, test.figures/1 and test.exchange/1 */

#include "records_c.h"

#include "exchange_c.h"
#include "figures_c.h"
#include "values_c.h"

#include "archive_c.h"

#include "callbacks_c.h"

#include "signals_c.h"

#include "streams_c.h"

#include "pipes_c.h"

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
               : np_text_equals(id, id_length, NP_TEXT(TEST_EXCHANGE_1_ID))   ? (const void *)&exchange_table          \
               : np_text_equals(id, id_length, NP_TEXT(TEST_FIGURES_1_ID))    ? (const void *)&figures_table           \
               : np_text_equals(id, id_length, NP_TEXT(TEST_CALLBACKS_1_ID))  ? (const void *)&callbacks               \
               : np_text_equals(id, id_length, NP_TEXT(TEST_SIGNALS_1_ID))    ? (const void *)&signals_table           \
               : np_text_equals(id, id_length, NP_TEXT(TEST_STREAMS_1_ID))    ? (const void *)&streams_table           \
               : np_text_equals(id, id_length, NP_TEXT(TEST_PIPES_1_ID))      ? (const void *)&pipes_table             \
               : np_text_equals(id, id_length, NP_TEXT(TEST_ARCHIVE_1_ID))    ? (const void *)&archive                 \
                                                                              : NULL;                                  \
    return *service != NULL ? NP_OK : NP_E_NOT_FOUND;
#include "fixture.h"
