/* Offers test.signals/1 for contract_c.c: it raises events, and listens to those of the application. */
#include "test_signals_1.h"

typedef struct handler_list {
    np_object items[64]; /* One that was removed has no table. */
    size_t count;
} handler_list;

static handler_list changed, closed, moved;
static pthread_mutex_t signals_lock;
static pthread_once_t signals_once = PTHREAD_ONCE_INIT;

/* A handler may remove itself, and others, while it is called: on its own thread the lock lets it in. */
static void signals_begin(void) {
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&signals_lock, &attributes);
    pthread_mutexattr_destroy(&attributes);
}

static int32_t add_handler(handler_list *list, const np_object *handler, const np_error_sink *error) {
    int32_t status = NP_OK;
    pthread_once(&signals_once, signals_begin);
    pthread_mutex_lock(&signals_lock);
    if (list->count < sizeof(list->items) / sizeof(list->items[0])) {
        list->items[list->count++] = *handler;
    } else {
        status = np_fail(error, NP_E_OUT_OF_MEMORY, NP_TEXT("there are too many handlers"));
    }
    pthread_mutex_unlock(&signals_lock);
    return status;
}

static int32_t remove_handler(handler_list *list, const np_object *handler, const np_error_sink *error) {
    int32_t status = NP_E_NOT_FOUND;
    size_t i;
    pthread_once(&signals_once, signals_begin);
    pthread_mutex_lock(&signals_lock);
    for (i = list->count; i-- > 0 && status != NP_OK;) {
        np_object *item = &list->items[i];
        if (item->context == handler->context && item->table == handler->table) {
            status = item->release(item->context, error);
            item->table = NULL;
        }
    }
    while (list->count > 0 && list->items[list->count - 1].table == NULL) {
        list->count--;
    }
    pthread_mutex_unlock(&signals_lock);
    return status;
}

#define SIGNALS_EVENT(name, list)                                                                                      \
    static int32_t NP_CALL add_##name(void *context, const np_object *handler, const np_error_sink *error) {           \
        (void)context;                                                                                                 \
        return add_handler(list, handler, error);                                                                      \
    }                                                                                                                  \
    static int32_t NP_CALL remove_##name(void *context, const np_object *handler, const np_error_sink *error) {        \
        (void)context;                                                                                                 \
        return remove_handler(list, handler, error);                                                                   \
    }

SIGNALS_EVENT(changed, &changed)
SIGNALS_EVENT(closed, &closed)
SIGNALS_EVENT(moved, &moved)

static int32_t NP_CALL signals_raise(void *context, int32_t value, const np_error_sink *error) {
    int32_t status;
    (void)context;
    pthread_once(&signals_once, signals_begin);
    pthread_mutex_lock(&signals_lock);
    status = test_signals_1_raise_changed(changed.items, changed.count, value, error);
    pthread_mutex_unlock(&signals_lock);
    return status;
}

static int32_t NP_CALL signals_raise_others(void *context, const struct native_plugins_test_contracts_person *person,
                                            const np_error_sink *error) {
    int32_t status = test_signals_1_raise_closed(closed.items, closed.count, error);
    (void)context;
    return status != NP_OK ? status : test_signals_1_raise_moved(moved.items, moved.count, person, error);
}

static int32_t NP_CALL signals_count_handlers(void *context, int32_t *result, const np_error_sink *error) {
    size_t i;
    (void)context;
    (void)error;
    *result = 0;
    for (i = 0; i < changed.count; i++) {
        *result += changed.items[i].table != NULL;
    }
    return NP_OK;
}

/* ---- the other direction: a handler of this plugin's at the application's feeds */

static np_object feeds[8];
static size_t feed_count, heard_length;
static char heard[256];

static int32_t NP_CALL hear(void *context, const char *value, size_t value_length, const np_error_sink *error) {
    (void)context;
    (void)error;
    memcpy(heard + heard_length, value, value_length);
    heard_length += value_length;
    return NP_OK;
}

static const test_feed_1_said hear_table = {TEST_FEED_1_SAID_PREFIX(NULL), hear};
static np_object hearing = {sizeof(hearing), 0, heard, &hear_table, nothing_to_release, NULL};

static int32_t NP_CALL signals_follow(void *context, const np_object *feed, const np_error_sink *error) {
    (void)context;
    feeds[feed_count++] = *feed;
    return ((const test_feed_1 *)feed->table)->add_said(feed->context, &hearing, error);
}

static int32_t NP_CALL signals_heard(void *context, const np_sink *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    return result->write(result->context, heard, heard_length);
}

static int32_t NP_CALL signals_stop_listening(void *context, const np_error_sink *error) {
    size_t i;
    int32_t status = NP_OK;
    (void)context;
    for (i = 0; i < feed_count && status == NP_OK; i++) {
        status = ((const test_feed_1 *)feeds[i].table)->remove_said(feeds[i].context, &hearing, error);
    }
    return status;
}

static int32_t NP_CALL signals_drop_feeds(void *context, const np_error_sink *error) {
    (void)context;
    heard_length = 0;
    while (feed_count > 0) {
        feed_count--;
        (void)feeds[feed_count].release(feeds[feed_count].context, error);
    }
    return NP_OK;
}

static int32_t NP_CALL signals_open(void *context, const test_signals_1_open_open *open, const np_sink *result,
                                      const np_error_sink *error) {
    np_object session = {0, 0, NULL, NULL, NULL, NULL};
    np_sink sink = {sizeof(sink), 0, NULL, take_object};
    int32_t status;
    (void)context;
    sink.context = &session;
    status = open->invoke(open->context, NP_TEXT("asked for"), &sink, error);
    if (status != NP_OK) {
        return status;
    }
    if (session.table == NULL) {
        return result->write(result->context, NP_TEXT("none"));
    }
    status = ((const test_session_1 *)session.table)->get_name(session.context, result, error);
    (void)session.release(session.context, NULL);
    return status;
}

static const test_signals_1 signals_table = {TEST_SIGNALS_1_PREFIX(NULL), add_changed,           remove_changed,  add_closed,
                                             remove_closed,               add_moved,             remove_moved,    signals_raise,
                                             signals_raise_others,        signals_count_handlers, signals_follow,  signals_heard,
                                             signals_stop_listening,      signals_drop_feeds,    signals_open};
