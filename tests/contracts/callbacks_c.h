/* Offers test.callbacks/1 for contract_c.c: it calls what it is lent, and lends callbacks of its own. */
#include "native_plugins_data.h"
#include "test_callbacks_1.h"

static int32_t NP_CALL callbacks_visit_all(void *context, int32_t count, const test_callbacks_1_visit_all_visit *visit,
                                           const np_error_sink *error) {
    int32_t i, status = NP_OK;
    (void)context;
    for (i = 0; i < count && status == NP_OK; i++) {
        status = visit->invoke(visit->context, i, error);
    }
    return status;
}

static int32_t NP_CALL callbacks_count(void *context, const np_text_list *texts,
                                       const test_callbacks_1_count_matches *matches, int32_t *result,
                                       const np_error_sink *error) {
    size_t i;
    int32_t status = NP_OK;
    (void)context;
    *result = 0;
    NP_EACH(i, *texts) {
        uint8_t is_match = 1;
        if (matches != NULL && status == NP_OK) {
            status = matches->invoke(matches->context, texts->items[i].data, texts->items[i].length, &is_match, error);
        }
        *result += is_match;
    }
    return status;
}

static int32_t NP_CALL callbacks_describe(void *context, const struct native_plugins_test_contracts_person *person,
                                          const char *prefix, size_t prefix_length,
                                          const test_callbacks_1_describe_describer *describer, const np_sink *result,
                                          const np_error_sink *error) {
    (void)context;
    return describer->invoke(describer->context, person, prefix, prefix_length, result, error);
}

static int32_t NP_CALL callbacks_combine(void *context, const int32_t *values, size_t values_length,
                                         const test_callbacks_1_combine_combiner *combiner, int64_t *result,
                                         const np_error_sink *error) {
    size_t half = values_length / 2;
    uint8_t more = 0;
    int64_t whole = 0;
    int32_t status = combiner->invoke(combiner->context, values, half, &whole, &more, error);
    (void)context;
    if (status == NP_OK && more) {
        status = combiner->invoke(combiner->context, values + half, values_length - half, &whole, &more, error);
    }
    *result = more ? whole : -1;
    return status;
}

/* ---- sum_later: one call of read follows the other, wherever that completes */

typedef struct summing {
    np_completion step;
    const test_callbacks_1_sum_later_read *read;
    const np_cancellation *cancellation;
    const np_completion *completion;
    int32_t next, count, sum;
} summing;

static int32_t NP_CALL summing_step(void *context, int32_t status, const void *data, size_t size,
                                    const np_error_info *error) {
    summing *state = (summing *)context;
    if (status == NP_OK && size == sizeof(int32_t)) {
        state->sum += *(const int32_t *)data;
        state->next++;
    }
    if (status == NP_OK && state->next < state->count) {
        status = state->read->invoke(state->read->context, state->next, state->cancellation, &state->step, NULL);
        if (status == NP_OK) {
            return NP_OK;
        }
    }
    {
        summing end = *state;
        free(state);
        return end.completion->complete(end.completion->context, status, &end.sum, sizeof(end.sum), error);
    }
}

static int32_t NP_CALL callbacks_sum_later(void *context, int32_t count, const test_callbacks_1_sum_later_read *read,
                                           const np_cancellation *cancellation, const np_completion *completion,
                                           const np_error_sink *error) {
    summing *state = (summing *)calloc(1, sizeof(*state));
    (void)context;
    (void)error;
    state->step.struct_size = sizeof(state->step);
    state->step.context = state;
    state->step.complete = summing_step;
    state->read = read;
    state->cancellation = cancellation;
    state->completion = completion;
    state->count = count;
    state->next = -1;
    (void)summing_step(state, NP_OK, &state->sum, sizeof(state->sum), NULL);
    return NP_OK;
}

static int32_t NP_CALL callbacks_keep_too_long(void *context, const test_callbacks_1_keep_too_long_done *done,
                                               const np_sink *result, const np_error_sink *error) {
    static const test_callbacks_1_keep_too_long_done *kept;
    const test_callbacks_1_keep_too_long_done *before = kept;
    (void)context;
    (void)error;
    kept = done;
    if (before == NULL) {
        return NP_OK;
    }
    return before->invoke(before->context, NULL) == NP_OK ? result->write(result->context, NP_TEXT("it was called"))
                                                          : result->write(result->context, NP_TEXT("refused"));
}

/* ---- nest: a callback of this plugin's own */

static int32_t NP_CALL nest_take(void *context, const char *value, size_t value_length, const np_error_sink *error) {
    if (!np_text_equals(value, value_length, NP_TEXT("told"))) {
        return np_fail(error, NP_E_INVALID_STATE, NP_TEXT("told something else"));
    }
    ++*(int32_t *)context;
    return NP_OK;
}

static int32_t NP_CALL callbacks_nest(void *context, const test_callbacks_1_nest_take *take,
                                      const np_error_sink *error) {
    int32_t taken = 0;
    test_callbacks_1_nest_take_value1 own = {TEST_CALLBACKS_1_NEST_TAKE_VALUE1_PREFIX(NULL), nest_take};
    int32_t status;
    (void)context;
    own.context = &taken;
    status = take->invoke(take->context, &own, NULL, error);
    return status != NP_OK ? status : taken == 1 ? NP_OK : np_fail(error, NP_E_FAULT, NP_TEXT("not told once"));
}

static const test_callbacks_1 callbacks = {TEST_CALLBACKS_1_PREFIX(NULL), callbacks_visit_all, callbacks_count,
                                           callbacks_describe,            callbacks_combine,   callbacks_sum_later,
                                           callbacks_keep_too_long,       callbacks_nest};
