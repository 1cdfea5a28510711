/* Offers test.archive/1 for contract_c.c: it gives objects away, and keeps others. */
#include "test_archive_1.h"

#include "sessions_c.h"

static int32_t flushed, asked;
static np_object outlets[64];
static int32_t outlet_count;

/* ---- test.shelf/1 and test.flushed/1 */

static int32_t NP_CALL shelf_ask(void *context, int32_t *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    *result = ++asked;
    return NP_OK;
}

static int32_t NP_CALL nothing_to_release(void *context, const np_error_sink *error) {
    (void)context;
    (void)error;
    return NP_OK;
}

static const test_shelf_1 shelf_table = {TEST_SHELF_1_PREFIX(NULL), shelf_ask};

static int32_t NP_CALL flushed_add(void *context, int32_t value, const np_error_sink *error) {
    (void)error;
    *(int32_t *)context += value;
    return NP_OK;
}

static int32_t NP_CALL flushed_finish(void *context, const np_completion *completion, const np_error_sink *error) {
    if (*(int32_t *)context < 0) {
        return np_fail(error, NP_E_UNSUPPORTED, NP_TEXT("cannot flush"));
    }
    flushed += *(int32_t *)context;
    return completion->complete(completion->context, NP_OK, NULL, 0, NULL);
}

static int32_t NP_CALL flushed_release(void *context, const np_error_sink *error) {
    (void)error;
    free(context);
    return NP_OK;
}

static const test_flushed_1 flushed_table = {TEST_FLUSHED_1_PREFIX(NULL), flushed_add};

/* ---- test.archive/1 */

static session *new_session(const char *name, size_t name_length) {
    session *made = (session *)calloc(1, sizeof(session));
    made->length = name_length < sizeof(made->name) ? name_length : sizeof(made->name);
    memcpy(made->name, name, made->length);
    pthread_mutex_lock(&lock);
    made->next = sessions;
    sessions = made;
    open_objects++;
    pthread_mutex_unlock(&lock);
    return made;
}

static int32_t NP_CALL archive_open(void *context, const char *name, size_t name_length, const np_sink *result,
                                    const np_error_sink *error) {
    (void)context;
    (void)error;
    return hand_over(new_session(name, name_length), result);
}

static int32_t NP_CALL archive_try_open(void *context, const char *name, size_t name_length, const np_sink *result,
                                        const np_error_sink *error) {
    return name_length == 0 ? test_session_1_put(result, NULL, NULL, NULL)
                            : archive_open(context, name, name_length, result, error);
}

static int32_t NP_CALL archive_open_later(void *context, const char *name, size_t name_length,
                                          const np_completion *completion, const np_error_sink *error) {
    session *made;
    (void)context;
    (void)error;
    if (name_length == 0) {
        return test_session_1_complete(completion, NULL, NULL, NULL);
    }
    made = new_session(name, name_length);
    made->references++;
    if (test_session_1_complete(completion, &session_table, made, session_release) != NP_OK) {
        (void)session_release(made, NULL);
    }
    return NP_OK;
}

static int32_t NP_CALL archive_last(void *context, const np_sink *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    return sessions == NULL ? test_session_1_put(result, NULL, NULL, NULL) : hand_over(sessions, result);
}

static int32_t NP_CALL archive_shelf(void *context, const np_sink *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    return test_shelf_1_put(result, &shelf_table, NULL, nothing_to_release);
}

static int32_t NP_CALL archive_count_open(void *context, int32_t *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    *result = opened(0);
    return NP_OK;
}

static int32_t NP_CALL archive_open_flushed(void *context, const np_sink *result, const np_error_sink *error) {
    np_object object = {sizeof(object), 0, NULL, &flushed_table, flushed_release, flushed_finish};
    int32_t status;
    (void)context;
    (void)error;
    object.context = calloc(1, sizeof(int32_t));
    status = result->write(result->context, &object, sizeof(object));
    if (status != NP_OK) {
        free(object.context);
    }
    return status;
}

static int32_t NP_CALL archive_sum_flushed(void *context, int32_t *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    *result = flushed;
    return NP_OK;
}

static int32_t NP_CALL archive_keep(void *context, const np_object *outlet, uint8_t fails, const np_error_sink *error) {
    (void)context;
    if (fails) {
        return np_fail(error, NP_E_INVALID_STATE, NP_TEXT("refused"));
    }
    outlets[outlet_count++] = *outlet;
    return NP_OK;
}

static int32_t NP_CALL archive_keep_later(void *context, const np_object *outlet, const np_completion *completion,
                                          const np_error_sink *error) {
    (void)context;
    (void)error;
    if (outlet != NULL) {
        outlets[outlet_count++] = *outlet;
    }
    (void)completion->complete(completion->context, NP_OK, NULL, 0, NULL);
    return NP_OK;
}

/* Takes an object as the result of a call of its own. */
static int32_t NP_CALL take_object(void *context, const void *data, size_t size) {
    np_object *taken = (np_object *)context;
    if (data == NULL) {
        return NP_OK;
    }
    if (size < sizeof(*taken)) {
        return NP_E_INVALID_ARGUMENT;
    }
    *taken = *(const np_object *)data;
    return NP_OK;
}

static int32_t NP_CALL archive_write_all(void *context, const char *text, size_t text_length, int32_t *result,
                                         const np_error_sink *error) {
    int32_t i, status = NP_OK;
    (void)context;
    for (i = 0; i < outlet_count && status == NP_OK; i++) {
        const test_outlet_1 *table = (const test_outlet_1 *)outlets[i].table;
        np_object inner;
        np_sink sink = {sizeof(sink), 0, NULL, take_object};
        sink.context = &inner;
        status = table->write(outlets[i].context, text, text_length, error);
        if (status == NP_OK) {
            status = table->open(outlets[i].context, NP_TEXT("inner"), &sink, error);
        }
        if (status == NP_OK) {
            status = ((const test_outlet_1 *)inner.table)->write(inner.context, text, text_length, error);
            (void)inner.release(inner.context, NULL);
        }
    }
    *result = outlet_count;
    return status;
}

static int32_t NP_CALL archive_drop_all(void *context, const np_error_sink *error) {
    (void)context;
    while (outlet_count > 0) {
        outlet_count--;
        (void)outlets[outlet_count].release(outlets[outlet_count].context, error);
    }
    return NP_OK;
}

/* Hands its reference on: the outlet is not its own any more. */
static int32_t NP_CALL archive_give_back(void *context, const np_sink *result, const np_error_sink *error) {
    int32_t status;
    (void)context;
    (void)error;
    if (outlet_count == 0) {
        return result->write(result->context, NULL, 0);
    }
    status = result->write(result->context, &outlets[0], sizeof(outlets[0]));
    if (status == NP_OK) {
        outlets[0] = outlets[--outlet_count];
    }
    return status;
}

static const test_archive_1 archive = {TEST_ARCHIVE_1_PREFIX(NULL), archive_open,         archive_try_open,
                                       archive_open_later,          archive_open_later,   archive_last,
                                       archive_shelf,               archive_count_open,   archive_open_flushed,
                                       archive_sum_flushed,         archive_keep,         archive_keep_later,
                                       archive_write_all,           archive_drop_all,     archive_give_back};
