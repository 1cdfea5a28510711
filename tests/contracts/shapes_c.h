/* Offers test.shape/1 and test.resizable/1 for contract_c.c: the functions of the base are in both tables. Texts are as in
 * settings_c.h, which comes first. */
#include "test_resizable_1.h"
#include "test_shape_1.h"

static text shape_label;
static double area = 1;

static int32_t NP_CALL get_label(void *context, const np_sink *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    return result->write(result->context, shape_label.bytes, shape_label.length);
}

static int32_t NP_CALL set_label(void *context, const char *value, size_t value_length, const np_error_sink *error) {
    (void)context;
    return set_text(&shape_label, value, value_length, error);
}

static int32_t NP_CALL get_area(void *context, double *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    *result = area;
    return NP_OK;
}

static int32_t NP_CALL resize(void *context, double factor, double *result, const np_error_sink *error) {
    area *= factor;
    return get_area(context, result, error);
}

static int32_t NP_CALL resize_twice(void *context, double factor, double *result, const np_error_sink *error) {
    return resize(context, factor * factor, result, error);
}

static const test_shape_1 shape = {TEST_SHAPE_1_PREFIX(NULL), get_label, set_label, get_area};
static const test_resizable_1 resizable = {TEST_RESIZABLE_1_PREFIX(NULL), get_label, set_label, get_area, resize,
                                           resize_twice};
