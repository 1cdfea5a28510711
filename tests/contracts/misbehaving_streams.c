/* Gives streams that break the rules, and does with those of the application what it must not. What it does wrong is the number
 * of items or bytes that it is asked for. Releases are counted by test.store/1 of the host. */
#define _POSIX_C_SOURCE 200809L
#define ID "misbehaving_streams"
#include "test_pipes_1.h"
#include "test_store_1.h"
#include "test_streams_1.h"

#include <string.h>

static const np_host *application;
static const np_completion *waiting;
static int32_t second;

static int32_t NP_CALL release(void *context, const np_error_sink *error) {
    const void *service = NULL;
    (void)context;
    if (application->get_service(application->context, NP_TEXT(TEST_STORE_1_ID), &service) == NP_OK) {
        const test_store_1 *store = (const test_store_1 *)service;
        (void)store->write(store->context, NP_TEXT("released"), (const uint8_t *)"x", 1, error);
    }
    return NP_OK;
}

#include "misbehaving_items.h"

/* ---- test.pipes/1: a Stream, and what is wrong with it */

static int32_t NP_CALL read_bytes(void *context, void *buffer, size_t size, size_t *count,
                                  const np_cancellation *cancellation, const np_error_sink *error) {
    (void)cancellation;
    (void)error;
    memset(buffer, 7, size);
    *count = (intptr_t)context == 1 ? size + 1 : (intptr_t)context == 2 ? (size_t)-1 : size;
    return NP_OK;
}

static int32_t NP_CALL read_later(void *context, void *buffer, size_t size, const np_cancellation *cancellation,
                                  const np_completion *completion, const np_error_sink *error) {
    size_t count = size;
    (void)cancellation;
    memset(buffer, 7, size);
    switch ((int)(intptr_t)context) {
    case 11: /* more than it was asked for */
        count = size + 1;
        break;
    case 12: /* half a number */
        return completion->complete(completion->context, NP_OK, &count, 4, NULL);
    case 13: /* nothing */
        return completion->complete(completion->context, NP_OK, NULL, 0, NULL);
    case 14: /* twice */
        count = 0;
        (void)completion->complete(completion->context, NP_OK, &count, sizeof(count), NULL);
        second = completion->complete(completion->context, NP_OK, &count, sizeof(count), NULL);
        return NP_OK;
    case 15: /* never */
        waiting = completion;
        return NP_OK;
    case 16: /* not at all */
        return np_fail(error, NP_E_IO, NP_TEXT("not accepted"));
    }
    return completion->complete(completion->context, NP_OK, &count, sizeof(count), NULL);
}

static int32_t NP_CALL write_bytes(void *context, const void *data, size_t size, const np_cancellation *cancellation,
                                   const np_error_sink *error) {
    (void)context;
    (void)data;
    (void)size;
    (void)cancellation;
    (void)error;
    return NP_OK;
}

static int32_t NP_CALL flush_bytes(void *context, const np_cancellation *cancellation, const np_error_sink *error) {
    (void)context;
    (void)cancellation;
    (void)error;
    return NP_OK;
}

static int32_t NP_CALL seek(void *context, int64_t offset, int32_t origin, int64_t *position, const np_error_sink *error) {
    (void)context;
    (void)offset;
    (void)origin;
    (void)error;
    *position = -1;
    return NP_OK;
}

static int32_t NP_CALL get_length(void *context, int64_t *length, const np_error_sink *error) {
    (void)context;
    (void)error;
    *length = INT64_MIN;
    return NP_OK;
}

static int32_t NP_CALL open_bytes(void *context, int32_t count, int32_t most, int32_t fail_at, const np_sink *result,
                                  const np_error_sink *error);

static int32_t NP_CALL no_store(void *context, uint8_t is_there, const np_sink *result, const np_error_sink *error) {
    (void)context;
    (void)is_there;
    (void)result;
    return np_fail(error, NP_E_UNSUPPORTED, NP_TEXT("none"));
}

/* A stream whose table is too small, and that is released when it is refused. */
static int32_t NP_CALL small_store_later(void *context, uint8_t is_there, const np_completion *completion,
                                         const np_error_sink *error) {
    static const np_stream small = {16, 0, NULL, read_bytes, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL};
    (void)is_there;
    second = np_stream_complete(completion, &small, context, release);
    return second == NP_OK ? NP_OK : release(context, error);
}

static int32_t NP_CALL get_drained(void *context, int64_t *bytes, int32_t *flushes, const np_error_sink *error) {
    (void)context;
    (void)error;
    *bytes = 0;
    *flushes = 0;
    return NP_OK;
}

static np_object kept;

static int32_t NP_CALL keep(void *context, const np_object *stream, uint8_t *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    *result = 1;
    kept = *stream;
    return NP_OK;
}

static int32_t NP_CALL sum_later(void *context, const np_object *bytes, const np_cancellation *cancellation,
                                 const np_completion *completion, const np_error_sink *error) {
    (void)context;
    (void)bytes;
    (void)cancellation;
    (void)completion;
    return np_fail(error, NP_E_UNSUPPORTED, NP_TEXT("none"));
}

static int32_t NP_CALL sum(void *context, const np_object *bytes, int64_t *result, const np_error_sink *error) {
    *result = 0;
    return sum_later(context, bytes, NULL, NULL, error);
}

static int32_t NP_CALL fill_later(void *context, const np_object *target, int32_t count, const np_cancellation *cancellation,
                                  const np_completion *completion, const np_error_sink *error) {
    (void)count;
    return sum_later(context, target, cancellation, completion, error);
}

