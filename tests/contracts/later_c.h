/* The members of test.work/2 and test.tasks/1 that complete after their call, for contract_c.c: at once, when complete is
 * called, or on a thread of their own. Types and steps are as in types_c.h and work_c.h, which come first. */
#include <pthread.h>
#include <stdlib.h>

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
