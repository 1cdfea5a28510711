/* Offers test.pipes/1 for contract_c.c: it gives streams of bytes, and reads and writes those of the caller. */
#include "test_pipes_1.h"

static int32_t open_pipes, drain_flushes;
static int64_t drained;

static int32_t pipe_count(int32_t change) {
    int32_t count;
    pthread_mutex_lock(&lock);
    open_pipes += change;
    count = open_pipes;
    pthread_mutex_unlock(&lock);
    return count;
}

typedef struct pipe_state {
    size_t next, count, most, capacity;
    int64_t fail_at;
    uint8_t *bytes;
} pipe_state;

static pipe_state *new_pipe(void) {
    (void)pipe_count(1);
    return (pipe_state *)calloc(1, sizeof(pipe_state));
}

static int32_t NP_CALL pipe_release(void *context, const np_error_sink *error) {
    pipe_state *state = (pipe_state *)context;
    int fails = state->fail_at == -2;
    free(state->bytes);
    free(state);
    (void)pipe_count(-1);
    return fails ? np_fail(error, NP_E_IO, NP_TEXT("the disk is full")) : NP_OK;
}

static int32_t put_pipe(const np_sink *result, const np_stream *table, pipe_state *state) {
    int32_t status = np_stream_put(result, table, state, pipe_release);
    if (status != NP_OK) {
        (void)pipe_release(state, NULL);
    }
    return status;
}

/* ---- count */

static int32_t NP_CALL counting_read(void *context, void *buffer, size_t size, size_t *count,
                                     const np_cancellation *cancellation, const np_error_sink *error) {
    pipe_state *state = (pipe_state *)context;
    uint8_t *bytes = (uint8_t *)buffer;
    if (cancellation != NULL && cancellation->check(cancellation->context) != NP_OK) {
        return NP_E_CANCELLED;
    }
    for (*count = 0; *count < size && state->next < state->count && (state->most == 0 || *count < state->most);) {
        if ((int64_t)state->next == state->fail_at) {
            break;
        }
        bytes[(*count)++] = (uint8_t)(state->next++ % 251);
    }
    return *count == 0 && size > 0 && (int64_t)state->next == state->fail_at
               ? np_fail(error, NP_E_IO, NP_TEXT("a bad sector"))
               : NP_OK;
}

static const np_stream counting = {sizeof(np_stream), 0, NULL, counting_read, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL};

static int32_t NP_CALL pipes_count(void *context, int32_t count, int32_t most, int32_t fail_at, const np_sink *result,
                                   const np_error_sink *error) {
    pipe_state *state = new_pipe();
    (void)context;
    (void)error;
    state->count = (size_t)count;
    state->most = (size_t)most;
    state->fail_at = fail_at;
    return put_pipe(result, &counting, state);
}

/* ---- store: memory that grows */

static int32_t NP_CALL store_read(void *context, void *buffer, size_t size, size_t *count,
                                  const np_cancellation *cancellation, const np_error_sink *error) {
    pipe_state *state = (pipe_state *)context;
    size_t left = state->next < state->count ? state->count - state->next : 0;
    (void)cancellation;
    (void)error;
    *count = size < left ? size : left;
    if (*count > 0) {
        memcpy(buffer, state->bytes + state->next, *count);
    }
    state->next += *count;
    return NP_OK;
}

static int32_t store_resize(pipe_state *state, size_t count) {
    if (count > state->capacity) {
        uint8_t *bytes = (uint8_t *)realloc(state->bytes, 2 * count);
        if (bytes == NULL) {
            return NP_E_OUT_OF_MEMORY;
        }
        state->bytes = bytes;
        state->capacity = 2 * count;
    }
    if (count > state->count) {
        memset(state->bytes + state->count, 0, count - state->count);
    }
    state->count = count;
    return NP_OK;
}

static int32_t NP_CALL store_write(void *context, const void *data, size_t size, const np_cancellation *cancellation,
                                   const np_error_sink *error) {
    pipe_state *state = (pipe_state *)context;
    int32_t status = state->next + size > state->count ? store_resize(state, state->next + size) : NP_OK;
    (void)cancellation;
    (void)error;
    if (status == NP_OK && size > 0) {
        memcpy(state->bytes + state->next, data, size);
        state->next += size;
    }
    return status;
}

static int32_t NP_CALL store_seek(void *context, int64_t offset, int32_t origin, int64_t *position,
                                  const np_error_sink *error) {
    pipe_state *state = (pipe_state *)context;
    int64_t from = origin == NP_SEEK_BEGIN ? 0 : origin == NP_SEEK_CURRENT ? (int64_t)state->next : (int64_t)state->count;
    if (from + offset < 0) {
        return np_fail(error, NP_E_IO, NP_TEXT("before the beginning"));
    }
    state->next = (size_t)(from + offset);
    *position = from + offset;
    return NP_OK;
}

static int32_t NP_CALL store_get_length(void *context, int64_t *length, const np_error_sink *error) {
    (void)error;
    *length = (int64_t)((pipe_state *)context)->count;
    return NP_OK;
}

