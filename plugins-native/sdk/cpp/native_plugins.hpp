/*
 * native_plugins.hpp - a plugin in C++17, on the contracts that a project in C# declares
 *
 * The build of such a project writes a file for C++ if its property PluginContractCpp is true: shop_contracts.hpp for the assembly
 * Shop.Contracts. It includes this header. A class implements contracts by having their members, with the types that shop_contracts.hpp
 * says; nothing is virtual, and no function for the boundary is written by hand:
 *
 *     #include "shop_contracts.hpp"
 *
 *     struct Staff {
 *         void find(std::string_view name, np::result<std::optional<shop_contracts::Person>> &result) {
 *             shop_contracts::Person person;
 *             person.name = name;
 *             result.put(person);
 *         }
 *     };
 *
 *     NP_CPP_PLUGIN(Staff, "staff", "Staff", "1.0.0", 0, NP_SERVICE(SHOP_DIRECTORY_1_ID, (np::table<shop_contracts::Directory, Staff>)));
 *
 * Exceptions that leave a member are errors of the call: np::error has one of NP_E_*, std::invalid_argument is
 * NP_E_INVALID_ARGUMENT, std::bad_alloc NP_E_OUT_OF_MEMORY, any other NP_E_FAULT; their what() is the message.
 *
 * All of it is compiled into the plugin. Compile with -fvisibility=hidden, as every plugin, and with -fno-gnu-unique if that is g++ on
 * Linux: else two plugins, or two builds of one, may share what is inline in them, which a host refuses. It needs C++17 with exceptions
 * and no library but the standard's. docs/contracts-cpp.md has the types.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef NATIVE_PLUGINS_HPP
#define NATIVE_PLUGINS_HPP

#include "native_plugins_plugin.h"

#include <cstdlib>

#include "native_plugins/events.hpp"
#include "native_plugins/stream_functions.hpp"

namespace np {

/** What np_lifecycle says, for a class: it is constructed with `const np_host *`, or with nothing, and may have start() and stop(). */
template <class T> struct lifecycle {
    static_assert(alignof(T) <= alignof(std::max_align_t), "the state of a plugin lies where malloc puts it");

    static int32_t NP_CALL create(void *state, const np_host *host, const np_error_sink *sink) noexcept {
        return guarded(sink, [&] {
            if constexpr (std::is_constructible_v<T, const np_host *>) {
                new (state) T(host);
            } else {
                (void)host;
                new (state) T();
            }
        });
    }

    static int32_t NP_CALL start(void *state, const np_error_sink *sink) noexcept {
        return guarded(sink, [&] { begin(*static_cast<T *>(state), 0); });
    }

    static int32_t NP_CALL stop(void *state, const np_error_sink *sink) noexcept {
        return guarded(sink, [&] { end(*static_cast<T *>(state), 0); });
    }

    static int32_t NP_CALL destroy(void *state) noexcept {
        return guarded(nullptr, [&] { static_cast<T *>(state)->~T(); });
    }

    static constexpr np_lifecycle value = {create, start, stop, destroy};

private:
    template <class U> static auto begin(U &plugin, int) -> decltype(static_cast<void>(plugin.start())) { plugin.start(); }
    template <class U> static void begin(U &, long) {}
    template <class U> static auto end(U &plugin, int) -> decltype(static_cast<void>(plugin.stop())) { plugin.stop(); }
    template <class U> static void end(U &, long) {}
};

} // namespace np

/* Exports a plugin whose instances are objects of the class `type`. The rest is as NP_PLUGIN says; then come the services, each
 * NP_SERVICE(SHOP_DIRECTORY_1_ID, (np::table<shop_contracts::Directory, type>)). */
#define NP_CPP_PLUGIN(type, id, name, version, flags, ...)                                                                     \
    NP_PLUGIN_WITH(id, name, version, flags, NP_ALLOCATED(type, std::malloc, std::free), &np::lifecycle<type>::value, __VA_ARGS__)

#endif /* NATIVE_PLUGINS_HPP */
