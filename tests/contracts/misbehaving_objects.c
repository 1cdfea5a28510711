/* Hands objects over that are none, and does with those of the application what it must not. What it does wrong is in the name
 * of the session that it is asked for, and in the text that it is to write. Releases are counted by test.store/1 of the host. */
#define _POSIX_C_SOURCE 200809L
#define ID "misbehaving_objects"
#include "test_archive_1.h"
#include "test_store_1.h"

#include <pthread.h>

static const np_host *application;
static np_object kept;
static int32_t released;

static int is(const char *text, size_t length, const char *other, size_t other_length) {
    return np_text_equals(text, length, other, other_length);
}

static int32_t NP_CALL name(void *context, const np_sink *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    return result->write(result->context, NP_TEXT("session"));
}

static int32_t NP_CALL query(void *context, int32_t count, const np_sink *result, const np_error_sink *error) {
    (void)context;
    (void)count;
    (void)result;
    return np_fail(error, NP_E_UNSUPPORTED, NP_TEXT("no cursors"));
}

static int32_t NP_CALL count(void *context, int32_t steps, const test_progress_1 *progress, int32_t *result,
                             const np_error_sink *error) {
    uint8_t more;
    (void)context;
    *result = steps;
    return progress->report(progress->context, 0, NP_TEXT("inside"), &more, error);
}

static int32_t NP_CALL name_later(void *context, const np_completion *completion, const np_error_sink *error) {
    (void)context;
    (void)completion;
    return np_fail(error, NP_E_UNSUPPORTED, NP_TEXT("never"));
}

static int32_t NP_CALL complete(void *context, const np_error_sink *error) {
    (void)context;
    (void)error;
    return NP_OK;
}

static int32_t NP_CALL release(void *context, const np_error_sink *error) {
    const void *service = NULL;
    (void)context;
    __atomic_add_fetch(&released, 1, __ATOMIC_SEQ_CST);
    if (application->get_service(application->context, NP_TEXT(TEST_STORE_1_ID), &service) == NP_OK) {
        const test_store_1 *store = (const test_store_1 *)service;
        (void)store->write(store->context, NP_TEXT("released"), (const uint8_t *)"x", 1, error);
    }
    return NP_OK;
}

static const test_session_1 session = {TEST_SESSION_1_PREFIX(NULL), name, query, count, name_later, complete};
static const test_session_1 holes = {TEST_SESSION_1_PREFIX(NULL), name, NULL, count, name_later, complete};

static int32_t NP_CALL ask(void *context, int32_t *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    *result = 1;
    return NP_OK;
}

static const test_shelf_1 shelf = {TEST_SHELF_1_PREFIX(NULL), ask};

static int32_t NP_CALL open_session(void *context, const char *how, size_t length, const np_sink *result,
                                    const np_error_sink *error) {
    static int32_t instance;
    static uintptr_t made;
    np_object object = {sizeof(object), 0, &instance, &session, release, NULL};
    size_t size = sizeof(object);
    (void)context;
    if (is(how, length, NP_TEXT("nothing"))) {
        return NP_OK;
    }
    if (is(how, length, NP_TEXT("null"))) {
        return result->write(result->context, NULL, 0);
    }
    object.context = is(how, length, NP_TEXT("fresh")) ? (void *)__atomic_add_fetch(&made, 1, __ATOMIC_SEQ_CST) : object.context;
    object.struct_size = is(how, length, NP_TEXT("short")) ? 16 : object.struct_size;
    object.table = is(how, length, NP_TEXT("no table"))  ? NULL
                   : is(how, length, NP_TEXT("holes"))   ? (const void *)&holes
                   : is(how, length, NP_TEXT("another")) ? (const void *)&shelf
                                                         : object.table;
    object.release = is(how, length, NP_TEXT("no release")) ? NULL : object.release;
    size = is(how, length, NP_TEXT("a piece")) ? 8 : size;
    (void)result->write(result->context, &object, size);
    if (is(how, length, NP_TEXT("two"))) {
        return result->write(result->context, &object, size) == NP_E_INVALID_STATE ? NP_OK : NP_E_FAILED;
    }
    if (is(how, length, NP_TEXT("and fail"))) {
        return np_fail(error, NP_E_INVALID_STATE, NP_TEXT("after all"));
    }
    return NP_OK;
}

