/* Offers test.rogue/1: each function breaks the rule that it is named after, and says that all is well. */
#define ID "rogue_c"
#include "test_rogue_1.h"
#include "test_rogue_target_1.h"

typedef native_plugins_test_contracts_person person;
typedef native_plugins_test_contracts_node node;
typedef native_plugins_test_contracts_figure figure;

#define RESULT(name, ...)                                                                                              \
    static int32_t NP_CALL name(void *context, __VA_ARGS__, const np_error_sink *error) {                              \
        (void)context;                                                                                                 \
        (void)error;
#define END                                                                                                            \
    return NP_OK;                                                                                                      \
    }

static const np_sink *kept;

static person a_person(const char *name, size_t length) {
    person made = {.struct_size = sizeof(made), .age = 1};
    made.name.data = name;
    made.name.length = length;
    return made;
}

static void put_list(const np_sink *result, const void *items, size_t count) {
    np_int64_list list;
    list.items = items;
    list.count = count;
    (void)np_int64_list_put(result, &list);
}

static void put_text(const np_sink *result, const char *data, size_t length) {
    np_text text;
    text.data = data;
    text.length = length;
    (void)np_text_put(result, &text);
}

/* ---- text */

RESULT(text_at_null, const np_sink *result) (void)result->write(result->context, NULL, 5); END
RESULT(text_that_is_no_utf8, const np_sink *result) (void)result->write(result->context, "\xC3(\xFF", 3); END
RESULT(maybe_text_at_null, const np_sink *result) put_text(result, NULL, 5); END
RESULT(maybe_text_of_too_many_bytes, const np_sink *result) put_text(result, "a", (size_t)1 << 63); END

/* ---- lists */

static const int64_t one_number[] = {1};

RESULT(list_at_null, const np_sink *result) put_list(result, NULL, 3); END
RESULT(list_of_too_many, const np_sink *result) put_list(result, one_number, (size_t)1 << 63); END
RESULT(list_of_more_than_a_call_may_bring, const np_sink *result) put_list(result, one_number, (size_t)1 << 28); END
RESULT(array_of_part_of_an_element, const np_sink *result) (void)result->write(result->context, "1234567", 7); END
RESULT(array_at_null, const np_sink *result) (void)result->write(result->context, NULL, 8); END

/* ---- data */

RESULT(data_below_the_minimum, const np_sink *result)
    person made = a_person(NP_TEXT("a"));
    made.struct_size = 103;
    (void)native_plugins_test_contracts_person_put(result, &made);
END

RESULT(data_larger_than_its_put, const np_sink *result)
    person made = a_person(NP_TEXT("a"));
    made.struct_size = 4096;
    (void)native_plugins_test_contracts_person_put(result, &made);
END

RESULT(data_at_null, const np_sink *result) (void)native_plugins_test_contracts_person_put(result, NULL); END

RESULT(data_with_a_member_at_null, const np_sink *result)
    person made = a_person(NULL, 5);
    (void)native_plugins_test_contracts_person_put(result, &made);
END

RESULT(data_put_twice, const np_sink *result)
    person first = a_person(NP_TEXT("first")), second = a_person(NP_TEXT("second"));
    kept = result;
    (void)native_plugins_test_contracts_person_put(result, &first);
    if (native_plugins_test_contracts_person_put(result, &second) != NP_E_INVALID_STATE) {
        return NP_E_FAILED;
    }
END

RESULT(data_put_never, const np_sink *result) (void)result; END

RESULT(put_after_return, int32_t *result)
    person late = a_person(NP_TEXT("late"));
    *result = native_plugins_test_contracts_person_put(kept, &late);
END

RESULT(data_too_deep, const np_sink *result)
    static node nodes[10000];
    static const node *below[10000];
    size_t i;
    for (i = 0; i < 10000; i++) {
        nodes[i].struct_size = sizeof(node);
        below[i] = i + 1 < 10000 ? &nodes[i + 1] : NULL;
        nodes[i].children.items = &below[i];
        nodes[i].children.count = below[i] == NULL ? 0 : 1;
    }
    (void)native_plugins_test_contracts_node_put(result, &nodes[0]);
END

RESULT(data_in_itself, const np_sink *result)
    static node ring;
    static const node *self[] = {&ring};
    ring.struct_size = sizeof(ring);
    ring.children.items = self;
    ring.children.count = 1;
    (void)native_plugins_test_contracts_node_put(result, &ring);
END

/* ---- one of several types */

static void put_figure(const np_sink *result, uint32_t tag, const native_plugins_test_contracts_circle *circle) {
    figure made = {.struct_size = sizeof(made), .tag = tag, .name = {NP_TEXT("a")}};
    made.value.circle = circle;
    (void)native_plugins_test_contracts_figure_put(result, &made);
}

static const native_plugins_test_contracts_circle some_circle = {.struct_size = sizeof(some_circle)};
static const native_plugins_test_contracts_circle small_circle = {.struct_size = 7};

RESULT(unknown_tag, const np_sink *result) put_figure(result, 99, &some_circle); END
RESULT(no_tag, const np_sink *result) put_figure(result, 0, &some_circle); END
RESULT(case_at_null, const np_sink *result) put_figure(result, NATIVE_PLUGINS_TEST_CONTRACTS_FIGURE_CIRCLE, NULL); END
RESULT(case_below_the_minimum, const np_sink *result) put_figure(result, NATIVE_PLUGINS_TEST_CONTRACTS_FIGURE_CIRCLE, &small_circle); END

/* ---- values */

