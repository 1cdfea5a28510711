/* Raises events to handlers that were removed or released, gives no handler back, fails to add some, and adds handlers to the
 * application's feeds that are none. */
#define _POSIX_C_SOURCE 200809L
#define ID "misbehaving_events"
#include "test_signals_1.h"
#include "test_store_1.h"

static const np_host *application;
static np_object kept[16];
static size_t kept_count;
static int32_t follows;

static int32_t take(void *context, const void *data, size_t size) {
    (void)data;
    *(size_t *)context = size;
    return NP_OK;
}

/* Whether the application has said in its store that handlers are to be refused. */
static int refuses(void) {
    const void *service = NULL;
    size_t length = 0;
    np_sink sink = {sizeof(sink), 0, NULL, take};
    sink.context = &length;
    if (application->get_service(application->context, NP_TEXT(TEST_STORE_1_ID), &service) == NP_OK) {
        const test_store_1 *store = (const test_store_1 *)service;
        (void)store->read(store->context, NP_TEXT("refuse handlers"), &sink, NULL);
    }
    return length > 0;
}

static int32_t NP_CALL add_changed(void *context, const np_object *handler, const np_error_sink *error) {
    (void)context;
    if (refuses()) {
        return np_fail(error, NP_E_UNSUPPORTED, NP_TEXT("no more handlers"));
    }
    kept[kept_count++] = *handler;
    return NP_OK;
}

static int32_t NP_CALL keep_changed(void *context, const np_object *handler, const np_error_sink *error) {
    (void)context;
    (void)handler;
    (void)error;
    return NP_OK;
}

/* Raises the event and fails, and keeps the handler nevertheless. */
static int32_t NP_CALL add_closed(void *context, const np_object *handler, const np_error_sink *error) {
    (void)context;
    kept[kept_count++] = *handler;
    (void)((const test_signals_1_closed *)handler->table)->invoke(handler->context, NULL);
    return np_fail(error, NP_E_UNSUPPORTED, NP_TEXT("closed already"));
}

static int32_t NP_CALL add_moved(void *context, const np_object *handler, const np_error_sink *error) {
    (void)context;
    return ((const test_signals_1_moved *)handler->table)->invoke(handler->context, NULL, error);
}

static int32_t NP_CALL remove_moved(void *context, const np_object *handler, const np_error_sink *error) {
    (void)context;
    (void)handler;
    return np_fail(error, NP_E_UNSUPPORTED, NP_TEXT("it stays"));
}

/* 1 raises; 2 releases the handler and raises; 3 releases it twice. */
static int32_t NP_CALL raise(void *context, int32_t value, const np_error_sink *error) {
    np_object *last = &kept[kept_count - 1];
    int32_t status = NP_OK;
    (void)context;
    if (value == 2 || value == 3) {
        status = last->release(last->context, error);
    }
    if (value == 3) {
        status = last->release(last->context, error);
    }
    return status != NP_OK ? status : ((const test_signals_1_changed *)last->table)->invoke(last->context, value, error);
}

static int32_t NP_CALL raise_others(void *context, const struct native_plugins_test_contracts_person *person,
                                    const np_error_sink *error) {
    (void)context;
    (void)person;
    return ((const test_signals_1_closed *)kept[kept_count - 1].table)->invoke(kept[kept_count - 1].context, error);
}

static int32_t NP_CALL count_handlers(void *context, int32_t *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    *result = (int32_t)kept_count;
    return NP_OK;
}

static int32_t NP_CALL release(void *context, const np_error_sink *error) {
    (void)error;
    ++*(int32_t *)context;
    return NP_OK;
}

static int32_t NP_CALL hear(void *context, const char *value, size_t value_length, const np_error_sink *error) {
    (void)context;
    (void)value;
    (void)value_length;
    (void)error;
    return NP_OK;
}

static int32_t released;
static const test_feed_1_said said = {TEST_FEED_1_SAID_PREFIX(NULL), hear};
static const test_signals_1_closed another = {TEST_SIGNALS_1_CLOSED_PREFIX(NULL), NULL};

/* Each time another one that is none. */
static int32_t NP_CALL follow(void *context, const np_object *feed, const np_error_sink *error) {
    const test_feed_1 *table = (const test_feed_1 *)feed->table;
    np_object handler = {sizeof(handler), 0, &released, &said, release, NULL};
    (void)context;
    switch (++follows) {
    case 1:
        return table->add_said(feed->context, NULL, error);
    case 2:
        handler.struct_size = 16;
        return table->add_said(feed->context, &handler, error);
    case 3:
        handler.release = NULL;
        return table->add_said(feed->context, &handler, error);
    case 4:
        handler.table = &another;
        return table->add_said(feed->context, &handler, error);
    case 5:
        return table->remove_said(feed->context, &handler, error);
    case 6:
        handler.struct_size = 16;
        return table->remove_said(feed->context, &handler, error);
    default:
        (void)table->add_said(feed->context, &handler, error);
        (void)table->add_said(feed->context, &handler, error);
        return feed->release(feed->context, error);
    }
}

static int32_t NP_CALL heard(void *context, const np_sink *result, const np_error_sink *error) {
    char digit = (char)('0' + released);
    (void)context;
    (void)error;
    return result->write(result->context, &digit, 1);
}

static int32_t NP_CALL nothing(void *context, const np_error_sink *error) {
    (void)context;
    (void)error;
    return NP_OK;
}

static int32_t NP_CALL open(void *context, const test_signals_1_open_open *open, const np_sink *result,
                            const np_error_sink *error) {
    (void)context;
    return open->invoke(open->context, NP_TEXT(""), result, error);
}

static const test_signals_1 signals = {TEST_SIGNALS_1_PREFIX(NULL), add_changed,    keep_changed, add_closed, keep_changed,
                                       add_moved,                   remove_moved,   raise,        raise_others, count_handlers,
                                       follow,                      heard,          nothing,      nothing,    open};

#define CREATE application = host;
#define GET_SERVICE                                                                                                    \
    if (np_text_equals(id, id_length, NP_TEXT(TEST_SIGNALS_1_ID))) {                                                   \
        *service = &signals;                                                                                           \
        return NP_OK;                                                                                                  \
    }
#include "fixture.h"
