/* Offers test.types/1 for contract_c.c: what comes in goes out again, unchanged or changed as the tests expect. */
#include "test_types_1.h"

typedef native_plugins_test_contracts_pixel pixel;
typedef native_plugins_test_contracts_box box;
typedef native_plugins_test_contracts_mode mode;
typedef native_plugins_test_contracts_wide wide;

#define ECHO(name, type)                                                                                               \
    static int32_t NP_CALL name(void *context, type value, type *result, const np_error_sink *error) {                 \
        (void)context;                                                                                                 \
        (void)error;                                                                                                   \
        *result = value;                                                                                               \
        return NP_OK;                                                                                                  \
    }
ECHO(echo_i8, int8_t)
ECHO(echo_u8, uint8_t)
ECHO(echo_i16, int16_t)
ECHO(echo_u16, uint16_t)
ECHO(echo_i32, int32_t)
ECHO(echo_u32, uint32_t)
ECHO(echo_i64, int64_t)
ECHO(echo_u64, uint64_t)
ECHO(echo_f32, float)
ECHO(echo_f64, double)
ECHO(echo_isize, intptr_t)
ECHO(echo_usize, uintptr_t)

/* Any byte but 0 is true: a caller that looks at one bit only would be wrong. */
static int32_t NP_CALL echo_bool(void *context, uint8_t value, uint8_t *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    *result = value ? 0xFE : 0;
    return NP_OK;
}

static int32_t NP_CALL echo_pixel(void *context, const pixel *value, pixel *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    *result = *value;
    return NP_OK;
}

static int32_t NP_CALL echo_box(void *context, const box *value, box *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    *result = *value;
    return NP_OK;
}

static int32_t NP_CALL echo_text(void *context, const char *value, size_t value_length, const np_sink *result,
                                 const np_error_sink *error) {
    (void)context;
    (void)error;
    if (np_text_equals(value, value_length, NP_TEXT("ill-formed"))) {
        return result->write(result->context, "\xC3(\xFF", 3);
    }
    return result->write(result->context, value, value_length);
}

/* In pieces of three bytes, which cut characters in two. */
static int32_t NP_CALL join(void *context, const char *first, size_t first_length, const char *second,
                            size_t second_length, const np_sink *result, const np_error_sink *error) {
    size_t i;
    int32_t status = NP_OK;
    (void)context;
    (void)error;
    for (i = 0; i < first_length && status == NP_OK; i += 3) {
        status = result->write(result->context, first + i, first_length - i < 3 ? first_length - i : 3);
    }
    return status == NP_OK ? result->write(result->context, second, second_length) : status;
}

#define COPY(name, type)                                                                                               \
    static int32_t NP_CALL name(void *context, const type *values, size_t values_length, const np_sink *result,        \
                                const np_error_sink *error) {                                                          \
        size_t size = values_length * sizeof(type), half = size / 2;                                                   \
        int32_t status;                                                                                                \
        (void)context;                                                                                                 \
        (void)error;                                                                                                   \
        status = result->write(result->context, values, half);                                                         \
        return status == NP_OK && size > half                                                                          \
                   ? result->write(result->context, (const char *)values + half, size - half)                          \
                   : status;                                                                                           \
    }
COPY(copy_bytes, uint8_t)
COPY(copy_doubles, double)
COPY(copy_boxes, box)
COPY(copy_modes, mode)

#define REVERSE(name, type)                                                                                            \
    static int32_t NP_CALL name(void *context, type *values, size_t values_length, const np_error_sink *error) {       \
        size_t i;                                                                                                      \
        (void)context;                                                                                                 \
        (void)error;                                                                                                   \
        for (i = 0; i < values_length / 2; i++) {                                                                      \
            type value = values[i];                                                                                    \
            values[i] = values[values_length - 1 - i];                                                                 \
            values[values_length - 1 - i] = value;                                                                     \
        }                                                                                                              \
        return NP_OK;                                                                                                  \
    }
REVERSE(reverse_bytes, uint8_t)
REVERSE(reverse_boxes, box)

static int32_t NP_CALL spread(void *context, int64_t number, uint8_t flag, wide w, const box *b, int64_t *out_number,
                              uint8_t *out_flag, wide *out_wide, box *out_box, const np_error_sink *error) {
    (void)context;
    (void)error;
    *out_number = number;
    *out_flag = flag;
    *out_wide = w;
    *out_box = *b;
    return NP_OK;
}

static int32_t NP_CALL change(void *context, int32_t *number, uint8_t *flag, mode *m, box *b,
                              const np_error_sink *error) {
    (void)context;
    (void)error;
    *number = (int32_t)((uint32_t)*number + 1u);
    *flag = !*flag;
    *m = (mode)(*m + 1);
    b->count = (int32_t)(0u - (uint32_t)b->count);
    return NP_OK;
}

static int32_t NP_CALL mixed(void *context, const uint8_t *bytes, size_t bytes_length, const char *text,
                             size_t text_length, int32_t number, uint8_t is_negative, int32_t *written,
                             size_t written_length, int64_t *result, const np_error_sink *error) {
    size_t i;
    int64_t sum = (int64_t)bytes_length + (bytes_length > 0 ? bytes[0] : 0) + (int64_t)text_length + number;
    (void)context;
    (void)text;
    (void)error;
    for (i = 0; i < written_length; i++) {
        written[i] = number;
    }
    *result = is_negative ? -sum : sum;
    return NP_OK;
}

static int32_t NP_CALL do_nothing(void *context, const np_error_sink *error) {
    (void)context;
    (void)error;
    return NP_OK;
}

static const test_types_1 types = {
    TEST_TYPES_1_PREFIX(NULL),
    echo_i8, echo_u8, echo_i16, echo_u16, echo_i32, echo_u32, echo_i64, echo_u64, echo_f32, echo_f64, echo_isize,
    echo_usize, echo_bool, echo_u8, echo_i64, echo_pixel, echo_box, echo_text, join, copy_bytes, copy_doubles,
    copy_boxes, copy_modes, reverse_bytes, reverse_boxes, spread, change, mixed, do_nothing};
