/* References to objects of a plugin's that both sides may have references to. */
#ifndef NATIVE_PLUGINS_OWNED_HPP
#define NATIVE_PLUGINS_OWNED_HPP

#include <atomic>
#include <cstddef>
#include <new>
#include <utility>

namespace np {

/* A T, and how many references there are to it. All owned ones together are one weak one. */
template <class T> struct counted {
    std::atomic<size_t> owned{1};
    std::atomic<size_t> weak{1};
    alignas(T) unsigned char place[sizeof(T)];

    T *object() { return std::launder(reinterpret_cast<T *>(place)); }

    static counted *of(T *object) { return reinterpret_cast<counted *>(reinterpret_cast<unsigned char *>(object) - offsetof(counted, place)); }

    /* Whether there is one reference more: not to an object that ends. */
    bool retain() {
        size_t count = owned.load(std::memory_order_relaxed);
        while (count != 0 && !owned.compare_exchange_weak(count, count + 1, std::memory_order_relaxed)) {
        }
        return count != 0;
    }

    /* Whether that was the last one. */
    bool release() { return owned.fetch_sub(1, std::memory_order_acq_rel) == 1; }

    void end() {
        object()->~T();
        forget();
    }

    void forget() {
        if (weak.fetch_sub(1, std::memory_order_acq_rel) == 1) {
            delete this;
        }
    }
};

/** A reference to an object that np::make has made. With the last one the object ends. */
template <class T> class owned {
public:
    owned() = default;
    owned(std::nullptr_t) {}
    owned(const owned &other) : to_(other.to_) {
        if (to_ != nullptr) {
            (void)to_->retain();
        }
    }
    owned(owned &&other) noexcept : to_(std::exchange(other.to_, nullptr)) {}
    owned &operator=(owned other) noexcept {
        std::swap(to_, other.to_);
        return *this;
    }
    ~owned() {
        if (to_ != nullptr && to_->release()) {
            to_->end();
        }
    }

    /** One reference more to an object that np::make has made, such as *this; none if it is ending. */
    static owned of(T &object) {
        auto *to = counted<T>::of(&object);
        return owned(to->retain() ? to : nullptr, 0);
    }

    T *get() const { return to_ == nullptr ? nullptr : to_->object(); }
    T &operator*() const { return *get(); }
    T *operator->() const { return get(); }
    explicit operator bool() const { return to_ != nullptr; }

    /* A reference that has been counted, and one that somebody else has from now on. */
    owned(counted<T> *adopted, int) : to_(adopted) {}
    counted<T> *npLeave() { return std::exchange(to_, nullptr); }

private:
    template <class> friend class weak;
    counted<T> *to_ = nullptr;
};

/** A reference that does not keep its object: lock() gives one that does, or none if the object has ended. */
template <class T> class weak {
public:
    weak() = default;
    weak(const owned<T> &to) : to_(to.to_) { retain(); }
    weak(const weak &other) : to_(other.to_) { retain(); }
    weak(weak &&other) noexcept : to_(std::exchange(other.to_, nullptr)) {}
    weak &operator=(weak other) noexcept {
        std::swap(to_, other.to_);
        return *this;
    }
    ~weak() {
        if (to_ != nullptr) {
            to_->forget();
        }
    }

    owned<T> lock() const { return owned<T>(to_ != nullptr && to_->retain() ? to_ : nullptr, 0); }

private:
    void retain() {
        if (to_ != nullptr) {
            to_->weak.fetch_add(1, std::memory_order_relaxed);
        }
    }

    counted<T> *to_ = nullptr;
};

/** A new object, with the arguments of its constructor: np::make<Session>(name). */
template <class T, class... A> owned<T> make(A &&...arguments) {
    auto *made = new counted<T>;
    try {
        new (made->place) T{std::forward<A>(arguments)...};
    } catch (...) {
        delete made;
        throw;
    }
    return owned<T>(made, 0);
}

} // namespace np

#endif /* NATIVE_PLUGINS_OWNED_HPP */
