/* All of them in C. */
#include "native_plugins_plugin.h"

#include "everyday_action_1.h"
#include "everyday_cases_1.h"
#include "everyday_date_1.h"
#include "everyday_decimal_1.h"
#include "everyday_derived_1.h"
#include "everyday_dictionary_1.h"
#include "everyday_directory_1.h"
#include "everyday_enum_1.h"
#include "everyday_event_1.h"
#include "everyday_factory_1.h"
#include "everyday_func_1.h"
#include "everyday_guid_1.h"
#include "everyday_half_1.h"
#include "everyday_immutable_1.h"
#include "everyday_instant_1.h"
#include "everyday_int128_1.h"
#include "everyday_maybe_number_1.h"
#include "everyday_maybe_record_1.h"
#include "everyday_maybe_text_1.h"
#include "everyday_nested_1.h"
#include "everyday_numbers_1.h"
#include "everyday_out_1.h"
#include "everyday_property_1.h"
#include "everyday_read_only_list_1.h"
#include "everyday_record_1.h"
#include "everyday_ref_1.h"
#include "everyday_set_1.h"
#include "everyday_span_1.h"
#include "everyday_span_of_time_1.h"
#include "everyday_stream_1.h"
#include "everyday_task_1.h"
#include "everyday_text_1.h"
#include "everyday_texts_1.h"
#include "everyday_time_1.h"
#include "everyday_tuple_1.h"
#include "everyday_uri_1.h"
#include "everyday_utc_1.h"
#include "everyday_version_1.h"
#include "native_plugins_data.h"

#include <stdlib.h>
#include <string.h>

#define UNUSED (void)context, (void)error

