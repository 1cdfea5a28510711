/* Offers test.streams/1 for contract_c.c: it gives streams, and pulls those of the caller. */
#include "test_streams_1.h"

static int32_t open_streams;

static int32_t stream_count(int32_t change) {
    int32_t count;
    pthread_mutex_lock(&lock);
    open_streams += change;
    count = open_streams;
    pthread_mutex_unlock(&lock);
    return count;
}

typedef struct stream {
    int32_t next, count, fail_at;
    char names[16][32];
    size_t lengths[16];
} stream;

static stream *new_stream(void) {
    (void)stream_count(1);
    return (stream *)calloc(1, sizeof(stream));
}

static int32_t NP_CALL stream_release(void *context, const np_error_sink *error) {
    (void)error;
    free(context);
    (void)stream_count(-1);
    return NP_OK;
}

/* ---- count: ten numbers at a time */

static int32_t NP_CALL count_next(void *context, uint32_t most, const np_cancellation *cancellation,
                                  const np_completion *completion, const np_error_sink *error) {
    stream *state = (stream *)context;
    int32_t numbers[10];
    np_int32_list list = {NULL, 0};
    if (cancellation != NULL && cancellation->check(cancellation->context) != NP_OK) {
        return NP_E_CANCELLED;
    }
    list.items = numbers;
    while (list.count < 10 && list.count < most && state->next < state->count && state->next != state->fail_at) {
        numbers[list.count++] = state->next++;
    }
    if (list.count == 0 && state->next == state->fail_at) {
        return np_fail(error, NP_E_UNSUPPORTED, NP_TEXT("not that one"));
    }
    return np_int32_list_complete(completion, &list);
}

static const test_streams_1_count_items count_table = {TEST_STREAMS_1_COUNT_ITEMS_PREFIX(NULL), count_next};

static int32_t NP_CALL streams_count(void *context, int32_t count, int32_t fail_at, const np_sink *result,
                                     const np_error_sink *error) {
    stream *state = new_stream();
    int32_t status;
    (void)context;
    (void)error;
    state->count = count;
    state->fail_at = fail_at;
    status = test_streams_1_count_items_put(result, &count_table, state, stream_release);
    if (status != NP_OK) {
        (void)stream_release(state, NULL);
    }
    return status;
}

/* ---- name: one person at a time */

static int32_t NP_CALL name_next(void *context, uint32_t most, const np_cancellation *cancellation,
                                 const np_completion *completion, const np_error_sink *error) {
    stream *state = (stream *)context;
    native_plugins_test_contracts_person person = native_plugins_test_contracts_person_new();
    const native_plugins_test_contracts_person *items[1] = {NULL};
    native_plugins_test_contracts_person_list list = {NULL, 0};
    (void)most;
    (void)cancellation;
    (void)error;
    if (state->next < state->count) {
        list.items = items;
        list.count = 1;
        person.name.data = state->names[state->next];
        person.name.length = state->lengths[state->next];
        person.age = 36;
        items[0] = person.name.length == 0 ? NULL : &person;
        state->next++;
    }
    return native_plugins_test_contracts_person_list_complete(completion, &list);
}

static const test_streams_1_name_all_items name_table = {TEST_STREAMS_1_NAME_ALL_ITEMS_PREFIX(NULL), name_next};

static int32_t NP_CALL streams_name(void *context, const np_text_list *names, const np_sink *result,
                                    const np_error_sink *error) {
    stream *state;
    size_t i;
    (void)context;
    (void)error;
    if (names == NULL || names->items == NULL) {
        return test_streams_1_name_all_items_put(result, NULL, NULL, NULL);
    }
    state = new_stream();
    state->count = (int32_t)names->count;
    for (i = 0; i < names->count; i++) {
        state->lengths[i] = names->items[i].length;
        memcpy(state->names[i], names->items[i].data, names->items[i].length);
    }
    return test_streams_1_name_all_items_put(result, &name_table, state, stream_release);
}

/* ---- wait: one number, and then nothing */

