/* The arguments of a call as a plugin sees them. All of it is for generated code. */
#ifndef NATIVE_PLUGINS_ARGUMENTS_HPP
#define NATIVE_PLUGINS_ARGUMENTS_HPP

#include "native_plugins/data.hpp"

namespace np {

/* The same memory by its type in C, and in C++. */
template <class N, class T> N *native(T *value) {
    static_assert(sizeof(N) == sizeof(T) && alignof(N) == alignof(T), "a type lies in memory as it does in C");
    return reinterpret_cast<N *>(value);
}

template <class T, class N> T &cell(N *from, const char *name) {
    return read_argument(name, [&]() -> T & { return *native<T>(const_cast<N *>(&aligned<N>(from))); });
}

template <class T, class N> const T &required(const N *from, const char *name) {
    return read_argument(name, [&]() -> const T & { return *native<const T>(&aligned(from)); });
}

template <class T, class N> T argument(const N *from, const char *name) {
    return read_argument(name, [&] {
        T value = load(native<const T>(from));
        limits left;
        check(value, left);
        return value;
    });
}

template <class T, class N> std::optional<T> optional_argument(const N *from, const char *name) {
    return from == nullptr ? std::nullopt : std::optional<T>(argument<T>(from, name));
}

template <class T, class N> span<T> span_argument(N *items, size_t count, const char *name) {
    return read_argument(name, [&] {
        if (count > 0) {
            (void)aligned(items);
            if (is_too_many<N>(count)) {
                throw fault("has more elements than there can be");
            }
        }
        return span<T>(native<T>(items), count);
    });
}

inline std::string_view text_argument(const char *data, size_t length, const char *name) {
    const span<const char> characters = span_argument<const char>(data, length, name);
    return length == 0 ? std::string_view() : std::string_view(characters.data(), characters.size());
}

inline std::optional<std::string_view> optional_text_argument(const char *data, size_t length, const char *name) {
    return data == nullptr && length == 0 ? std::nullopt : std::optional<std::string_view>(text_argument(data, length, name));
}

/** Where a text begins: not at NULL where it is empty, as NULL may be null. */
inline const char *text_data(std::string_view text) { return text.data() == nullptr ? "" : text.data(); }
inline const char *text_data(const std::optional<std::string_view> &text) { return text.has_value() ? text_data(*text) : nullptr; }
inline size_t text_size(const std::optional<std::string_view> &text) { return text.has_value() ? text->size() : 0; }

/** Writes a result without pointers to where the caller wants it. */
template <class T, class N, class Make> void give(N *to, Make &&make) {
    T &place = cell<T>(to, "result");
    place = T(make());
}

} // namespace np

#endif /* NATIVE_PLUGINS_ARGUMENTS_HPP */
