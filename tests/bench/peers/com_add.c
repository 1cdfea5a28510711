/* A COM object with one method of its own, for measuring a call through [GeneratedComInterface]. It is static: counting references
 * does nothing. cc -std=c99 -O2 -shared -fPIC -fvisibility=hidden -o libcom_add.so tests/bench/peers/com_add.c */
#include <stdint.h>

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

static const table functions = {query_interface, count, count, add};
static object the_object = {&functions};

EXPORT void *create_com_add(void) {
    return &the_object;
}
