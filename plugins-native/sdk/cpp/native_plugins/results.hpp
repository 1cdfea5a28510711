/* How results go to the caller: through a sink at once, or through a completion later. Who hands one over keeps it, the caller copies. */
#ifndef NATIVE_PLUGINS_RESULTS_HPP
#define NATIVE_PLUGINS_RESULTS_HPP

#include "native_plugins/arguments.hpp"

#include <utility>

namespace np {

/** The kind of result that is elements one after the other. */
template <class T> struct elements;

/** The object of a contract that is handed over; see objects.hpp. */
template <class C> class given;

/* Refuses a result of which less has come than there must be: of a struct that may grow, what both sides know of it. */
template <class K> void require_size(const void *data, size_t size) {
    size_t needed = sizeof(K);
    if constexpr (is_record<K>::value) {
        uint32_t theirs = 0;
        if (data != nullptr && size >= sizeof(theirs)) {
            std::memcpy(&theirs, data, sizeof(theirs));
            needed = theirs < needed ? theirs : needed;
        }
    }
    if (data != nullptr && size < needed) {
        throw error(NP_E_INVALID_ARGUMENT, "the result is too short: " + digits(size) + " bytes, where " + digits(needed) + " are needed");
    }
}

/* Refuses elements of which the last one is not whole. */
template <class T> void require_whole(size_t size) {
    if (size % sizeof(T) != 0) {
        throw error(NP_E_INVALID_ARGUMENT, "the result is cut off within an element");
    }
}

/* For each kind of result: hand_over calls `write` once, with what crosses, and returns its status; received reads what has come. */
template <class K> struct kind {
    template <class Write> static int32_t hand_over(const K &value, Write &&write) { return write(&value, sizeof(K)); }
    static K received(const void *data, size_t size) {
        require_size<K>(data, size);
        return argument<K>(static_cast<const K *>(data), "result");
    }
};

template <> struct kind<void> {
    template <class Write> static int32_t hand_over(std::nullopt_t, Write &&write) { return write(nullptr, 0); }
    static void received(const void *, size_t) {}
};

template <> struct kind<std::string_view> {
    template <class Write> static int32_t hand_over(std::string_view value, Write &&write) { return write(value.data(), value.size()); }
    static std::string_view received(const void *data, size_t size) { return text_argument(static_cast<const char *>(data), size, "result"); }
};

template <class T> struct kind<elements<T>> {
    template <class Write> static int32_t hand_over(list<T> value, Write &&write) { return write(value.data(), value.size() * sizeof(T)); }
    static span<const T> received(const void *data, size_t size) {
        require_whole<T>(size);
        return span_argument<const T>(static_cast<const T *>(data), size / sizeof(T), "result");
    }
};

template <class T> struct kind<std::optional<T>> {
    template <class Write> static int32_t hand_over(std::nullopt_t, Write &&write) { return write(nullptr, 0); }
    template <class Write> static int32_t hand_over(std::nullptr_t, Write &&write) { return write(nullptr, 0); }
    template <class Write> static int32_t hand_over(const T *value, Write &&write) { return write(value, value == nullptr ? 0 : sizeof(T)); }
    template <class V, class Write> static int32_t hand_over(const std::optional<V> &value, Write &&write) {
        return value.has_value() ? hand_over(*value, write) : write(nullptr, 0);
    }
    template <class V, class Write, class = std::enable_if_t<std::is_convertible_v<const V &, const T &>>>
    static int32_t hand_over(const V &value, Write &&write) {
        const T &same = value;
        return write(&same, sizeof(T));
    }
    static std::optional<T> received(const void *data, size_t size) {
        require_size<T>(data, size);
        return optional_argument<T>(static_cast<const T *>(data), "result");
    }
};

/** Takes one result of the kind `K`: std::string_view, elements<T>, data, or std::optional of data. */
template <class K> class result {
public:
    result(const np_sink *sink, const char *name) : sink_(sink), name_(name) {
        read_argument(name, [&] { (void)aligned(sink); return 0; });
    }
    result(const result &) = delete;
    result &operator=(const result &) = delete;

    /** Hands the result over. Throws an error if the caller refuses it. */
    template <class V> void put(V &&value) {
        done_ = true;
        const int32_t status = kind<K>::hand_over(std::forward<V>(value), [&](const void *data, size_t size) { return sink_->write(sink_->context, data, size); });
        if (status != NP_OK) {
            throw error(status, "the caller has refused the result");
        }
    }

    void npRequire() const {
        if (!done_) {
            throw error(NP_E_FAULT, std::string(name_) + " was not put");
        }
    }

private:
    const np_sink *sink_;
    const char *name_;
    bool done_ = false;
};

/** Ends an asynchronous call, on whatever thread. One that is destroyed without a result ends the call as a fault. */
template <class K> class completion {
public:
    explicit completion(const np_completion *raw) : raw_(raw) {
        read_argument("completion", [&] { (void)aligned(raw); return 0; });
    }
    completion(completion &&other) noexcept : raw_(std::exchange(other.raw_, nullptr)) {}
    completion &operator=(completion &&other) noexcept {
        std::swap(raw_, other.raw_);
        return *this;
    }
    ~completion() {
        if (raw_ != nullptr) {
            fail(NP_E_FAULT, "the plugin has dropped the call without completing it");
        }
    }

    /** The call has this result; none for a call without. Returns NP_OK, or why the caller has not taken it: only the first end counts. */
    template <class V = std::nullopt_t> int32_t complete(V &&value = V(std::nullopt)) {
        return kind<K>::hand_over(std::forward<V>(value), [&](const void *data, size_t size) { return end(NP_OK, data, size, nullptr); });
    }

    /** The call has failed: one of NP_E_*, and why. */
    void fail(int32_t code, std::string_view message) {
        np_error_info info{};
        info.struct_size = sizeof(info);
        info.code = code;
        info.message = message.data();
        info.message_length = message.size();
        (void)end(code, nullptr, 0, &info);
    }

    /** The call has failed with the exception that is being handled: for a catch block. */
    void fail_with_current_exception() {
        (void)with_current_exception([&](int32_t code, const char *text) {
            fail(code, text);
            return code;
        });
    }

    /** Whether the call has not ended by this. */
    bool is_open() const { return raw_ != nullptr; }

    void npForget() { raw_ = nullptr; }

private:
    int32_t end(int32_t status, const void *data, size_t size, const np_error_info *info) {
        const np_completion *raw = std::exchange(raw_, nullptr);
        if (raw == nullptr) {
            return NP_E_INVALID_STATE;
        }
        return raw->complete(raw->context, status, data, size, info);
    }

    const np_completion *raw_;
};

/** Runs what accepts an asynchronous call. If it throws with the completion still in its place, the call has failed at once. */
template <class K, class Body> void accept(completion<K> &ending, Body &&body) {
    try {
        body();
    } catch (...) {
        if (ending.is_open()) {
            ending.npForget();
            throw;
        }
    }
}

/** Says whether the result of a call is still wanted. Valid until the call ends. */
class cancellation {
public:
    explicit cancellation(const np_cancellation *raw = nullptr) : raw_(raw) {}

    /** Whether it may ever be cancelled. */
    bool can_be_cancelled() const { return raw_ != nullptr; }

    bool is_cancelled() const { return raw_ != nullptr && raw_->check(raw_->context) != NP_OK; }

    void throw_if_cancelled() const {
        if (is_cancelled()) {
            throw error(NP_E_CANCELLED, "the call was cancelled");
        }
    }

    const np_cancellation *raw() const { return raw_; }

private:
    const np_cancellation *raw_;
};

} // namespace np

#endif /* NATIVE_PLUGINS_RESULTS_HPP */
