/* What comes from the other side is checked as a whole before a plugin sees it: reading it cannot fail then. */
#ifndef NATIVE_PLUGINS_CHECK_HPP
#define NATIVE_PLUGINS_CHECK_HPP

#include "native_plugins/errors.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>

namespace np {

/* A number for a person. Not std::to_string: of that g++ makes a variable that is one in the whole process, as of the tag of
 * std::make_shared, and a library with such is never unloaded. */
inline std::string digits(uint64_t number) {
    std::string text;
    do {
        text.insert(text.begin(), static_cast<char>('0' + number % 10));
        number /= 10;
    } while (number != 0);
    return text;
}

/** Why data was refused, with the member. */
class fault : public std::runtime_error {
public:
    explicit fault(const std::string &text) : std::runtime_error(text) {}

    /** The same, of a member of what it was found in. Of a long way only its end is said. */
    fault of(const std::string &member) const {
        const std::string text = what();
        const char *between = text.front() == '[' ? "" : text.find(": ") != std::string::npos ? "." : ": ";
        return text.size() > 200 ? *this : fault(member + between + text);
    }
};

/** How deep and how large the data of a call may be: what a host allows unless it is told otherwise. */
class limits {
public:
    /** Counts what one value takes, and goes one level deeper for what is in it. */
    template <class Check> void within(size_t bytes, Check &&check) {
        if (bytes > bytes_) {
            throw fault("more than 1 GiB in a call");
        }
        if (depth_ == 0) {
            throw fault("nested deeper than 64 levels");
        }
        bytes_ -= bytes;
        depth_--;
        check();
        depth_++;
    }

private:
    uint32_t depth_ = 64;
    size_t bytes_ = size_t{1} << 30;
};

/** Says of which member a fault is. */
template <class Check> void check_member(const char *name, Check &&check) {
    try {
        check();
    } catch (const fault &found) {
        throw found.of(name);
    }
}

/** Refuses a pointer that is NULL or not aligned. */
template <class T> const T &aligned(const T *from) {
    if (from == nullptr) {
        throw fault("is NULL");
    }
    if (reinterpret_cast<uintptr_t>(from) % alignof(T) != 0) {
        throw fault("is not aligned");
    }
    return *from;
}

template <class T> bool is_too_many(size_t count) { return count > PTRDIFF_MAX / sizeof(T); }

/* A type with pointers says so by npHasPointers and has npCheck; one that may grow has npEnds: the ends of its versions. */
template <class T, class = void> struct pointers_of : std::false_type {};
template <class T> struct pointers_of<T, std::void_t<decltype(T::npHasPointers)>> : std::bool_constant<T::npHasPointers> {};
template <class T, class = void> struct is_record : std::false_type {};
template <class T> struct is_record<T, std::void_t<decltype(&T::npEnds)>> : std::true_type {};

/** Refuses what does not lead to memory. Reads all that it leads to. */
template <class T> void check(const T &value, limits &left) {
    if constexpr (pointers_of<T>::value) {
        value.npCheck(left);
    } else {
        (void)value;
        (void)left;
    }
}

/** Reads a value from outside, without what it leads to: of a struct that may grow what both sides know of it, the rest is 0. */
template <class T> T load(const T *from) {
    aligned(from);
    if constexpr (is_record<T>::value) {
        uint32_t theirs = 0, size = 0;
        std::memcpy(&theirs, from, sizeof(theirs));
        for (const uint32_t end : T::npEnds()) {
            size = end <= theirs ? end : size;
        }
        if (size == 0) {
            throw fault("struct_size is " + digits(theirs) + ", and must be " + digits(*T::npEnds().begin()) + " or more");
        }
        T value;
        std::memcpy(static_cast<void *>(&value), from, size);
        value.struct_size = size;
        return value;
    } else {
        return *from;
    }
}

/** Whether the side that made a struct knows this member of it: np::has(person, person.level). */
template <class T, class M> bool has(const T &value, const M &member) {
    return static_cast<size_t>(reinterpret_cast<const char *>(&member + 1) - reinterpret_cast<const char *>(&value)) <= value.struct_size;
}

/** The error that an argument is refused with. */
inline error refused(const char *name, const fault &found) {
    std::string text = found.of(name).what();
    const size_t at = text.find(": is ");
    if (at != std::string::npos) {
        text.erase(at, 1);
    }
    return error(NP_E_INVALID_ARGUMENT, text);
}

template <class Read> auto read_argument(const char *name, Read &&read) -> decltype(read()) {
    try {
        return read();
    } catch (const fault &found) {
        throw refused(name, found);
    }
}

} // namespace np

#endif /* NATIVE_PLUGINS_CHECK_HPP */
