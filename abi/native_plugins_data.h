/*
 * native_plugins_data.h - reading the data of contracts in C: texts, lists, options, dictionaries
 *
 * Optional, for plugins: the header of a contract has the structs, and functions that make them; this has what reads them. C99 or
 * C++17, no library. Include it before or after the contracts' headers.
 *
 *     static int32_t NP_CALL rate(void *context, const np_text_list *names, const np_text_int32_pair_list *ratings,
 *                                 const np_int32_option *least, int64_t *result, const np_error_sink *error) {
 *         size_t i;
 *         *result = 0;
 *         NP_EACH(i, *names) {
 *             const np_text_int32_pair *rating = NP_LOOKUP(*ratings, names->items[i]);
 *             if (rating != NULL && rating->value >= NP_VALUE_OR(*least, 0) && !np_text_is(names->items[i], "nobody")) {
 *                 *result += rating->value;
 *             }
 *         }
 *         return NP_OK;
 *     }
 *
 * In C++ what NP_LOOKUP gives needs a cast: static_cast<const np_text_int32_pair *>(NP_LOOKUP(*ratings, names->items[i])).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef NATIVE_PLUGINS_DATA_H
#define NATIVE_PLUGINS_DATA_H

#include "native_plugins.h"

#ifdef __cplusplus
extern "C" {
#endif

/* As the headers of contracts declare it. */
#ifndef NP_ZEROS
#ifdef __cplusplus
#define NP_ZEROS {}
#else
#define NP_ZEROS {0}
#endif
#endif

#ifndef NP_TEXT_DECLARED
#define NP_TEXT_DECLARED
/* Text: UTF-8, `length` bytes. Where it may be null, NULL is null, and empty text is not NULL. */
typedef struct np_text {
    const char *data;
    size_t length;
} np_text;

/* The text up to a 0, which is not copied; NULL is null. */
static inline np_text np_text_of(const char *text) {
    np_text value = NP_ZEROS;
    value.data = text;
    while (text != NULL && text[value.length] != 0) {
        value.length++;
    }
    return value;
}
#endif

/* The text at a pointer and its length, as an argument brings it. */
static inline np_text np_text_at(const char *data, size_t length) {
    np_text value = NP_ZEROS;
    value.data = data;
    value.length = length;
    return value;
}

/* Whether both are null, or both the same bytes. */
static inline int32_t np_text_same(np_text one, np_text other) {
    return (one.data == NULL) == (other.data == NULL) && np_text_equals(one.data, one.length, other.data, other.length);
}

/* Whether it is this text, which ends with a 0: np_text_is(person->name, "Ada"). null is no text, and not the empty one. */
static inline int32_t np_text_is(np_text text, const char *expected) { return np_text_same(text, np_text_of(expected)); }

/* Less than 0, 0 or more than 0, by the order of the bytes, which is that of the characters. null comes first. */
static inline int32_t np_text_compare(np_text one, np_text other) {
    size_t i;
    if (one.data == NULL || other.data == NULL) {
        return (one.data != NULL) - (other.data != NULL);
    }
    for (i = 0; i < one.length && i < other.length; i++) {
        if (one.data[i] != other.data[i]) {
            return (unsigned char)one.data[i] < (unsigned char)other.data[i] ? -1 : 1;
        }
    }
    return (one.length > other.length) - (one.length < other.length);
}

/* For the items of a list, set or dictionary in their order; `index` is a variable of type size_t. NULL has none. */
#define NP_EACH(index, list) for ((index) = 0; (list).items != NULL && (index) < (list).count; (index)++)

/* The value of an option, such as np_int32_option; `otherwise` if it has none. */
#define NP_VALUE_OR(option, otherwise) ((option).has_value ? (option).value : (otherwise))

/* The entry of a dictionary with texts as keys, as a const void *; NULL if there is none. It looks at one entry after the other. Of a
 * dictionary with other keys the compiler says that the types of pointers differ. */
#define NP_LOOKUP(dictionary, text)                                                                                                       \
    np_lookup((dictionary).items == NULL ? (const np_text *)NULL : &(dictionary).items->key, (dictionary).count, sizeof(*(dictionary).items), text)

/* The entry of `size` bytes that begins with this key; `first` is that of the first one. */
static inline const void *np_lookup(const np_text *first, size_t count, size_t size, np_text key) {
    const unsigned char *entry = (const unsigned char *)(const void *)first;
    size_t i;
    for (i = 0; entry != NULL && i < count; i++, entry += size) {
        if (np_text_same(*(const np_text *)(const void *)entry, key)) {
            return entry;
        }
    }
    return NULL;
}

#ifdef __cplusplus
}
#endif

#endif /* NATIVE_PLUGINS_DATA_H */
