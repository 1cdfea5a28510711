/* test.records/1 in C. What comes in goes out as it is: arguments and results are laid out alike. */
#include "test_records_1.h"

#define PUT(function, type)                                                                                            \
    static int32_t NP_CALL function(void *context, const type *value, const np_sink *result, const np_error_sink *error) { \
        (void)context;                                                                                                 \
        (void)error;                                                                                                   \
        return type##_put(result, value);                                                                              \
    }
#define COMPLETE(function, type)                                                                                       \
    static int32_t NP_CALL function(void *context, const type *value, const np_completion *completion,                 \
                                    const np_error_sink *error) {                                                      \
        (void)context;                                                                                                 \
        (void)error;                                                                                                   \
        return type##_complete(completion, value);                                                                     \
    }

PUT(put_person, native_plugins_test_contracts_person)
PUT(put_address, native_plugins_test_contracts_address)
PUT(put_node, native_plugins_test_contracts_node)
PUT(put_shelf, native_plugins_test_contracts_shelf)
PUT(put_texts, np_text_list)
PUT(put_numbers, np_int64_list)
PUT(put_points, native_plugins_test_contracts_point_list)
PUT(put_people, native_plugins_test_contracts_person_list)
PUT(put_directory, np_text_native_plugins_test_contracts_person_pair_list)
PUT(put_set, np_int32_list)
PUT(put_pair, np_int32_text_tuple)
COMPLETE(put_people_later, native_plugins_test_contracts_person_list)
COMPLETE(put_person_later, native_plugins_test_contracts_person)

static int32_t NP_CALL same_triple(void *context, const np_uint8_double_uuid_tuple *value, np_uint8_double_uuid_tuple_option *result,
                                   const np_error_sink *error) {
    (void)context;
    (void)error;
    memset(result, 0, sizeof(*result));
    if (value != NULL) {
        result->has_value = 1;
        result->value = *value;
    }
    return NP_OK;
}

PUT(put_growing, native_plugins_test_contracts_growing)

static int32_t NP_CALL sum_span(void *context, const native_plugins_test_contracts_point *points, size_t points_length, double *result,
                                const np_error_sink *error) {
    size_t i;
    (void)context;
    (void)error;
    *result = 0;
    for (i = 0; i < points_length; i++) {
        *result += points[i].x + points[i].y;
    }
    return NP_OK;
}

static int32_t NP_CALL sum(void *context, const native_plugins_test_contracts_point_list *points, double *result,
                           const np_error_sink *error) {
    return sum_span(context, points->items, points->count, result, error);
}

static const test_records_1 records = {TEST_RECORDS_1_PREFIX(NULL), put_person, put_person, put_address, put_address, put_node,
                                       put_shelf, put_texts, put_numbers, put_points, put_people, put_directory, put_set,
                                       put_pair, same_triple, sum, sum_span, put_growing, put_people_later, put_person_later};
