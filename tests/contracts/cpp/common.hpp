/* What the parts of contract_cpp.cpp share. */
#ifndef COMMON_HPP
#define COMMON_HPP

#include "native_plugins_test_contracts.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

using namespace native_plugins_test_contracts;

#define SAME(name, type)                                                                                                       \
    std::decay_t<type> name(type value) { return value; }
#define PUT(name, type, kind)                                                                                                  \
    void name(type value, np::result<kind> &result) { result.put(value); }
#define VALUE_PROPERTY(name, type, parameter)                                                                                  \
    type get_##name() { return name; }                                                                                         \
    void set_##name(parameter value) { name = value; }
#define TEXT_PROPERTY(name)                                                                                                    \
    void get_##name(np::result<std::string_view> &result) { result.put(name); }                                                \
    void set_##name(std::string_view value) { name = value; }

inline int32_t wrapping_add(int32_t a, int32_t b) { return static_cast<int32_t>(static_cast<uint32_t>(a) + static_cast<uint32_t>(b)); }

inline void nap() { std::this_thread::sleep_for(std::chrono::milliseconds(1)); }

#endif