static int32_t NP_CALL fill(void *context, const np_object *target, int32_t count, const np_error_sink *error) {
    return fill_later(context, target, count, NULL, NULL, error);
}

static int32_t NP_CALL examine(void *context, const np_object *stream, int64_t *length, int32_t *result,
                               const np_error_sink *error) {
    *result = 0;
    return sum(context, stream, length, error);
}

static int32_t NP_CALL read_kept(void *context, int32_t *result, const np_error_sink *error) {
    uint8_t byte;
    size_t count = 0;
    (void)context;
    *result = 0;
    return ((const np_stream *)kept.table)->read(kept.context, &byte, 1, &count, NULL, error);
}

static int32_t NP_CALL drop_kept(void *context, const np_error_sink *error) {
    (void)context;
    return kept.release(kept.context, error);
}

static const test_pipes_1 pipes = {TEST_PIPES_1_PREFIX(NULL), open_bytes,     no_store,  not_later, small_store_later, no_result,
                                   get_drained,               no_result,      get_second, sum,      sum_later,      fill,
                                   fill_later,                examine,        keep,      read_kept, drop_kept};

static int32_t NP_CALL complete_nothing(void *context, int32_t status, const void *data, size_t size,
                                       const np_error_info *error) {
    (void)context;
    (void)status;
    (void)data;
    (void)size;
    (void)error;
    return NP_OK;
}

/* Misuses the streams of the application's that are kept. */
static int32_t misuse(int32_t how, const np_error_sink *error) {
    static const np_completion never_called = {sizeof(np_completion), 0, NULL, complete_nothing};
    const np_stream *table = (const np_stream *)kept.table;
    uint8_t bytes[4] = {0};
    size_t count = 0;
    int64_t position;
    switch (how) {
    case 31:
        return table->read(kept.context, NULL, 4, &count, NULL, error);
    case 32:
        return table->read(kept.context, bytes, 4, NULL, NULL, error);
    case 33:
        return table->write(kept.context, NULL, 4, NULL, error);
    case 34:
        return table->write(kept.context, bytes, (size_t)-1, NULL, error);
    case 35:
        return table->seek(kept.context, 0, 3, &position, error);
    case 36:
        return table->seek(kept.context, 0, NP_SEEK_BEGIN, NULL, error);
    case 37:
        return table->get_length(kept.context, NULL, error);
    case 38:
        return table->set_length(kept.context, -1, error);
    case 39:
        return table->read_async(kept.context, bytes, 4, NULL, NULL, error);
    case 40:
        return table->read((void *)(uintptr_t)0x7fffffff, bytes, 4, &count, NULL, error);
    case 41: /* a stream of bytes as one of items */
        return ((const test_streams_1_keep_texts *)kept_items.table)->next(kept.context, 1, NULL, &never_called, error);
    case 42: /* and the other way round */
        return table->read(kept_items.context, bytes, 4, &count, NULL, error);
    case 44:
        return ((const test_streams_1_keep_texts *)kept_items.table)->next(kept_items.context, 2, NULL, &never_called, error);
    case 43:
        return kept_items.release(kept_items.context, error);
    default:
        return NP_OK;
    }
}

/* 1 to 19 are wrong in what their functions do, 21 to 29 in their tables; from 31 on it is the caller's stream that is misused. */
static int32_t NP_CALL open_bytes(void *context, int32_t how, int32_t most, int32_t fail_at, const np_sink *result,
                                  const np_error_sink *error) {
    static const np_stream reading = {sizeof(np_stream), 0, NULL, read_bytes, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL};
    static const np_stream later = {sizeof(np_stream), 0,          NULL, read_bytes, NULL, NULL, NULL,
                                    NULL,              NULL,       read_later, NULL, NULL};
    static const np_stream seeking = {sizeof(np_stream), 0,          NULL, read_bytes, NULL, NULL, seek,
                                      get_length,        NULL,       NULL, NULL,       NULL};
    static const np_stream wrong[] = {
        {16, 0, NULL, read_bytes, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
        {sizeof(np_stream), 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
        {sizeof(np_stream), 0, NULL, NULL, write_bytes, NULL, NULL, NULL, NULL, read_later, NULL, NULL},
        {sizeof(np_stream), 0, NULL, read_bytes, NULL, flush_bytes, NULL, NULL, NULL, NULL, NULL, NULL},
        {sizeof(np_stream), 0, NULL, read_bytes, NULL, NULL, seek, NULL, NULL, NULL, NULL, NULL},
        {sizeof(np_stream), 0, NULL, read_bytes, NULL, NULL, NULL, get_length, NULL, NULL, NULL, NULL},
    };
    const np_stream *table = how > 30 ? &reading : how > 20 ? &wrong[how - 21] : how > 10 ? &later : how > 2 ? &seeking : &reading;
    int32_t status = how > 30 ? misuse(how, error) : NP_OK;
    (void)context;
    (void)most;
    (void)fail_at;
    return status != NP_OK ? status : np_stream_put(result, table, (void *)(intptr_t)how, how == 20 ? NULL : release);
}

#define CREATE application = host;
#define GET_SERVICE                                                                                                    \
    *service = np_text_equals(id, id_length, NP_TEXT(TEST_STREAMS_1_ID)) ? (const void *)&streams                      \
               : np_text_equals(id, id_length, NP_TEXT(TEST_PIPES_1_ID)) ? (const void *)&pipes                        \
                                                                         : NULL;                                       \
    return *service != NULL ? NP_OK : NP_E_NOT_FOUND;
#include "fixture.h"
