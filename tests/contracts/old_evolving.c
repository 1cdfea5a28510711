/* Offers test.evolving/1 as version 1.0 of it was, through the recorded header. */
#define ID "old_evolving_c"
#include "test_evolving_1.h"

static int32_t NP_CALL add(void *context, int32_t a, int32_t b, int32_t *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    *result = a + b;
    return NP_OK;
}

static int32_t NP_CALL get_name(void *context, const np_sink *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    return result->write(result->context, NP_TEXT("old"));
}

static const test_evolving_1 evolving = {TEST_EVOLVING_1_PREFIX(NULL), add, get_name};

#define GET_SERVICE                                                                                                    \
    *service = np_text_equals(id, id_length, NP_TEXT(TEST_EVOLVING_1_ID)) ? &evolving : NULL;                          \
    return *service != NULL ? NP_OK : NP_E_NOT_FOUND;
#include "fixture.h"