static int32_t NP_CALL wait_next(void *context, uint32_t most, const np_cancellation *cancellation,
                                 const np_completion *completion, const np_error_sink *error) {
    static const int64_t one = 1;
    stream *state = (stream *)context;
    np_int64_list list = {NULL, 1};
    (void)most;
    (void)error;
    list.items = &one;
    return state->next++ == 0 ? np_int64_list_complete(completion, &list)
                              : start_job(wait_body, completion, cancellation, NULL, 0);
}

static const test_streams_1_wait_items wait_table = {TEST_STREAMS_1_WAIT_ITEMS_PREFIX(NULL), wait_next};

static int32_t NP_CALL streams_wait(void *context, const np_sink *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    return test_streams_1_wait_items_put(result, &wait_table, new_stream(), stream_release);
}

static int32_t NP_CALL streams_count_open(void *context, int32_t *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    *result = stream_count(0);
    return NP_OK;
}

/* ---- sum: one call of next follows the other, wherever that completes */

typedef struct pulling {
    np_completion step;
    np_object numbers;
    const np_cancellation *cancellation;
    const np_completion *completion;
    int32_t left;
    int64_t sum;
} pulling;

static int32_t NP_CALL pulling_step(void *context, int32_t status, const void *data, size_t size,
                                    const np_error_info *error) {
    pulling *state = (pulling *)context;
    const np_int32_list *items = (const np_int32_list *)data;
    size_t i;
    int is_over = status != NP_OK || size < sizeof(*items) || items->count == 0;
    for (i = 0; !is_over && i < items->count; i++) {
        if (state->left-- == 0) {
            is_over = 1;
        } else {
            state->sum += items->items[i];
        }
    }
    if (!is_over) {
        const test_streams_1_sum_numbers *table = (const test_streams_1_sum_numbers *)state->numbers.table;
        status = table->next(state->numbers.context, 64, state->cancellation, &state->step, NULL);
        is_over = status != NP_OK;
    }
    if (is_over) {
        pulling end = *state;
        free(state);
        (void)end.numbers.release(end.numbers.context, NULL);
        (void)end.completion->complete(end.completion->context, status, &end.sum, sizeof(end.sum), error);
    }
    return NP_OK;
}

static int32_t NP_CALL streams_sum(void *context, const np_object *numbers, int32_t most,
                                   const np_cancellation *cancellation, const np_completion *completion,
                                   const np_error_sink *error) {
    const test_streams_1_sum_numbers *table = (const test_streams_1_sum_numbers *)numbers->table;
    pulling *state = (pulling *)calloc(1, sizeof(*state));
    int32_t status;
    (void)context;
    state->step.struct_size = sizeof(state->step);
    state->step.context = state;
    state->step.complete = pulling_step;
    state->numbers = *numbers;
    state->cancellation = cancellation;
    state->completion = completion;
    state->left = most;
    status = table->next(numbers->context, 64, cancellation, &state->step, error);
    if (status != NP_OK) {
        free(state);
    }
    return status;
}

/* ---- keep and next_kept */

static np_object kept_texts;
static const np_completion *kept_completion;

static int32_t NP_CALL keep_step(void *context, int32_t status, const void *data, size_t size,
                                 const np_error_info *error) {
    const np_text_list *texts = (const np_text_list *)data;
    (void)context;
    if (status != NP_OK || size < sizeof(*texts) || texts->count == 0) {
        (void)kept_texts.release(kept_texts.context, NULL);
        return kept_completion->complete(kept_completion->context, status, NULL, 0, error);
    }
    return np_text_complete(kept_completion, &texts->items[0]);
}

static int32_t NP_CALL streams_keep(void *context, const np_object *texts, uint8_t *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    *result = texts != NULL;
    if (texts != NULL) {
        kept_texts = *texts;
    }
    return NP_OK;
}

static int32_t NP_CALL streams_next_kept(void *context, const np_completion *completion, const np_error_sink *error) {
    static const np_completion step = {sizeof(step), 0, NULL, keep_step};
    (void)context;
    kept_completion = completion;
    return ((const test_streams_1_keep_texts *)kept_texts.table)->next(kept_texts.context, 1, NULL, &step, error);
}

static const test_streams_1 streams_table = {TEST_STREAMS_1_PREFIX(NULL), streams_count, streams_name, streams_wait,
                                             streams_count_open,          streams_sum,   streams_keep, streams_next_kept};