/* A table of one function. */
#define TABLE(contract, macro, function) static const contract contract##_table = {macro##_PREFIX(NULL), function};
#define SAME(contract, macro, type, parameter, read)                                                                   \
    static int32_t NP_CALL contract##_echo(void *context, parameter value, type *result, const np_error_sink *error) { \
        UNUSED;                                                                                                        \
        *result = read;                                                                                                \
        return NP_OK;                                                                                                  \
    }                                                                                                                  \
    TABLE(contract, macro, contract##_echo)
#define PUT(contract, macro, type)                                                                                     \
    static int32_t NP_CALL contract##_echo(void *context, const type *value, const np_sink *result,                    \
                                           const np_error_sink *error) {                                               \
        UNUSED;                                                                                                        \
        return type##_put(result, value);                                                                              \
    }                                                                                                                  \
    TABLE(contract, macro, contract##_echo)

static int32_t NP_CALL echo(void *context, const char *value, size_t value_length, const np_sink *result,
                            const np_error_sink *error) {
    UNUSED;
    return result->write(result->context, value, value_length);
}

static int32_t NP_CALL echo_text(void *context, const char *value, size_t value_length, const np_sink *result,
                                 const np_error_sink *error) {
    const np_text text = np_text_at(value, value_length);
    UNUSED;
    return np_text_put(result, value == NULL ? NULL : &text);
}

TABLE(everyday_text_1, EVERYDAY_TEXT_1, echo)
TABLE(everyday_nested_1, EVERYDAY_NESTED_1, echo)
TABLE(everyday_maybe_text_1, EVERYDAY_MAYBE_TEXT_1, echo_text)
TABLE(everyday_uri_1, EVERYDAY_URI_1, echo_text)
TABLE(everyday_version_1, EVERYDAY_VERSION_1, echo_text)
SAME(everyday_guid_1, EVERYDAY_GUID_1, np_uuid, const np_uuid *, *value)
SAME(everyday_instant_1, EVERYDAY_INSTANT_1, np_date_time_offset, const np_date_time_offset *, *value)
SAME(everyday_utc_1, EVERYDAY_UTC_1, int64_t, int64_t, value)
SAME(everyday_date_1, EVERYDAY_DATE_1, int32_t, int32_t, value)
SAME(everyday_time_1, EVERYDAY_TIME_1, int64_t, int64_t, value)
SAME(everyday_span_of_time_1, EVERYDAY_SPAN_OF_TIME_1, int64_t, int64_t, value)
SAME(everyday_decimal_1, EVERYDAY_DECIMAL_1, np_decimal, const np_decimal *, *value)
SAME(everyday_half_1, EVERYDAY_HALF_1, uint16_t, uint16_t, value)
SAME(everyday_int128_1, EVERYDAY_INT128_1, np_int128, const np_int128 *, *value)
SAME(everyday_enum_1, EVERYDAY_ENUM_1, everyday_level, everyday_level, value)
PUT(everyday_texts_1, EVERYDAY_TEXTS_1, np_text_list)
PUT(everyday_numbers_1, EVERYDAY_NUMBERS_1, np_int64_list)
PUT(everyday_read_only_list_1, EVERYDAY_READ_ONLY_LIST_1, np_text_list)
PUT(everyday_immutable_1, EVERYDAY_IMMUTABLE_1, np_int32_list)
PUT(everyday_dictionary_1, EVERYDAY_DICTIONARY_1, np_text_int32_pair_list)
PUT(everyday_directory_1, EVERYDAY_DIRECTORY_1, np_text_everyday_person_pair_list)
PUT(everyday_set_1, EVERYDAY_SET_1, np_text_list)
PUT(everyday_record_1, EVERYDAY_RECORD_1, everyday_person)
PUT(everyday_maybe_record_1, EVERYDAY_MAYBE_RECORD_1, everyday_person)
PUT(everyday_cases_1, EVERYDAY_CASES_1, everyday_payment)
PUT(everyday_tuple_1, EVERYDAY_TUPLE_1, np_int32_text_tuple)

static int32_t NP_CALL echo_number(void *context, const int32_t *value, np_int32_option *result, const np_error_sink *error) {
    const np_int32_option none = NP_ZEROS;
    UNUSED;
    *result = value == NULL ? none : np_int32_option_of(*value);
    return NP_OK;
}
TABLE(everyday_maybe_number_1, EVERYDAY_MAYBE_NUMBER_1, echo_number)

static char name[64];
static size_t name_length;

static int32_t NP_CALL get_name(void *context, const np_sink *result, const np_error_sink *error) {
    return echo(context, name, name_length, result, error);
}

static int32_t NP_CALL set_name(void *context, const char *value, size_t value_length, const np_error_sink *error) {
    UNUSED;
    name_length = value_length < sizeof(name) ? value_length : sizeof(name);
    memcpy(name, value, name_length);
    return NP_OK;
}
static const everyday_property_1 everyday_property_1_table = {EVERYDAY_PROPERTY_1_PREFIX(NULL), get_name, set_name};

static np_object handlers[4];
static size_t handler_count;

static int32_t NP_CALL add_said(void *context, const np_object *handler, const np_error_sink *error) {
    (void)context;
    if (handler_count == 4) {
        return np_fail(error, NP_E_OUT_OF_MEMORY, NP_TEXT("4 handlers are the most"));
    }
    handlers[handler_count++] = *handler;
    return NP_OK;
}

static int32_t NP_CALL remove_said(void *context, const np_object *handler, const np_error_sink *error) {
    size_t i;
    (void)context;
    for (i = handler_count; i-- > 0;) {
        if (handlers[i].context == handler->context && handlers[i].table == handler->table) {
            const np_object found = handlers[i];
            handlers[i] = handlers[--handler_count];
            return found.release(found.context, error);
        }
    }
    return NP_E_NOT_FOUND;
}

static int32_t NP_CALL say(void *context, const char *text, size_t text_length, const np_error_sink *error) {
    (void)context;
    return everyday_event_1_raise_said(handlers, handler_count, text, text_length, error);
}
static const everyday_event_1 everyday_event_1_table = {EVERYDAY_EVENT_1_PREFIX(NULL), add_said, remove_said, say};

static int32_t NP_CALL echo_async(void *context, const char *value, size_t value_length, const np_cancellation *cancellation,
                                  const np_completion *completion, const np_error_sink *error) {
    UNUSED;
    (void)cancellation;
    return completion->complete(completion->context, NP_OK, value, value_length, NULL);
}
TABLE(everyday_task_1, EVERYDAY_TASK_1, echo_async)

typedef struct counting {
    int32_t next, count;
} counting;

static int32_t NP_CALL count_next(void *context, uint32_t most, const np_cancellation *cancellation,
                                  const np_completion *completion, const np_error_sink *error) {
    counting *self = (counting *)context;
    const int32_t number = self->next;
    np_int32_list list = NP_ZEROS;
    (void)error;
    (void)most;
    (void)cancellation;
    list.items = &number;
    list.count = self->next++ < self->count;
    return np_int32_list_complete(completion, &list);
}
static const everyday_stream_1_count_async_items counting_table = {EVERYDAY_STREAM_1_COUNT_ASYNC_ITEMS_PREFIX(NULL), count_next};

static int32_t NP_CALL free_it(void *context, const np_error_sink *error) {
    (void)error;
    free(context);
    return NP_OK;
}

static int32_t NP_CALL count_async(void *context, int32_t count, const np_sink *result, const np_error_sink *error) {
    counting *made = (counting *)calloc(1, sizeof(*made));
    int32_t status;
    UNUSED;
    if (made == NULL) {
        return NP_E_OUT_OF_MEMORY;
    }
    made->count = count;
    status = everyday_stream_1_count_async_items_put(result, &counting_table, made, free_it);
    if (status != NP_OK) {
        free(made);
    }
    return status;
}
TABLE(everyday_stream_1, EVERYDAY_STREAM_1, count_async)

static int32_t NP_CALL each(void *context, int32_t count, const everyday_action_1_each_take *take, const np_error_sink *error) {
    int32_t i, status = NP_OK;
    (void)context;
    for (i = 0; i < count && status == NP_OK; i++) {
        status = take->invoke(take->context, i, error);
    }
    return status;
}
TABLE(everyday_action_1, EVERYDAY_ACTION_1, each)

static int32_t NP_CALL convert(void *context, const char *value, size_t value_length, const everyday_func_1_convert_convert *by,
                               const np_sink *result, const np_error_sink *error) {
    (void)context;
    return by->invoke(by->context, value, value_length, result, error);
}
TABLE(everyday_func_1, EVERYDAY_FUNC_1, convert)

typedef struct session {
    size_t length;
    char name[64];
} session;

static int32_t NP_CALL session_name(void *context, const np_sink *result, const np_error_sink *error) {
    const session *self = (const session *)context;
    return echo(context, self->name, self->length, result, error);
}
static const everyday_session_1 session_table = {EVERYDAY_SESSION_1_PREFIX(NULL), session_name};

static int32_t NP_CALL open_session(void *context, const char *of, size_t of_length, const np_sink *result, const np_error_sink *error) {
    session *made = (session *)calloc(1, sizeof(*made));
    int32_t status;
    UNUSED;
    if (made == NULL) {
        return NP_E_OUT_OF_MEMORY;
    }
    made->length = of_length < sizeof(made->name) ? of_length : sizeof(made->name);
    memcpy(made->name, of, made->length);
    status = everyday_session_1_put(result, &session_table, made, free_it);
    if (status != NP_OK) {
        free(made);
    }
    return status;
}
TABLE(everyday_factory_1, EVERYDAY_FACTORY_1, open_session)

static int32_t NP_CALL try_find(void *context, const char *of, size_t of_length, const np_sink *found, uint8_t *result,
                                const np_error_sink *error) {
    everyday_person ada = everyday_person_new();
    UNUSED;
    ada.name = np_text_of("Ada");
    ada.age = 36;
    *result = (uint8_t)np_text_is(np_text_at(of, of_length), "Ada");
    return everyday_person_put(found, *result ? &ada : NULL);
}
TABLE(everyday_out_1, EVERYDAY_OUT_1, try_find)

static int32_t NP_CALL append(void *context, const char *text, size_t text_length, const np_sink *text_result, const char *more,
                              size_t more_length, const np_error_sink *error) {
    const int32_t status = echo(context, text, text_length, text_result, error);
    return status != NP_OK ? status : echo(context, more, more_length, text_result, error);
}
TABLE(everyday_ref_1, EVERYDAY_REF_1, append)

static int32_t NP_CALL reverse(void *context, uint8_t *bytes, size_t bytes_length, const np_error_sink *error) {
    size_t i;
    UNUSED;
    for (i = 0; i < bytes_length / 2; i++) {
        const uint8_t first = bytes[i];
        bytes[i] = bytes[bytes_length - 1 - i];
        bytes[bytes_length - 1 - i] = first;
    }
    return NP_OK;
}
TABLE(everyday_span_1, EVERYDAY_SPAN_1, reverse)

static int32_t NP_CALL twice(void *context, const char *value, size_t value_length, const np_sink *result, const np_error_sink *error) {
    return append(context, value, value_length, result, value, value_length, error);
}
static const everyday_derived_1 everyday_derived_1_table = {EVERYDAY_DERIVED_1_PREFIX(NULL), echo, twice};

#define OFFER(contract, macro) NP_SERVICE(EVERYDAY_##macro##_1_ID, everyday_##contract##_1_table)
NP_PLUGIN("everyday_c", "Everyday", "1.0.0", 0,
          OFFER(text, TEXT), OFFER(nested, NESTED), OFFER(maybe_text, MAYBE_TEXT), OFFER(uri, URI),
          OFFER(version, VERSION), OFFER(guid, GUID), OFFER(instant, INSTANT), OFFER(utc, UTC), OFFER(date, DATE),
          OFFER(time, TIME), OFFER(span_of_time, SPAN_OF_TIME), OFFER(decimal, DECIMAL), OFFER(half, HALF),
          OFFER(int128, INT128), OFFER(enum, ENUM), OFFER(texts, TEXTS), OFFER(numbers, NUMBERS),
          OFFER(read_only_list, READ_ONLY_LIST), OFFER(immutable, IMMUTABLE), OFFER(dictionary, DICTIONARY),
          OFFER(directory, DIRECTORY), OFFER(set, SET), OFFER(record, RECORD), OFFER(maybe_record, MAYBE_RECORD),
          OFFER(cases, CASES), OFFER(tuple, TUPLE), OFFER(maybe_number, MAYBE_NUMBER), OFFER(property, PROPERTY),
          OFFER(event, EVENT), OFFER(task, TASK), OFFER(stream, STREAM), OFFER(action, ACTION), OFFER(func, FUNC),
          OFFER(factory, FACTORY), OFFER(out, OUT), OFFER(ref, REF), OFFER(span, SPAN), OFFER(derived, DERIVED));
