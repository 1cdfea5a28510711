/* A COM object with two methods of its own, for measuring a call through [GeneratedComInterface]. It is static: counting references
 * does nothing. cc -std=c99 -O2 -shared -fPIC -fvisibility=hidden -o libcom_add.so tests/bench/peers/com_add.c */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(_WIN32)
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

typedef struct table {
    int32_t (*query_interface)(void *self, const void *id, void **result);
    uint32_t (*add_ref)(void *self);
    uint32_t (*release)(void *self);
    int32_t (*add)(void *self, int32_t a, int32_t b);
    int32_t (*echo_text)(void *self, const char *text, char **result);
} table;

typedef struct object {
    const table *functions;
} object;

static int32_t query_interface(void *self, const void *id, void **result) {
    (void)id;
    *result = self;
    return 0;
}

static uint32_t count(void *self) {
    (void)self;
    return 1;
}

static int32_t add(void *self, int32_t a, int32_t b) {
    (void)self;
    return a + b;
}

/* The caller frees what it gets: with free, which is .NET's CoTaskMemFree here. */
static int32_t echo_text(void *self, const char *text, char **result) {
    size_t size = strlen(text) + 1;
    (void)self;
    *result = (char *)malloc(size);
    if (*result != NULL) {
        memcpy(*result, text, size);
    }
    return 0;
}

static const table functions = {query_interface, count, count, add, echo_text};
static object the_object = {&functions};

EXPORT void *create_com_add(void) {
    return &the_object;
}
