/* test.figures/1 in C: what comes in goes out as it is; measure reads by the tag, make builds each case on the stack. */
#include "test_figures_1.h"

typedef native_plugins_test_contracts_figure figure;

PUT(put_figure, native_plugins_test_contracts_figure)
PUT(put_figures, native_plugins_test_contracts_figure_list)
PUT(put_drawing, native_plugins_test_contracts_drawing)
PUT(put_order, native_plugins_test_contracts_order)
COMPLETE(put_figure_later, native_plugins_test_contracts_figure)

static int32_t NP_CALL measure(void *context, const figure *value, double *result, const np_error_sink *error) {
    size_t i;
    *result = 0;
    switch (value->tag) {
    case NATIVE_PLUGINS_TEST_CONTRACTS_FIGURE_CIRCLE:
        *result = value->value.circle->radius;
        return NP_OK;
    case NATIVE_PLUGINS_TEST_CONTRACTS_FIGURE_POLYGON:
        *result = (double)value->value.polygon->corners.count;
        return NP_OK;
    case NATIVE_PLUGINS_TEST_CONTRACTS_FIGURE_BLANK:
        return NP_OK;
    case NATIVE_PLUGINS_TEST_CONTRACTS_FIGURE_GROUP:
        for (i = 0; i < value->value.group->items.count; i++) {
            double one = 0;
            const figure *item = value->value.group->items.items[i];
            int32_t status = item == NULL ? NP_OK : measure(context, item, &one, error);
            if (status != NP_OK) {
                return status;
            }
            *result += one;
        }
        return NP_OK;
    default:
        return np_fail(error, NP_E_INVALID_ARGUMENT, NP_TEXT("a figure with a tag that is not known here"));
    }
}

static int32_t NP_CALL make(void *context, int32_t tag, const np_sink *result, const np_error_sink *error) {
    static const native_plugins_test_contracts_point points[] = {{1, 2}, {3, 4}};
    native_plugins_test_contracts_circle circle = native_plugins_test_contracts_circle_new();
    native_plugins_test_contracts_polygon polygon = {
        .struct_size = sizeof(polygon), .corners = {points, 2}, .is_closed = 0, .stroke = {NP_TEXT("thin")}};
    native_plugins_test_contracts_blank blank = native_plugins_test_contracts_blank_new();
    native_plugins_test_contracts_group group = native_plugins_test_contracts_group_new();
    figure in = native_plugins_test_contracts_figure_of_blank(&blank), made;
    const figure *items[2] = {NULL, NULL};
    (void)context;
    circle.centre.x = 1;
    circle.centre.y = 2;
    circle.radius = 3;
    in.name = np_text_of("in");
    in.opacity = 1;
    items[0] = &in;
    group.items.items = items;
    group.items.count = 2;
    switch (tag) {
    case NATIVE_PLUGINS_TEST_CONTRACTS_FIGURE_CIRCLE:
        made = native_plugins_test_contracts_figure_of_circle(&circle);
        made.layer = 4;
        break;
    case NATIVE_PLUGINS_TEST_CONTRACTS_FIGURE_POLYGON:
        made = native_plugins_test_contracts_figure_of_polygon(&polygon);
        break;
    case NATIVE_PLUGINS_TEST_CONTRACTS_FIGURE_BLANK:
        made = native_plugins_test_contracts_figure_of_blank(&blank);
        break;
    case NATIVE_PLUGINS_TEST_CONTRACTS_FIGURE_GROUP:
        made = native_plugins_test_contracts_figure_of_group(&group);
        break;
    default:
        return np_fail(error, NP_E_INVALID_ARGUMENT, NP_TEXT("there is no such tag"));
    }
    made.name = np_text_of("made");
    made.opacity = tag == NATIVE_PLUGINS_TEST_CONTRACTS_FIGURE_POLYGON ? 0.5 : 1;
    return native_plugins_test_contracts_figure_put(result, &made);
}

static int32_t NP_CALL visit(void *context, const native_plugins_test_contracts_figure_list *figures, const test_figure_visitor_1 *visitor,
                             double *result, const np_error_sink *error) {
    size_t i;
    (void)context;
    *result = 0;
    for (i = 0; i < figures->count; i++) {
        double one = 0;
        int32_t status = visitor->see(visitor->context, figures->items[i], &one, error);
        if (status != NP_OK) {
            return status;
        }
        *result += one;
    }
    return NP_OK;
}

static const test_figures_1 figures_table = {TEST_FIGURES_1_PREFIX(NULL), put_figure, put_figure, put_figures, put_figure, put_drawing,
                                             put_order, put_figure_later, measure, make, visit};
