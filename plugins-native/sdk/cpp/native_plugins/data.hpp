/* What the data of contracts is made of. Each type lies in memory as the contract's C header says, borrows what it points at, and is
 * zero, null or empty by default. */
#ifndef NATIVE_PLUGINS_DATA_HPP
#define NATIVE_PLUGINS_DATA_HPP

#include "native_plugins/check.hpp"

#include <iterator>

namespace np {

/** A byte that is 0 or not. */
struct flag {
    uint8_t value = 0;

    constexpr flag() = default;
    constexpr flag(bool is_set) : value(is_set ? 1 : 0) {}
    constexpr operator bool() const { return value != 0; }
};

/** Elements in memory of somebody else's: what std::span is, for C++17. */
template <class T> class span {
public:
    constexpr span() = default;
    constexpr span(T *items, size_t count) : items_(items), count_(count) {}
    template <class C, class = std::enable_if_t<std::is_convertible_v<decltype(std::data(std::declval<C &>())), T *> && !std::is_same_v<std::remove_const_t<C>, span>>>
    constexpr span(C &items) : items_(std::data(items)), count_(std::size(items)) {}

    constexpr T *begin() const { return items_; }
    constexpr T *end() const { return items_ + count_; }
    constexpr T *data() const { return items_; }
    constexpr size_t size() const { return count_; }
    constexpr bool empty() const { return count_ == 0; }
    constexpr T &operator[](size_t index) const { return items_[index]; }
    constexpr span subspan(size_t offset, size_t count) const { return span(items_ + offset, count); }

private:
    T *items_ = nullptr;
    size_t count_ = 0;
};

/** Elements one after the other, in data. Made from anything that has them so: an array, a std::vector, a span. */
template <class T> class list {
public:
    static constexpr bool npHasPointers = true;
    using npView = list;

    constexpr list() = default;
    constexpr list(const T *items, size_t count) : items_(items), count_(count) {}
    template <class C, class = std::enable_if_t<std::is_convertible_v<decltype(std::data(std::declval<const C &>())), const T *> && !std::is_same_v<C, list>>>
    constexpr list(const C &items) : items_(std::data(items)), count_(std::size(items)) {}

    constexpr const T *begin() const { return items_; }
    constexpr const T *end() const { return items_ + count_; }
    constexpr const T *data() const { return items_; }
    constexpr size_t size() const { return count_; }
    constexpr bool empty() const { return count_ == 0; }
    constexpr const T &operator[](size_t index) const { return items_[index]; }
    constexpr operator span<const T>() const { return span<const T>(items_, count_); }

    bool npIsNull() const { return items_ == nullptr; }

    void npCheck(limits &left) const {
        if (count_ > 0) {
            try {
                aligned(items_);
            } catch (const fault &found) {
                throw fault(std::string(found.what()) + " with a length of " + digits(count_));
            }
            if (is_too_many<T>(count_)) {
                throw fault(digits(count_) + " elements, which are more than there can be");
            }
        }
        left.within(count_ * sizeof(T), [&] {
            if constexpr (pointers_of<T>::value) {
                for (size_t i = 0; i < count_; i++) {
                    try {
                        items_[i].npCheck(left);
                    } catch (const fault &found) {
                        throw found.of("[" + digits(i) + "]");
                    }
                }
            }
        });
    }

private:
    const T *items_ = nullptr;
    size_t count_ = 0;
};

/** UTF-8. It has a length in bytes, and no 0 at its end. It is not checked to be UTF-8. */
class text {
public:
    static constexpr bool npHasPointers = true;
    using npView = std::string_view;

    constexpr text() = default;
    constexpr text(std::string_view value) : value_(value) {}
    text(const std::string &value) : value_(std::string_view(value)) {}
    constexpr text(const char *value) : value_(std::string_view(value)) {}

    constexpr std::string_view view() const { return std::string_view(value_.data(), value_.size()); }
    constexpr operator std::string_view() const { return view(); }
    friend constexpr bool operator==(const text &one, std::string_view other) { return one.view() == other; }
    friend constexpr bool operator!=(const text &one, std::string_view other) { return one.view() != other; }

