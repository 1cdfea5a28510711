/* test.exchange/1 in C: what has pointers comes back through a sink, as a result does. */
#include "native_plugins_data.h"
#include "test_exchange_1.h"

#define TRY(expression)                                                                                                \
    do {                                                                                                               \
        int32_t tried = (expression);                                                                                  \
        if (tried != NP_OK) {                                                                                          \
            return tried;                                                                                              \
        }                                                                                                              \
    } while (0)

static int32_t NP_CALL spread_data(void *context, const char *text, size_t text_length, const char *optional, size_t optional_length,
                                   const native_plugins_test_contracts_person *person, const np_text_list *texts,
                                   const np_int32_list *numbers, const native_plugins_test_contracts_figure *value,
                                   const np_sink *out_text, const np_sink *out_optional, const np_sink *out_person,
                                   const np_sink *out_texts, const np_sink *out_numbers, const np_sink *out_figure,
                                   const np_error_sink *error) {
    np_text kept = {NULL, 0};
    (void)context;
    (void)error;
    kept.data = optional;
    kept.length = optional_length;
    TRY(out_text->write(out_text->context, text, text_length));
    TRY(np_text_put(out_optional, optional == NULL ? NULL : &kept));
    TRY(native_plugins_test_contracts_person_put(out_person, person));
    TRY(np_text_list_put(out_texts, texts));
    TRY(out_numbers->write(out_numbers->context, numbers->items, numbers->count * sizeof(*numbers->items)));
    return native_plugins_test_contracts_figure_put(out_figure, value);
}

static int32_t NP_CALL try_find(void *context, const char *name, size_t name_length, const np_sink *person, uint8_t *result,
                                const np_error_sink *error) {
    native_plugins_test_contracts_person ada = {
        .struct_size = sizeof(ada), .name = {NP_TEXT("Ada")}, .age = 36, .mode = NATIVE_PLUGINS_TEST_CONTRACTS_MODE_FAST, .is_here = 1};
    (void)context;
    (void)error;
    *result = (uint8_t)np_text_is(np_text_at(name, name_length), "Ada");
    return native_plugins_test_contracts_person_put(person, *result ? &ada : NULL);
}

static int32_t NP_CALL measure_text(void *context, const char *text, size_t text_length, int32_t *length, const np_sink *both,
                                    const np_sink *result, const np_error_sink *error) {
    np_int32_text_tuple pair = {.item1 = (int32_t)text_length, .item2 = {text == NULL ? "" : text, text_length}};
    (void)context;
    (void)error;
    *length = (int32_t)text_length;
    TRY(np_int32_text_tuple_put(both, &pair));
    return result->write(result->context, text, text_length);
}

static int32_t NP_CALL change_data(void *context, const char *text, size_t text_length, const np_sink *text_result, const char *optional,
                                   size_t optional_length, const np_sink *optional_result,
                                   const native_plugins_test_contracts_address *address, const np_sink *address_result,
                                   const np_int64_list *numbers, const np_sink *numbers_result,
                                   const native_plugins_test_contracts_point_list *points, const np_sink *points_result,
                                   const np_int32_text_tuple *pair, const np_sink *pair_result, const np_error_sink *error) {
    static const int64_t three[] = {1, 2, 3};
    static const np_int64_list some_numbers = {three, 3};
    static const np_text some_text = {NP_TEXT("text")};
    native_plugins_test_contracts_address some_address = {.struct_size = sizeof(some_address), .street = {NP_TEXT("street")}, .position = {1, 2}};
    np_int32_text_tuple next = *pair;
    (void)context;
    (void)optional_length;
    if (np_text_equals(text, text_length, NP_TEXT("fail"))) {
        TRY(text_result->write(text_result->context, NP_TEXT("lost")));
        return np_fail(error, NP_E_INVALID_STATE, NP_TEXT("as it was asked to"));
    }
    next.item1++;
    TRY(text_result->write(text_result->context, text, text_length));
    TRY(text_result->write(text_result->context, NP_TEXT("!")));
    TRY(np_text_put(optional_result, optional == NULL ? &some_text : NULL));
    TRY(native_plugins_test_contracts_address_put(address_result, address == NULL ? &some_address : NULL));
    TRY(np_int64_list_put(numbers_result, numbers == NULL ? &some_numbers : NULL));
    TRY(points_result->write(points_result->context, points->items, points->count * sizeof(*points->items)));
    return np_int32_text_tuple_put(pair_result, &next);
}

static const test_exchange_1 exchange_table = {TEST_EXCHANGE_1_PREFIX(NULL), spread_data, try_find, measure_text, change_data};
