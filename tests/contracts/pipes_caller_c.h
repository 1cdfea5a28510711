/* The half of pipes_c.h that reads and writes streams of the caller's. */

static int32_t sum_of(const np_object *bytes, int64_t *sum, const np_cancellation *cancellation, const np_error_sink *error) {
    const np_stream *table = (const np_stream *)bytes->table;
    uint8_t buffer[100];
    size_t count = 1, i;
    int32_t status = NP_OK;
    for (*sum = 0; status == NP_OK && count > 0;) {
        status = table->read(bytes->context, buffer, sizeof(buffer), &count, cancellation, error);
        for (i = 0; status == NP_OK && i < count; i++) {
            *sum += buffer[i];
        }
    }
    return status;
}

/* What fails stays the caller's, who ends it. */
static int32_t NP_CALL pipes_sum(void *context, const np_object *bytes, int64_t *result, const np_error_sink *error) {
    np_object kept = *bytes;
    int32_t status = sum_of(&kept, result, NULL, error);
    (void)context;
    if (status == NP_OK) {
        (void)kept.release(kept.context, NULL);
    }
    return status;
}

typedef struct pipe_sum {
    np_completion step;
    np_object bytes;
    const np_cancellation *cancellation;
    const np_completion *completion;
    int64_t sum;
    uint8_t buffer[100];
} pipe_sum;

static int32_t NP_CALL pipe_sum_step(void *context, int32_t status, const void *data, size_t size,
                                    const np_error_info *error) {
    pipe_sum *state = (pipe_sum *)context;
    size_t count = 0, i;
    if (status == NP_OK && size == sizeof(count)) {
        memcpy(&count, data, sizeof(count));
    }
    for (i = 0; i < count; i++) {
        state->sum += state->buffer[i];
    }
    if (count > 0) {
        const np_stream *table = (const np_stream *)state->bytes.table;
        status = table->read_async(state->bytes.context, state->buffer, sizeof(state->buffer), state->cancellation,
                                   &state->step, NULL);
    }
    if (count == 0 || status != NP_OK) {
        pipe_sum end = *state;
        free(state);
        (void)end.bytes.release(end.bytes.context, NULL);
        (void)end.completion->complete(end.completion->context, status, &end.sum, sizeof(end.sum), error);
    }
    return NP_OK;
}

static int32_t NP_CALL pipes_sum_later(void *context, const np_object *bytes, const np_cancellation *cancellation,
                                       const np_completion *completion, const np_error_sink *error) {
    const np_stream *table = (const np_stream *)bytes->table;
    pipe_sum *state = (pipe_sum *)calloc(1, sizeof(*state));
    int32_t status;
    (void)context;
    state->step.struct_size = sizeof(state->step);
    state->step.context = state;
    state->step.complete = pipe_sum_step;
    state->bytes = *bytes;
    state->cancellation = cancellation;
    state->completion = completion;
    status = table->read_async(bytes->context, state->buffer, sizeof(state->buffer), cancellation, &state->step, error);
    if (status != NP_OK) {
        free(state);
    }
    return status;
}

static int32_t fill(const np_object *target, int32_t count, const np_cancellation *cancellation,
                    const np_error_sink *error) {
    const np_stream *table = (const np_stream *)target->table;
    uint8_t *bytes = (uint8_t *)malloc((size_t)count + 1);
    int32_t i, status;
    for (i = 0; i < count; i++) {
        bytes[i] = (uint8_t)(i % 251);
    }
    status = table->write(target->context, bytes, (size_t)count, cancellation, error);
    free(bytes);
    return status == NP_OK && table->flush != NULL ? table->flush(target->context, cancellation, error) : status;
}

static int32_t NP_CALL pipes_fill(void *context, const np_object *target, int32_t count, const np_error_sink *error) {
    np_object kept = *target;
    int32_t status = fill(&kept, count, NULL, error);
    (void)context;
    return status == NP_OK ? kept.release(kept.context, error) : status;
}

/* It ends at once, and is told so later. */
static int32_t NP_CALL pipes_fill_later(void *context, const np_object *target, int32_t count,
                                        const np_cancellation *cancellation, const np_completion *completion,
                                        const np_error_sink *error) {
    np_object kept = *target;
    int32_t status = fill(&kept, count, cancellation, error);
    (void)context;
    if (status != NP_OK) {
        return status;
    }
    (void)kept.release(kept.context, NULL);
    return answer(completion, NULL, 0);
}

static int32_t NP_CALL pipes_examine(void *context, const np_object *stream, int64_t *length, int32_t *result,
                                     const np_error_sink *error) {
    const np_stream *table = (const np_stream *)stream->table;
    np_object kept = *stream;
    int32_t status = NP_OK;
    (void)context;
    *length = -1;
    *result = (table->read != NULL ? 1 : 0) | (table->write != NULL ? 2 : 0) | (table->seek != NULL ? 4 : 0);
    if (table->get_length != NULL) {
        status = table->get_length(kept.context, length, error);
    }
    if (status == NP_OK && table->set_length != NULL) {
        status = table->set_length(kept.context, 0, error);
    }
    return status == NP_OK ? kept.release(kept.context, error) : status;
}

static np_object kept_pipe;

static int32_t NP_CALL pipes_keep(void *context, const np_object *stream, uint8_t *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    *result = stream != NULL;
    if (stream != NULL) {
        kept_pipe = *stream;
    }
    return NP_OK;
}

static int32_t NP_CALL pipes_read_kept(void *context, int32_t *result, const np_error_sink *error) {
    uint8_t byte = 0;
    size_t count = 0;
    int32_t status = ((const np_stream *)kept_pipe.table)->read(kept_pipe.context, &byte, 1, &count, NULL, error);
    (void)context;
    *result = count == 1 ? byte : -1;
    return status;
}

static int32_t NP_CALL pipes_drop_kept(void *context, const np_error_sink *error) {
    (void)context;
    return kept_pipe.release(kept_pipe.context, error);
}