RESULT(option_of_2, np_int32_option *result) result->has_value = 2; result->value = 7; END
RESULT(bool_of_2, uint8_t *result) *result = 2; END
RESULT(unknown_mode, native_plugins_test_contracts_mode *result) *result = 77; END
RESULT(date_out_of_range, int32_t *result) *result = INT32_MAX; END
RESULT(time_out_of_range, int64_t *result) *result = -1; END
RESULT(instant_out_of_range, int64_t *result) *result = INT64_MIN; END
RESULT(offset_out_of_range, np_date_time_offset *result) result->offset_minutes = 10000; END
RESULT(decimal_of_scale_200, np_decimal *result) result->scale = 200; END
RESULT(decimal_of_sign_2, np_decimal *result) result->low = 7; result->is_negative = 2; END
RESULT(uri_that_is_none, const np_sink *result) put_text(result, NP_TEXT("http://[")); END
RESULT(version_that_is_none, const np_sink *result) put_text(result, NP_TEXT("one")); END

/* ---- collections */

RESULT(key_twice, const np_sink *result)
    static const np_text_int64_pair pairs[] = {{{NP_TEXT("a")}, 1}, {{NP_TEXT("a")}, 2}};
    static const np_text_int64_pair_list list = {pairs, 2};
    (void)np_text_int64_pair_list_put(result, &list);
END

RESULT(element_twice, const np_sink *result)
    static const int64_t twice[] = {5, 5};
    put_list(result, twice, 2);
END

/* ---- out, reports */

RESULT(out_put_never, const np_sink *out) (void)out; END
RESULT(out_at_null, const np_sink *out) (void)native_plugins_test_contracts_person_put(out, NULL); END

static int32_t NP_CALL broken_report(void *context, const np_error_sink *error) {
    np_error_info info = {.struct_size = 4096, .code = NP_E_FAILED, .message = NULL, .message_length = 5};
    (void)context;
    (void)error->report(error->context, &info);
    return NP_E_FAILED;
}

/* ---- completions */

#define COMPLETE(data, size) (void)completion->complete(completion->context, NP_OK, data, size, NULL)

RESULT(completed_twice, const np_completion *completion)
    static const np_text first = {NP_TEXT("first")}, second = {NP_TEXT("second")};
    (void)np_text_complete(completion, &first);
    if (np_text_complete(completion, &second) != NP_E_INVALID_STATE) {
        return NP_E_FAILED;
    }
END

RESULT(completed_with_too_few_bytes, const np_completion *completion) COMPLETE("12345678", 8); END
RESULT(completed_at_null, const np_completion *completion) COMPLETE(NULL, 5); END
RESULT(completed_with_part_of_a_number, const np_completion *completion) COMPLETE("12345", 5); END

static int32_t NP_CALL completed_and_failed(void *context, const np_completion *completion, const np_error_sink *error) {
    static const np_text done = {NP_TEXT("done")};
    (void)context;
    (void)np_text_complete(completion, &done);
    return np_fail(error, NP_E_FAILED, NP_TEXT("too late"));
}

/* ---- calls of the other side's */

static int32_t NP_CALL call_with(void *context, int32_t rule, const test_rogue_target_1 *target, int32_t *result, const np_error_sink *error) {
    static const native_plugins_test_contracts_circle circle = {.struct_size = sizeof(circle)};
    static const np_decimal number = {.scale = 29};
    person no_name = a_person(NULL, 5), small = a_person(NP_TEXT("a"));
    figure unknown = {.struct_size = sizeof(unknown), .tag = 99, .value = {.circle = &circle}, .name = {NP_TEXT("a")}};
    np_int64_list list = {NULL, 3};
    np_sink no_sink = {0};
    (void)context;
    small.struct_size = 8;
    switch (rule) {
    case 0: *result = target->take_text(target->context, NULL, 5, error); break;
    case 1: *result = target->take_person(target->context, NULL, error); break;
    case 2: *result = target->take_person(target->context, &no_name, error); break;
    case 3: *result = target->take_person(target->context, &small, error); break;
    case 4: *result = target->take_figure(target->context, &unknown, error); break;
    case 5: *result = target->take_list(target->context, &list, error); break;
    case 6: *result = target->take_date(target->context, INT32_MIN, error); break;
    case 7: *result = target->take_decimal(target->context, &number, error); break;
    case 8: *result = target->take_bytes(target->context, NULL, 5, error); break;
    case 9: *result = target->give(target->context, NULL, error); break;
    default: *result = target->give_out(target->context, &no_sink, error); break;
    }
    return NP_OK;
}

static const test_rogue_1 rogue = {
    TEST_ROGUE_1_PREFIX(NULL), text_at_null, text_that_is_no_utf8, maybe_text_at_null, maybe_text_of_too_many_bytes, list_at_null,
    list_of_too_many, list_of_more_than_a_call_may_bring, array_of_part_of_an_element, array_at_null, data_below_the_minimum,
    data_larger_than_its_put, data_at_null, data_with_a_member_at_null, data_put_twice, data_put_never, put_after_return, data_too_deep,
    data_in_itself, unknown_tag, no_tag, case_at_null, case_below_the_minimum, option_of_2, bool_of_2, unknown_mode, date_out_of_range,
    time_out_of_range, instant_out_of_range, offset_out_of_range, decimal_of_scale_200, decimal_of_sign_2, uri_that_is_none,
    version_that_is_none, key_twice, element_twice, out_put_never, out_at_null, broken_report, completed_twice,
    completed_with_too_few_bytes, completed_at_null, completed_with_part_of_a_number, completed_and_failed, call_with};

#define GET_SERVICE                                                                                                    \
    *service = np_text_equals(id, id_length, NP_TEXT(TEST_ROGUE_1_ID)) ? (const void *)&rogue : NULL;                  \
    return *service != NULL ? NP_OK : NP_E_NOT_FOUND;
#include "fixture.h"
