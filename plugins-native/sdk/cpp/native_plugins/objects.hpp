/* Objects that their receiver keeps: those that a plugin hands over, and those that it is given. And events, whose handlers are such. */
#ifndef NATIVE_PLUGINS_OBJECTS_HPP
#define NATIVE_PLUGINS_OBJECTS_HPP

#include "native_plugins/owned.hpp"
#include "native_plugins/proxies.hpp"

namespace np {

/** An object of the plugin's on its way to the other side, as one of the contract `C`: made from an owned<T>. It may be copied. When the
 * last reference goes that the other side has, and the plugin has none, the object's `dispose` is called if it has one, and then its destructor. */
template <class C> class given {
public:
    given(std::nullptr_t) : raw_(), retain_(nullptr) {}
    template <class T> given(owned<T> object) : raw_(), retain_(nullptr) {
        if (object) {
            raw_.struct_size = sizeof(raw_);
            raw_.context = object.get();
            raw_.table = &table<C, T>;
            raw_.release = &release<T>;
            raw_.finish = C::template npFunctions<T>::npFinish();
            retain_ = [](void *context) { (void)owned<T>::of(*static_cast<T *>(context)).npLeave(); };
            (void)object.npLeave();
        }
    }
    given(const given &other) : raw_(other.raw_), retain_(other.retain_) { npRetain(); }
    given(given &&other) noexcept : raw_(std::exchange(other.raw_, np_object())), retain_(other.retain_) {}
    given &operator=(given other) noexcept {
        std::swap(raw_, other.raw_);
        std::swap(retain_, other.retain_);
        return *this;
    }
    ~given() {
        if (raw_.table != nullptr) {
            (void)raw_.release(raw_.context, nullptr);
        }
    }

    /** Lends the object to `call`, which takes one reference more if it returns NP_OK. */
    template <class Call> int32_t npOffer(Call &&call) const {
        if (raw_.table == nullptr) {
            return call(static_cast<const np_object *>(nullptr));
        }
        npRetain();
        const int32_t status = call(&raw_);
        if (status != NP_OK) {
            (void)raw_.release(raw_.context, nullptr);
        }
        return status;
    }

    const np_object *npRaw() const { return &raw_; }

private:
    template <class T> static int32_t NP_CALL release(void *context, const np_error_sink *sink) noexcept {
        return guarded(sink, [&] {
            auto *object = counted<T>::of(static_cast<T *>(context));
            if (object->release()) {
                struct ending {
                    counted<T> *of;
                    ~ending() { of->end(); }
                } const last{object};
                C::template npFunctions<T>::npDispose(*object->object(), 0);
            }
        });
    }

    void npRetain() const {
        if (raw_.table != nullptr) {
            retain_(raw_.context);
        }
    }

    np_object raw_;
    void (*retain_)(void *context);
};

/** A handler of an event, to be added and later removed: np::handler<FeedSaid>([](std::string_view text) { … }). */
template <class C, class F> given<C> handler(F function) { return given<C>(make<callable<F>>(std::move(function))); }

/** An object of the other side's that is the plugin's own. It has the members of its contract by `->`, and is released when it is
 * destroyed. Release it before the plugin's instance ends. */
template <class C> class object {
public:
    object() : raw_() {}
    object(object &&other) noexcept : raw_(std::exchange(other.raw_, np_object())), state_(std::move(other.state_)) {}
    object &operator=(object &&other) noexcept {
        std::swap(raw_, other.raw_);
        std::swap(state_, other.state_);
        return *this;
    }
    ~object() {
        if (raw_.table != nullptr && npIsOurs()) {
            (void)raw_.release(raw_.context, nullptr);
        }
    }

    explicit operator bool() const { return raw_.table != nullptr; }

    C operator*() const { return C(raw_.context, static_cast<const typename C::npTable *>(raw_.table)); }

    struct arrow {
        C proxy;
        const C *operator->() const { return &proxy; }
    };
    arrow operator->() const { return arrow{**this}; }

    /** Ends the object, and throws what went wrong at its end. */
    void release() {
        const np_object raw = std::exchange(raw_, np_object());
        if (raw.table != nullptr && npIsOurs()) {
            invoke([&](const np_error_sink *sink) { return raw.release(raw.context, sink); });
        }
    }

    /** What came, which is the plugin's. NULL is no object. */
    static object npOf(const np_object *raw, const char *name) {
        object made;
        if (raw != nullptr) {
            read_argument(name, [&] { (void)aligned(raw); return 0; });
            if (raw->struct_size < sizeof(np_object) || raw->table == nullptr || raw->release == nullptr) {
                throw error(NP_E_INVALID_ARGUMENT, std::string(name) + " is no object: it is too short, or has no table or release");
            }
            made.raw_ = *raw;
        }
        return made;
    }

    const np_object &npRaw() const { return raw_; }
    np_object npLeave() { return std::exchange(raw_, np_object()); }

private:
    template <class> friend class offered;

    /* Of an argument: whose it is, which the end of the call decides. */
    enum whose { pending, kept, dropped, not_ours };

    bool npIsOurs() const {
        int expected = pending;
        return state_ == nullptr || (!state_->compare_exchange_strong(expected, dropped) && expected == kept);
    }

    np_object raw_;
    std::shared_ptr<std::atomic<int>> state_;
};

/** An object as an argument: the plugin's once the call has succeeded. For generated code. */
template <class C> class offered {
public:
    offered(const np_object *raw, const char *name, bool is_optional) : object_(object<C>::npOf(raw, name)), raw_(object_.npRaw()) {
        if (object_) {
            /* Not std::make_shared: see digits. */
            object_.state_ = state_ = std::shared_ptr<std::atomic<int>>(new std::atomic<int>(object<C>::pending));
        } else if (!is_optional) {
            throw error(NP_E_INVALID_ARGUMENT, std::string(name) + " is NULL");
        }
    }
    ~offered() {
        int expected = object<C>::pending;
        if (state_ != nullptr) {
            (void)state_->compare_exchange_strong(expected, object<C>::not_ours);
        }
    }

    object<C> take() { return std::move(object_); }

    /** The call has succeeded. */
    void keep() {
        if (state_ != nullptr && state_->exchange(object<C>::kept) == object<C>::dropped) {
            (void)raw_.release(raw_.context, nullptr);
        }
    }

private:
    std::shared_ptr<std::atomic<int>> state_;
    object<C> object_;
    np_object raw_;
};

template <class C> struct kind<given<C>> {
    template <class Write> static int32_t hand_over(const given<C> &value, Write &&write) {
        return value.npOffer([&](const np_object *raw) { return write(raw, raw == nullptr ? 0 : sizeof(*raw)); });
    }
    /* An object that came from the other side goes back as it is. */
    template <class Write> static int32_t hand_over(object<C> &&value, Write &&write) {
        if (!value) {
            return write(nullptr, 0);
        }
        const int32_t status = write(&value.npRaw(), sizeof(np_object));
        if (status == NP_OK) {
            (void)value.npLeave();
        }
        return status;
    }
    static object<C> received(const void *data, size_t size) {
        require_size<np_object>(data, size);
        return object<C>::npOf(static_cast<const np_object *>(data), "result");
    }
};

/* What a contract without an end does at the end of an object. */
template <class T> struct no_end {
    static void npDispose(T &, int) {}
    static auto npFinish() -> decltype(np_object::finish) { return nullptr; }
};

/** Receives an object by a sink. One that comes after it is refused, and so stays the other side's. */
template <class C, class Call> object<C> receive_object(bool is_optional, Call &&call) {
    object<C> taken;
    receive<given<C>>([&](object<C> &&object) { taken = std::move(object); }, std::forward<Call>(call));
    if (!taken && !is_optional) {
        throw error(NP_E_INVALID_ARGUMENT, "the other side has put no object");
    }
    return taken;
}

} // namespace np

#endif /* NATIVE_PLUGINS_OBJECTS_HPP */
