/* Offers test.settings/1 for contract_c.c: each property is a variable. */
#include "test_settings_1.h"

#include <stdlib.h>
#include <string.h>

typedef struct text {
    char bytes[8192];
    size_t length;
} text;

static text settings_name, settings_title, settings_secret;

static int32_t set_text(text *target, const char *value, size_t length, const np_error_sink *error) {
    if (length > sizeof(target->bytes)) {
        return np_fail(error, NP_E_INVALID_ARGUMENT, NP_TEXT("the text is too long"));
    }
    if (length > 0) {
        memcpy(target->bytes, value, length);
    }
    target->length = length;
    return NP_OK;
}

#define TEXT_GETTER(property)                                                                                          \
    static int32_t NP_CALL get_##property(void *context, const np_sink *result, const np_error_sink *error) {          \
        (void)context;                                                                                                 \
        (void)error;                                                                                                   \
        return result->write(result->context, settings_##property.bytes, settings_##property.length);                  \
    }
#define TEXT_SETTER(property)                                                                                          \
    static int32_t NP_CALL set_##property(void *context, const char *value, size_t value_length,                       \
                                          const np_error_sink *error) {                                                \
        (void)context;                                                                                                 \
        return set_text(&settings_##property, value, value_length, error);                                             \
    }
#define PROPERTY(property, type, parameter, read)                                                                      \
    static type settings_##property;                                                                                   \
    static int32_t NP_CALL get_##property(void *context, type *result, const np_error_sink *error) {                   \
        (void)context;                                                                                                 \
        (void)error;                                                                                                   \
        *result = settings_##property;                                                                                 \
        return NP_OK;                                                                                                  \
    }                                                                                                                  \
    static int32_t NP_CALL set_##property(void *context, parameter value, const np_error_sink *error) {                \
        (void)context;                                                                                                 \
        (void)error;                                                                                                   \
        settings_##property = read;                                                                                    \
        return NP_OK;                                                                                                  \
    }

TEXT_GETTER(name)
TEXT_GETTER(title)
TEXT_SETTER(title)
TEXT_SETTER(secret)
PROPERTY(level, int32_t, int32_t, value)
PROPERTY(is_on, uint8_t, uint8_t, value)
PROPERTY(mode, native_plugins_test_contracts_mode, native_plugins_test_contracts_mode, value)
PROPERTY(box, native_plugins_test_contracts_box, const native_plugins_test_contracts_box *, *value)
PROPERTY(gain, double, double, value)

static int32_t NP_CALL set_name(void *context, const char *value, size_t value_length, const np_error_sink *error) {
    (void)context;
    return np_text_equals(value, value_length, NP_TEXT("refused"))
               ? np_fail(error, NP_E_INVALID_ARGUMENT, NP_TEXT("the name is refused"))
               : set_text(&settings_name, value, value_length, error);
}

static int32_t NP_CALL get_secret_bytes(void *context, const np_sink *result, const np_error_sink *error) {
    char reversed[sizeof(settings_secret.bytes)];
    size_t i;
    (void)context;
    (void)error;
    for (i = 0; i < settings_secret.length; i++) {
        reversed[i] = settings_secret.bytes[settings_secret.length - 1 - i];
    }
    return result->write(result->context, reversed, settings_secret.length);
}

static const test_settings_1 settings = {TEST_SETTINGS_1_PREFIX(NULL), get_name, set_name, get_level, set_level, get_is_on,
                                         set_is_on, get_mode, set_mode, get_box, set_box, set_secret, get_secret_bytes,
                                         get_gain, set_gain, get_title, set_title};
