/* ---- test.streams/1: an IAsyncEnumerable<int>, and what is wrong with it */

static int32_t NP_CALL next(void *context, uint32_t most, const np_cancellation *cancellation,
                            const np_completion *completion, const np_error_sink *error) {
    static int32_t numbers[300];
    np_int32_list list = {NULL, 1};
    list.items = numbers;
    (void)cancellation;
    (void)error;
    switch ((int)(intptr_t)context) {
    case 1: /* more than it was asked for */
        list.count = most + 1;
        return np_int32_list_complete(completion, &list);
    case 2: /* the end, twice */
        list.count = 0;
        (void)np_int32_list_complete(completion, &list);
        second = np_int32_list_complete(completion, &list);
        return NP_OK;
    case 3: /* never */
        waiting = completion;
        return NP_OK;
    case 4: /* an item after the end */
        list.count = 0;
        (void)np_int32_list_complete(completion, &list);
        list.count = 1;
        second = np_int32_list_complete(completion, &list);
        return NP_OK;
    case 5: /* no items, but a number of them */
        list.items = NULL;
        return np_int32_list_complete(completion, &list);
    case 6: /* no list */
        return completion->complete(completion->context, NP_OK, NULL, 0, NULL);
    case 7: /* half a list */
        return completion->complete(completion->context, NP_OK, &list, 4, NULL);
    default: /* nothing wrong: numbers without an end */
        return np_int32_list_complete(completion, &list);
    }
}

static const test_streams_1_count_items items = {TEST_STREAMS_1_COUNT_ITEMS_PREFIX(NULL), next};

static int32_t NP_CALL count_items(void *context, int32_t count, int32_t fail_at, const np_sink *result,
                                   const np_error_sink *error) {
    (void)context;
    (void)fail_at;
    (void)error;
    return test_streams_1_count_items_put(result, &items, (void *)(intptr_t)count, release);
}

static int32_t NP_CALL name_all(void *context, const np_text_list *names, const np_sink *result, const np_error_sink *error) {
    (void)context;
    (void)names;
    (void)result;
    return np_fail(error, NP_E_UNSUPPORTED, NP_TEXT("none"));
}

static int32_t NP_CALL no_result(void *context, const np_sink *result, const np_error_sink *error) {
    (void)context;
    (void)result;
    return np_fail(error, NP_E_UNSUPPORTED, NP_TEXT("none"));
}

/* What the second completion returned. */
static int32_t NP_CALL get_second(void *context, int32_t *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    *result = second;
    return NP_OK;
}

static int32_t NP_CALL sum_numbers(void *context, const np_object *numbers, int32_t most, const np_cancellation *cancellation,
                                   const np_completion *completion, const np_error_sink *error) {
    (void)context;
    (void)numbers;
    (void)most;
    (void)cancellation;
    (void)completion;
    return np_fail(error, NP_E_UNSUPPORTED, NP_TEXT("none"));
}

static np_object kept_items;

/* Keeps a stream, or completes what never completes by itself. */
static int32_t NP_CALL complete_waiting(void *context, const np_object *texts, uint8_t *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    if (texts != NULL) {
        kept_items = *texts;
        *result = 1;
        return NP_OK;
    }
    *result = waiting != NULL;
    return waiting == NULL ? NP_OK : waiting->complete(waiting->context, NP_E_FAILED, NULL, 0, NULL);
}

static int32_t NP_CALL not_later(void *context, const np_completion *completion, const np_error_sink *error) {
    (void)context;
    (void)completion;
    return np_fail(error, NP_E_UNSUPPORTED, NP_TEXT("none"));
}

static const test_streams_1 streams = {TEST_STREAMS_1_PREFIX(NULL), count_items, name_all, no_result, get_second, sum_numbers,
                                       complete_waiting, not_later};
