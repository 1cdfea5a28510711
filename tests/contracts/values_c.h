/* test.values/1 in C. Without test framework or library: only what the generated header says. */
#include "test_values_1.h"

#define SAME(function, type, parameter, read)                                                                          \
    static int32_t NP_CALL function(void *context, parameter value, type *result, const np_error_sink *error) {        \
        (void)context;                                                                                                 \
        (void)error;                                                                                                   \
        *result = read;                                                                                                \
        return NP_OK;                                                                                                  \
    }
#define SAME_OPTION(function, type, value_type)                                                                        \
    static int32_t NP_CALL function(void *context, const value_type *value, type *result, const np_error_sink *error) { \
        (void)context;                                                                                                 \
        (void)error;                                                                                                   \
        memset(result, 0, sizeof(*result));                                                                            \
        if (value != NULL) {                                                                                           \
            *result = type##_of(*value);                                                                               \
        }                                                                                                              \
        return NP_OK;                                                                                                  \
    }

SAME(same_char, uint16_t, uint16_t, value)
SAME(same_half, uint16_t, uint16_t, value)
SAME(same_int128, np_int128, const np_int128 *, *value)
SAME(same_uint128, np_uint128, const np_uint128 *, *value)
SAME(same_decimal, np_decimal, const np_decimal *, *value)
SAME(same_uuid, np_uuid, const np_uuid *, *value)
SAME(same_int64, int64_t, int64_t, value)
SAME(same_instant, np_date_time_offset, const np_date_time_offset *, *value)
SAME(same_int32, int32_t, int32_t, value)
SAME_OPTION(same_int32_option, np_int32_option, int32_t)
SAME_OPTION(same_bool_option, np_bool_option, uint8_t)
SAME_OPTION(same_mode_option, native_plugins_test_contracts_mode_option, native_plugins_test_contracts_mode)
SAME_OPTION(same_box_option, native_plugins_test_contracts_box_option, native_plugins_test_contracts_box)
SAME_OPTION(same_uuid_option, np_uuid_option, np_uuid)
SAME_OPTION(same_instant_option, np_date_time_offset_option, np_date_time_offset)

static int32_t NP_CALL same_text(void *context, const char *value, size_t value_length, const np_sink *result,
                                 const np_error_sink *error) {
    np_text text;
    (void)context;
    (void)error;
    text.data = value;
    text.length = value_length;
    return np_text_put(result, value == NULL ? NULL : &text);
}

static int32_t NP_CALL spread_values(void *context, const np_uuid *id, int64_t time, const np_decimal *price, np_uuid *out_id,
                                     int64_t *out_time, np_decimal_option *out_price, const np_error_sink *error) {
    *out_id = *id;
    *out_time = time;
    (void)context;
    (void)error;
    memset(out_price, 0, sizeof(*out_price));
    if (price != NULL) {
        out_price->has_value = 1;
        out_price->value = *price;
    }
    return NP_OK;
}

static int32_t NP_CALL exchange(void *context, np_date_time_offset *first, np_date_time_offset *second, np_int32_option *number,
                                const np_error_sink *error) {
    np_date_time_offset kept = *first;
    (void)context;
    (void)error;
    *first = *second;
    *second = kept;
    number->has_value = !number->has_value;
    number->value = 1;
    return NP_OK;
}

static int32_t NP_CALL same_uuid_later(void *context, const np_uuid *value, const np_completion *completion,
                                       const np_error_sink *error) {
    np_uuid_option result;
    (void)same_uuid_option(context, value, &result, error);
    return completion->complete(completion->context, NP_OK, &result, sizeof(result), NULL);
}

static int32_t NP_CALL same_text_later(void *context, const char *value, size_t value_length, const np_completion *completion,
                                       const np_error_sink *error) {
    np_text text;
    (void)context;
    (void)error;
    text.data = value;
    text.length = value_length;
    return np_text_complete(completion, value == NULL ? NULL : &text);
}

static int32_t NP_CALL twice(void *context, int64_t value, int64_t *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    *result = 2 * value;
    return NP_OK;
}

static char kept_name[64];
static size_t kept_length;
static int has_name;

static int32_t NP_CALL get_value_name(void *context, const np_sink *result, const np_error_sink *error) {
    return same_text(context, has_name ? kept_name : NULL, kept_length, result, error);
}

static int32_t NP_CALL set_value_name(void *context, const char *value, size_t value_length, const np_error_sink *error) {
    (void)context;
    if (value_length > sizeof(kept_name)) {
        return np_fail(error, NP_E_INVALID_ARGUMENT, NP_TEXT("the name is too long"));
    }
    has_name = value != NULL;
    kept_length = value_length;
    memcpy(kept_name, value == NULL ? "" : value, value_length);
    return NP_OK;
}

static const test_values_1 values = {TEST_VALUES_1_PREFIX(NULL), same_char, same_half, same_int128, same_uint128, same_decimal,
                                     same_uuid, same_int64, same_int64, same_instant, same_int32, same_int64, same_text,
                                     same_text, same_text, same_int32_option, same_bool_option, same_mode_option,
                                     same_box_option, same_uuid_option, same_instant_option, spread_values, exchange,
                                     same_uuid_later, same_text_later, twice, get_value_name, set_value_name};
