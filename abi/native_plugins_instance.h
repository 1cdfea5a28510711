/*
 * native_plugins_instance.h - the functions behind native_plugins_plugin.h: how an instance begins, changes state and ends
 *
 * Plugins include native_plugins_plugin.h, and use nothing of this.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef NATIVE_PLUGINS_INSTANCE_H
#define NATIVE_PLUGINS_INSTANCE_H

#include "native_plugins_plugin.h"

#if defined(_MSC_VER) && !defined(__clang__)
#include <intrin.h>
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* What NP_PLUGIN was told. */
typedef struct np_plugin_parts {
    const np_service *services;
    size_t service_count;
    const np_lifecycle *lifecycle; /* May be NULL. */
    void *state;                   /* Of NP_STATIC. */
    size_t state_size;
    void *(*allocate)(size_t size); /* Of NP_ALLOCATED, else NULL. */
    void (*release)(void *memory);
} np_plugin_parts;

/* One instance. A library has one that is static; NP_ALLOCATED makes copies of it. Those lie in one block of memory: the
 * state, the instance, the service tables. */
typedef struct np_plugin_instance {
    np_plugin plugin; /* Its context is the instance. */
    const np_plugin_parts *parts;
    void *state; /* NULL without. */
    int32_t is_started;
    volatile long is_taken; /* Of NP_STATIC. */
} np_plugin_instance;

static inline long np_plugin_exchange(volatile long *place, long value) {
#if defined(_MSC_VER) && !defined(__clang__)
    return _InterlockedExchange(place, value);
#else
    return __atomic_exchange_n(place, value, __ATOMIC_ACQ_REL);
#endif
}

static inline void np_plugin_copy(void *to, const void *from, size_t size) {
    size_t i;
    for (i = 0; i < size; i++) {
        ((unsigned char *)to)[i] = from != NULL ? ((const unsigned char *)from)[i] : 0;
    }
}

/* The sizes of the pieces of a block: all of them are aligned for 8 bytes. */
static inline size_t np_plugin_round(size_t size) { return (size + 7) & ~(size_t)7; }

static inline size_t np_plugin_table_size(const np_service *service) {
    return service->table != NULL ? np_plugin_round(*service->table) : 0;
}

static inline size_t np_plugin_tables_offset(const np_plugin_parts *parts) {
    return np_plugin_round(parts->state_size) + np_plugin_round(sizeof(np_plugin_instance));
}

/* NULL if there is no memory. */
static inline np_plugin_instance *np_plugin_allocate(const np_plugin_instance *original) {
    const np_plugin_parts *parts = original->parts;
    size_t at = np_plugin_tables_offset(parts), size = at, i;
    np_plugin_instance *instance;
    unsigned char *block;
    for (i = 0; i < parts->service_count; i++) {
        size += np_plugin_table_size(&parts->services[i]);
    }
    block = (unsigned char *)parts->allocate(size);
    if (block == NULL) {
        return NULL;
    }
    np_plugin_copy(block, NULL, size);
    for (i = 0; i < parts->service_count; i++) {
        const np_service *service = &parts->services[i];
        if (service->table != NULL) {
            np_plugin_copy(block + at, service->table, *service->table);
            *(void **)(void *)(block + at + ((const char *)service->context - (const char *)service->table)) = block;
        }
        at += np_plugin_table_size(service);
    }
    instance = (np_plugin_instance *)(void *)(block + np_plugin_round(parts->state_size));
    *instance = *original;
    instance->plugin.context = instance;
    instance->state = block;
    return instance;
}

static inline void np_plugin_release(np_plugin_instance *instance) {
    if (instance->parts->release != NULL) {
        instance->parts->release(instance->state);
    } else if (instance->state != NULL) {
        (void)np_plugin_exchange(&instance->is_taken, 0);
    }
}

static inline int32_t NP_CALL np_plugin_create(void *context, const np_host *host, const np_plugin **plugin,
                                               const np_error_sink *error) {
    np_plugin_instance *instance = (np_plugin_instance *)context;
    const np_plugin_parts *parts = instance->parts;
    int32_t status = NP_OK;
    if (parts->allocate != NULL) {
        instance = np_plugin_allocate(instance);
        if (instance == NULL) {
            return np_fail(error, NP_E_OUT_OF_MEMORY, NP_TEXT("There is no memory for an instance of the plugin."));
        }
    } else if (parts->state != NULL) {
        if (np_plugin_exchange(&instance->is_taken, 1) != 0) {
            return np_fail(error, NP_E_UNSUPPORTED,
                           NP_TEXT("The plugin has one instance at a time, and that one has not been destroyed."));
        }
        np_plugin_copy(parts->state, NULL, parts->state_size);
        instance->state = parts->state;
    }
    if (parts->lifecycle != NULL && parts->lifecycle->create != NULL) {
        status = parts->lifecycle->create(instance->state, host, error);
    }
    if (status != NP_OK) {
        np_plugin_release(instance);
        return status;
    }
    *plugin = &instance->plugin;
    return NP_OK;
}

static inline int32_t NP_CALL np_plugin_start(void *context, const np_error_sink *error) {
    np_plugin_instance *instance = (np_plugin_instance *)context;
    const np_lifecycle *lifecycle = instance->parts->lifecycle;
    int32_t status = NP_OK;
    if (instance->is_started) {
        return np_fail(error, NP_E_INVALID_STATE, NP_TEXT("start: the plugin is started."));
    }
    if (lifecycle != NULL && lifecycle->start != NULL) {
        status = lifecycle->start(instance->state, error);
    }
    if (instance->state != NULL) {
        instance->is_started = status == NP_OK;
    }
    return status;
}

static inline int32_t NP_CALL np_plugin_stop(void *context, const np_error_sink *error) {
    np_plugin_instance *instance = (np_plugin_instance *)context;
    const np_lifecycle *lifecycle = instance->parts->lifecycle;
    if (instance->state != NULL) {
        if (!instance->is_started) {
            return np_fail(error, NP_E_INVALID_STATE, NP_TEXT("stop: the plugin is not started."));
        }
        instance->is_started = 0;
    }
    return lifecycle != NULL && lifecycle->stop != NULL ? lifecycle->stop(instance->state, error) : NP_OK;
}

static inline int32_t NP_CALL np_plugin_destroy(void *context) {
    np_plugin_instance *instance = (np_plugin_instance *)context;
    const np_lifecycle *lifecycle = instance->parts->lifecycle;
    int32_t status = NP_OK;
    if (instance->is_started) {
        return NP_E_INVALID_STATE;
    }
    if (lifecycle != NULL && lifecycle->destroy != NULL) {
        status = lifecycle->destroy(instance->state);
    }
    np_plugin_release(instance);
    return status;
}

static inline int32_t NP_CALL np_plugin_get_service(void *context, const char *id, size_t id_length,
                                                    const void **service) {
    const np_plugin_instance *instance = (const np_plugin_instance *)context;
    const np_plugin_parts *parts = instance->parts;
    size_t at = np_plugin_tables_offset(parts), i;
    *service = NULL;
    for (i = 0; i < parts->service_count; i++) {
        const np_service *own = &parts->services[i];
        if (own->table != NULL && np_text_equals(id, id_length, own->id, own->id_length)) {
            *service = parts->allocate != NULL ? (const void *)((const char *)instance->state + at) : own->table;
            return NP_OK;
        }
        at += np_plugin_table_size(own);
    }
    return NP_E_NOT_FOUND;
}

#ifdef __cplusplus
}
#endif

#endif /* NATIVE_PLUGINS_INSTANCE_H */