static int32_t NP_CALL later(void *context, const char *how, size_t length, const np_completion *completion,
                             const np_error_sink *error) {
    (void)context;
    (void)error;
    (void)completion->complete(completion->context, NP_OK, is(how, length, NP_TEXT("null")) ? NULL : &kept,
                               is(how, length, NP_TEXT("null")) ? 0 : 8, NULL);
    return NP_OK;
}

static int32_t NP_CALL last(void *context, const np_sink *result, const np_error_sink *error) {
    return open_session(context, NP_TEXT("right"), result, error);
}

static int32_t NP_CALL no_object(void *context, const np_sink *result, const np_error_sink *error) {
    (void)context;
    (void)result;
    return np_fail(error, NP_E_UNSUPPORTED, NP_TEXT("none"));
}

static int32_t NP_CALL get_released(void *context, int32_t *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    *result = __atomic_load_n(&released, __ATOMIC_SEQ_CST);
    return NP_OK;
}

static int32_t NP_CALL keep(void *context, const np_object *outlet, uint8_t fails, const np_error_sink *error) {
    (void)context;
    kept = *outlet;
    return fails ? np_fail(error, NP_E_INVALID_STATE, NP_TEXT("refused, and kept all the same")) : NP_OK;
}

static int32_t NP_CALL keep_later(void *context, const np_object *outlet, const np_completion *completion,
                                  const np_error_sink *error) {
    (void)context;
    (void)outlet;
    (void)completion;
    return np_fail(error, NP_E_UNSUPPORTED, NP_TEXT("none"));
}

static void *release_elsewhere(void *argument) {
    (void)argument;
    (void)kept.release(kept.context, NULL);
    return NULL;
}

/* What the last call of the application's object has returned. */
static int32_t NP_CALL misuse(void *context, const char *how, size_t length, int32_t *result, const np_error_sink *error) {
    const test_outlet_1 *table = (const test_outlet_1 *)kept.table;
    (void)context;
    (void)error;
    if (is(how, length, NP_TEXT("elsewhere"))) {
        pthread_t thread;
        (void)pthread_create(&thread, NULL, release_elsewhere, NULL);
        do {
            *result = table->write(kept.context, NP_TEXT("meanwhile"), NULL);
        } while (*result == NP_OK);
        (void)pthread_join(thread, NULL);
        return NP_OK;
    }
    if (!is(how, length, NP_TEXT("use"))) {
        *result = kept.release(kept.context, NULL);
    }
    if (is(how, length, NP_TEXT("release twice"))) {
        *result = kept.release(kept.context, NULL);
    } else if (is(how, length, NP_TEXT("use after release"))) {
        *result = table->write(kept.context, NP_TEXT("too late"), NULL);
    } else if (is(how, length, NP_TEXT("use"))) {
        *result = table->write(kept.context, NP_TEXT("used"), NULL);
    } else if (is(how, length, NP_TEXT("no such object"))) {
        *result = table->write((void *)(uintptr_t)0x7fffffff, NP_TEXT("nobody"), NULL);
    }
    return NP_OK;
}

static int32_t NP_CALL drop_all(void *context, const np_error_sink *error) {
    (void)context;
    (void)error;
    return NP_OK;
}

static const test_archive_1 archive = {TEST_ARCHIVE_1_PREFIX(NULL), open_session, open_session, later, later, last, no_object,
                                       get_released, no_object, get_released, keep, keep_later, misuse, drop_all,
                                       no_object};

#define CREATE application = host;
#define GET_SERVICE                                                                                                    \
    *service = np_text_equals(id, id_length, NP_TEXT(TEST_ARCHIVE_1_ID)) ? &archive : NULL;                            \
    return *service != NULL ? NP_OK : NP_E_NOT_FOUND;
#include "fixture.h"
