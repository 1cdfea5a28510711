/*
 * test_evolving_1.h - the contract test.evolving/1, version 1.0
 *
 * The contract as it shipped with version 1.0.
 *
 * The build of the C# interface NativePlugins.FrozenContracts.IEvolving writes this file: change that, not
 * this. Text, ownership, errors and tags are as native_plugins.h says. bool is one byte, 0 or 1. A span and
 * its length in elements are borrowed for the call; NULL is valid when the length is 0. Any thread may call,
 * several at once. Define TEST_EVOLVING_1_SKELETON before including it for an implementation that answers
 * NP_E_UNSUPPORTED: copy it, and fill it in.
 */
#ifndef TEST_EVOLVING_1_H
#define TEST_EVOLVING_1_H

#include "native_plugins.h"

#ifdef __cplusplus
extern "C" {
#endif

#define TEST_EVOLVING_1_ID "test.evolving/1"
#define TEST_EVOLVING_1_MINOR 0u

/* FNV-1a (64 bits) of the signature up to each minor version. */
static const uint64_t test_evolving_1_fingerprints[] = {0x61936E73327B709DULL};

/* What both sides compare: names, order, types, sizes, offsets (64-bit/32-bit). */
static const char test_evolving_1_signature[] =
    "contract test.evolving/1 free\n"
    "0 Add(a: i32, b: i32) -> i32 @40/24\n"
    "0 GetName() -> string @48/28\n";

typedef struct test_evolving_1 {
    uint32_t struct_size;
    uint32_t minor; /* The minor version that the table implements. */
    void *context;  /* The first argument of every function of this table. */
    const uint64_t *fingerprints; /* minor + 1 of them. */
    const char *signature;
    size_t signature_length;

    /* Adds.
     * result: int32_t.
     * [any-thread & started] */
    int32_t(NP_CALL *add)(void *context, int32_t a, int32_t b, int32_t *result, const np_error_sink *error);

    /* What it is called.
     * result: UTF-8.
     * [any-thread & started] */
    int32_t(NP_CALL *get_name)(void *context, const np_sink *result, const np_error_sink *error);
} test_evolving_1;

/* The fields of a table before its functions, for an initialiser. */
#define TEST_EVOLVING_1_PREFIX(context) \
    (uint32_t)sizeof(test_evolving_1), TEST_EVOLVING_1_MINOR, (context), test_evolving_1_fingerprints, test_evolving_1_signature, \
        sizeof(test_evolving_1_signature) - 1

NP_ASSERT_SIZE(test_evolving_1, 56, 32);
NP_ASSERT_OFFSET(test_evolving_1, add, 40, 24);
NP_ASSERT_OFFSET(test_evolving_1, get_name, 48, 28);

#ifdef TEST_EVOLVING_1_SKELETON

static int32_t NP_CALL test_evolving_1_add(void *context, int32_t a, int32_t b, int32_t *result,
        const np_error_sink *error) {
    (void)context;
    (void)a;
    (void)b;
    (void)result;
    return np_fail(error, NP_E_UNSUPPORTED, NP_TEXT("add is not written yet"));
}

static int32_t NP_CALL test_evolving_1_get_name(void *context, const np_sink *result,
        const np_error_sink *error) {
    (void)context;
    (void)result;
    return np_fail(error, NP_E_UNSUPPORTED, NP_TEXT("get_name is not written yet"));
}

/* Hand out its address for TEST_EVOLVING_1_ID in np_plugin.get_service. */
static const test_evolving_1 test_evolving_1_table = {
    TEST_EVOLVING_1_PREFIX(NULL),
    test_evolving_1_add,
    test_evolving_1_get_name,
};

#endif /* TEST_EVOLVING_1_SKELETON */

#ifdef __cplusplus
}
#endif

#endif /* TEST_EVOLVING_1_H */