    bool npIsNull() const { return value_.npIsNull(); }
    void npCheck(limits &left) const { value_.npCheck(left); }

private:
    list<char> value_;
};

/** A text or a list that may be null: a NULL pointer is null, and what is empty is not NULL. */
template <class T> class maybe {
public:
    static constexpr bool npHasPointers = true;

    constexpr maybe() = default;
    constexpr maybe(std::nullopt_t) {}
    template <class V, class = std::enable_if_t<std::is_convertible_v<const V &, T>>> maybe(const V &value) : value_(filled(value)) {}
    template <class V, class = std::enable_if_t<std::is_convertible_v<const V &, T>>> maybe(const std::optional<V> &value) {
        if (value.has_value()) {
            value_ = filled(*value);
        }
    }

    std::optional<typename T::npView> get() const { return value_.npIsNull() ? std::nullopt : std::optional<typename T::npView>(value_); }

    void npCheck(limits &left) const { value_.npCheck(left); }

private:
    /* An empty vector may have no memory, and an empty list from outside may be NULL. */
    static T filled(const T &value) {
        static constexpr uint64_t something[2] = {0, 0};
        return value.npIsNull() ? nothing_at(&something, static_cast<const T *>(nullptr)) : value;
    }
    template <class E> static list<E> nothing_at(const void *place, const list<E> *) { return list<E>(static_cast<const E *>(place), 0); }
    static text nothing_at(const void *place, const text *) { return text(std::string_view(static_cast<const char *>(place), 0)); }

    T value_;
};

using optional_text = maybe<text>;
template <class T> using optional_list = maybe<list<T>>;

/** Any other value that may be null. */
template <class T> class nullable {
public:
    static constexpr bool npHasPointers = pointers_of<T>::value;

    constexpr nullable() = default;
    constexpr nullable(std::nullopt_t) {}
    constexpr nullable(const T &value) : has_value_(true), value_(value) {}
    constexpr nullable(const std::optional<T> &value) : has_value_(value.has_value()), value_(value.value_or(T{})) {}

    constexpr std::optional<T> get() const { return has_value_ ? std::optional<T>(value_) : std::nullopt; }

    void npCheck(limits &left) const {
        if (has_value_) {
            check(value_, left);
        }
    }

private:
    flag has_value_;
    T value_{};
};

template <class T> void check_pointer(const T *to, limits &left) {
    left.within(sizeof(T), [&] { load(to).npCheck(left); });
}

/** A pointer to other data, which may grow. */
template <class T> class ref {
public:
    static constexpr bool npHasPointers = true;

    constexpr ref() = default;
    constexpr ref(const T &value) : to_(&value) {}
    ref(const T &&) = delete;

    /** The struct, without what it leads to. */
    T get() const { return to_ == nullptr ? T() : load(to_); }

    void npCheck(limits &left) const { check_pointer(to_, left); }

private:
    const T *to_ = nullptr;
};

/** The same, or NULL for null. */
template <class T> class optional_ref {
public:
    static constexpr bool npHasPointers = true;

    constexpr optional_ref() = default;
    constexpr optional_ref(std::nullopt_t) {}
    constexpr optional_ref(const T &value) : to_(&value) {}
    constexpr optional_ref(const T *value) : to_(value) {}
    optional_ref(const T &&) = delete;

    /** The struct, without what it leads to. */
    std::optional<T> get() const { return to_ == nullptr ? std::nullopt : std::optional<T>(load(to_)); }

    void npCheck(limits &left) const {
        if (to_ != nullptr) {
            check_pointer(to_, left);
        }
    }

private:
    const T *to_ = nullptr;
};

/** Which of its types data is: np::get_if<Card>(payment), which is empty if it is another one. */
template <class Case> std::optional<Case> get_if(const typename Case::npBase &value) {
    return value.tag == Case::npTag ? std::optional<Case>(load(static_cast<const Case *>(value.value))) : std::nullopt;
}

/** Data that is of one of several types, which must live as long: np::one_of(card). */
template <class Case> typename Case::npBase one_of(const Case &value) {
    typename Case::npBase base;
    base.tag = Case::npTag;
    base.value = &value;
    return base;
}
template <class Case> typename Case::npBase one_of(const Case &&) = delete;

/** An entry of a dictionary. */
template <class K, class V> struct pair {
    K key{};
    V value{};

    static constexpr bool npHasPointers = pointers_of<K>::value || pointers_of<V>::value;
    void npCheck(limits &left) const {
        check_member("key", [&] { check(key, left); });
        check_member("value", [&] { check(value, left); });
    }
};

/** Tuples of two to four items. */
template <class A, class B> struct tuple2 {
    A item1{};
    B item2{};

    static constexpr bool npHasPointers = pointers_of<A>::value || pointers_of<B>::value;
    void npCheck(limits &left) const {
        check_member("item1", [&] { check(item1, left); });
        check_member("item2", [&] { check(item2, left); });
    }
};

template <class A, class B, class C> struct tuple3 {
    A item1{};
    B item2{};
    C item3{};

    static constexpr bool npHasPointers = pointers_of<A>::value || pointers_of<B>::value || pointers_of<C>::value;
    void npCheck(limits &left) const {
        check_member("item1", [&] { check(item1, left); });
        check_member("item2", [&] { check(item2, left); });
        check_member("item3", [&] { check(item3, left); });
    }
};

template <class A, class B, class C, class D> struct tuple4 {
    A item1{};
    B item2{};
    C item3{};
    D item4{};

    static constexpr bool npHasPointers = pointers_of<A>::value || pointers_of<B>::value || pointers_of<C>::value || pointers_of<D>::value;
    void npCheck(limits &left) const {
        check_member("item1", [&] { check(item1, left); });
        check_member("item2", [&] { check(item2, left); });
        check_member("item3", [&] { check(item3, left); });
        check_member("item4", [&] { check(item4, left); });
    }
};

} // namespace np

#endif /* NATIVE_PLUGINS_DATA_HPP */
