/* Reads data as a plugin would, by native_plugins_data.h, and exits with the number of the first line that is not so. */
#include "native_plugins_data.h"

typedef struct entry {
    np_text key;
    int32_t value;
    uint8_t reserved_20[4];
} entry;

typedef struct entries {
    const entry *items;
    size_t count;
} entries;

typedef struct option {
    uint8_t has_value;
    uint8_t reserved_1[3];
    int32_t value;
} option;

#define REQUIRE(condition)                                                                                             \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            return __LINE__;                                                                                           \
        }                                                                                                              \
    } while (0)

int main(void) {
    const np_text null = np_text_of(NULL), empty = np_text_of(""), ada = np_text_of("Ada"), part = np_text_at("Adam", 3);
    const entry all[] = {{{NULL, 0}, 1, {0}}, {{"", 0}, 2, {0}}, {{"Adam", 3}, 3, {0}}, {{"Adam", 4}, 4, {0}}};
    const option none = {0, {0}, 7}, some = {1, {0}, 0};
    entries list = {NULL, 4}, nothing = {NULL, 0};
    const entry *found;
    int32_t sum = 0;
    size_t i;

    REQUIRE(np_text_is(part, "Ada") && !np_text_is(part, "Adam") && !np_text_is(part, "Ad") && !np_text_is(part, "Bob"));
    REQUIRE(np_text_is(empty, "") && np_text_is(null, NULL));
    REQUIRE(!np_text_is(null, "") && !np_text_is(empty, NULL));
    REQUIRE(np_text_same(ada, part) && np_text_same(null, null) && !np_text_same(null, empty));
    REQUIRE(np_text_compare(ada, part) == 0 && np_text_compare(null, null) == 0);
    REQUIRE(np_text_compare(part, np_text_of("Adam")) < 0 && np_text_compare(np_text_of("Adam"), part) > 0);
    REQUIRE(np_text_compare(null, empty) < 0 && np_text_compare(empty, null) > 0);
    REQUIRE(np_text_compare(np_text_of("z"), np_text_of("\303\244")) < 0 && np_text_compare(np_text_of("\303\244"), np_text_of("z")) > 0);

    NP_EACH(i, list) { sum += 100; }
    list.items = all;
    NP_EACH(i, list) { sum += list.items[i].value; }
    NP_EACH(i, nothing) { sum += 100; }
    REQUIRE(sum == 10);

    REQUIRE(NP_VALUE_OR(none, 5) == 5 && NP_VALUE_OR(some, 5) == 0);

    found = (const entry *)NP_LOOKUP(list, ada);
    REQUIRE(found == &all[2]);
    REQUIRE(NP_LOOKUP(list, empty) == &all[1] && NP_LOOKUP(list, null) == &all[0]);
    REQUIRE(NP_LOOKUP(list, np_text_of("Bob")) == NULL && NP_LOOKUP(nothing, ada) == NULL);
    return 0;
}
