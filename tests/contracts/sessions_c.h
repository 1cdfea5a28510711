/* The sessions and cursors of archive_c.h: one table for all objects of a kind. A session may be handed over more than once, so
 * it counts its references; a cursor is handed over once, so its release frees it. */
#include "test_session_1.h"

#include <stdlib.h>
#include <string.h>

typedef struct session {
    struct session *next;
    int references;
    char name[64];
    size_t length;
    const np_completion *waiting;
} session;

typedef struct cursor {
    session *of;
    int32_t next, count;
} cursor;

static session *sessions;
static int32_t open_objects;

static int32_t opened(int32_t by) {
    int32_t count;
    pthread_mutex_lock(&lock);
    count = open_objects += by;
    pthread_mutex_unlock(&lock);
    return count;
}

/* ---- test.cursor/1 */

static const test_session_1 session_table;
static int32_t NP_CALL session_release(void *context, const np_error_sink *error);

static int32_t NP_CALL cursor_next(void *context, int32_t *value, uint8_t *result, const np_error_sink *error) {
    cursor *self = (cursor *)context;
    (void)error;
    *value = self->next;
    *result = self->next++ < self->count;
    return NP_OK;
}

static int32_t hand_over(session *self, const np_sink *result) {
    int32_t status;
    pthread_mutex_lock(&lock);
    self->references++;
    pthread_mutex_unlock(&lock);
    status = test_session_1_put(result, &session_table, self, session_release);
    if (status != NP_OK) {
        (void)session_release(self, NULL);
    }
    return status;
}

static int32_t NP_CALL cursor_session(void *context, const np_sink *result, const np_error_sink *error) {
    (void)error;
    return hand_over(((cursor *)context)->of, result);
}

static int32_t NP_CALL cursor_release(void *context, const np_error_sink *error) {
    (void)error;
    free(context);
    opened(-1);
    return NP_OK;
}

static const test_cursor_1 cursor_table = {TEST_CURSOR_1_PREFIX(NULL), cursor_next, cursor_session};

/* ---- test.session/1 */

static int32_t NP_CALL session_name(void *context, const np_sink *result, const np_error_sink *error) {
    session *self = (session *)context;
    (void)error;
    return result->write(result->context, self->name, self->length);
}

static int32_t NP_CALL session_query(void *context, int32_t count, const np_sink *result, const np_error_sink *error) {
    cursor *made = (cursor *)malloc(sizeof(cursor));
    int32_t status;
    (void)error;
    made->of = (session *)context;
    made->next = 0;
    made->count = count;
    opened(1);
    status = test_cursor_1_put(result, &cursor_table, made, cursor_release);
    if (status != NP_OK) {
        (void)cursor_release(made, NULL);
    }
    return status;
}

static int32_t NP_CALL session_count(void *context, int32_t steps, const test_progress_1 *progress, int32_t *result,
                                     const np_error_sink *error) {
    session *self = (session *)context;
    int32_t i;
    for (i = 0; i < steps; i++) {
        uint8_t more;
        int32_t status = progress->report(progress->context, i, self->name, self->length, &more, error);
        if (status != NP_OK) {
            return status;
        }
    }
    *result = steps;
    return NP_OK;
}

static int32_t NP_CALL session_name_later(void *context, const np_completion *completion, const np_error_sink *error) {
    (void)error;
    ((session *)context)->waiting = completion;
    return NP_OK;
}

static int32_t NP_CALL session_complete(void *context, const np_error_sink *error) {
    session *self = (session *)context;
    const np_completion *waiting = self->waiting;
    (void)error;
    self->waiting = NULL;
    return waiting->complete(waiting->context, NP_OK, self->name, self->length, NULL);
}

static int32_t NP_CALL session_release(void *context, const np_error_sink *error) {
    session *self = (session *)context, **at;
    int left, is_bad;
    pthread_mutex_lock(&lock);
    left = --self->references;
    for (at = &sessions; left == 0 && *at != NULL; at = &(*at)->next) {
        if (*at == self) {
            *at = self->next;
            break;
        }
    }
    pthread_mutex_unlock(&lock);
    if (left > 0) {
        return NP_OK;
    }
    is_bad = np_text_equals(self->name, self->length, NP_TEXT("bad"));
    free(self);
    opened(-1);
    return is_bad ? np_fail(error, NP_E_INVALID_STATE, NP_TEXT("a bad end")) : NP_OK;
}

static const test_session_1 session_table = {TEST_SESSION_1_PREFIX(NULL), session_name,       session_query,
                                             session_count,               session_name_later, session_complete};