static int32_t NP_CALL store_set_length(void *context, int64_t length, const np_error_sink *error) {
    pipe_state *state = (pipe_state *)context;
    int32_t status = store_resize(state, (size_t)length);
    (void)error;
    state->next = state->next > state->count ? state->count : state->next;
    return status;
}

static const np_stream storing = {sizeof(np_stream), 0, NULL, store_read, store_write, NULL, store_seek, store_get_length,
                                  store_set_length, NULL, NULL, NULL};

static int32_t NP_CALL pipes_store(void *context, uint8_t is_there, const np_sink *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    return is_there ? put_pipe(result, &storing, new_pipe()) : np_stream_put(result, NULL, NULL, NULL);
}

static int32_t NP_CALL pipes_try_store_later(void *context, uint8_t is_there, const np_completion *completion,
                                             const np_error_sink *error) {
    pipe_state *state = is_there ? new_pipe() : NULL;
    (void)context;
    (void)error;
    if (np_stream_complete(completion, is_there ? &storing : NULL, state, pipe_release) != NP_OK && is_there) {
        (void)pipe_release(state, NULL);
    }
    return NP_OK;
}

static int32_t NP_CALL pipes_store_later(void *context, const np_completion *completion, const np_error_sink *error) {
    return pipes_try_store_later(context, 1, completion, error);
}

/* ---- drain: with functions that end later */

static int32_t NP_CALL drain_write(void *context, const void *data, size_t size, const np_cancellation *cancellation,
                                   const np_error_sink *error) {
    (void)context;
    (void)data;
    (void)cancellation;
    (void)error;
    pthread_mutex_lock(&lock);
    drained += (int64_t)size;
    pthread_mutex_unlock(&lock);
    return NP_OK;
}

static int32_t NP_CALL drain_flush(void *context, const np_cancellation *cancellation, const np_error_sink *error) {
    (void)context;
    (void)cancellation;
    (void)error;
    pthread_mutex_lock(&lock);
    drain_flushes++;
    pthread_mutex_unlock(&lock);
    return NP_OK;
}

static int32_t NP_CALL drain_write_async(void *context, const void *data, size_t size,
                                         const np_cancellation *cancellation, const np_completion *completion,
                                         const np_error_sink *error) {
    (void)drain_write(context, data, size, cancellation, error);
    return answer(completion, NULL, 0);
}

static int32_t NP_CALL drain_flush_async(void *context, const np_cancellation *cancellation,
                                         const np_completion *completion, const np_error_sink *error) {
    (void)drain_flush(context, cancellation, error);
    return answer(completion, NULL, 0);
}

static const np_stream draining = {sizeof(np_stream), 0, NULL, NULL, drain_write, drain_flush, NULL, NULL, NULL, NULL,
                                   drain_write_async, drain_flush_async};

static int32_t NP_CALL pipes_drain(void *context, const np_sink *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    return put_pipe(result, &draining, new_pipe());
}

static int32_t NP_CALL pipes_get_drained(void *context, int64_t *bytes, int32_t *flushes, const np_error_sink *error) {
    (void)context;
    (void)error;
    pthread_mutex_lock(&lock);
    *bytes = drained;
    *flushes = drain_flushes;
    pthread_mutex_unlock(&lock);
    return NP_OK;
}

/* ---- wait: one byte, and then nothing */

static int32_t NP_CALL waiting_read(void *context, void *buffer, size_t size, size_t *count,
                                    const np_cancellation *cancellation, const np_error_sink *error) {
    pipe_state *state = (pipe_state *)context;
    (void)error;
    if (state->next++ == 0 && size > 0) {
        *(uint8_t *)buffer = 1;
        *count = 1;
        return NP_OK;
    }
    while (cancellation == NULL || cancellation->check(cancellation->context) == NP_OK) {
        nap();
    }
    return NP_E_CANCELLED;
}

static int32_t NP_CALL waiting_read_async(void *context, void *buffer, size_t size, const np_cancellation *cancellation,
                                          const np_completion *completion, const np_error_sink *error) {
    pipe_state *state = (pipe_state *)context;
    size_t one = 1;
    (void)error;
    if (state->next++ == 0 && size > 0) {
        *(uint8_t *)buffer = 1;
        return answer(completion, &one, sizeof(one));
    }
    return start_job(wait_body, completion, cancellation, NULL, 0);
}

static const np_stream pipe_waiting = {sizeof(np_stream), 0, NULL, waiting_read, NULL, NULL, NULL, NULL, NULL,
                                       waiting_read_async, NULL, NULL};

static int32_t NP_CALL pipes_wait(void *context, const np_sink *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    return put_pipe(result, &pipe_waiting, new_pipe());
}

static int32_t NP_CALL pipes_count_open(void *context, int32_t *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    *result = pipe_count(0);
    return NP_OK;
}

#include "pipes_caller_c.h"

static const test_pipes_1 pipes_table = {
    TEST_PIPES_1_PREFIX(NULL), pipes_count,     pipes_store,      pipes_store_later, pipes_try_store_later, pipes_drain,
    pipes_get_drained,         pipes_wait,      pipes_count_open, pipes_sum,         pipes_sum_later,       pipes_fill,
    pipes_fill_later,          pipes_examine,   pipes_keep,       pipes_read_kept,   pipes_drop_kept};
