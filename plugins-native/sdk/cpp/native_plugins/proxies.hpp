/* Contracts of the other side's that a plugin calls, and those that it lends for a call. */
#ifndef NATIVE_PLUGINS_PROXIES_HPP
#define NATIVE_PLUGINS_PROXIES_HPP

#include "native_plugins/results.hpp"

#include <exception>
#include <memory>
#include <vector>

namespace np {

/** The other side's object of a contract, whose class in the generated file has the contract's members. It is as small as two pointers,
 * owns nothing, and is valid as long as what it was taken from: the call, or the object. Any thread may call it, unless the contract is
 * serialized. What fails throws an error. */
template <class Table, template <class> class Functions> class proxy {
public:
    using npTable = Table;
    template <class T> using npFunctions = Functions<T>;

    proxy(void *context, const Table *table) : npContext_(context), npTable_(table) {}
    explicit proxy(const Table *table) : proxy(table->context, table) {}

    void *npContext() const { return npContext_; }
    const Table *npRaw() const { return npTable_; }

protected:
    /* A function of the table, which an older side may not have. */
    template <class F> F npGet(F Table::*member) const {
        const F *place = &(npTable_->*member);
        const auto end = static_cast<size_t>(reinterpret_cast<const char *>(place + 1) - reinterpret_cast<const char *>(npTable_));
        if (npTable_->struct_size < end) {
            throw error(NP_E_UNSUPPORTED, "the other side is older, and has no such member");
        }
        if (*place == nullptr) {
            throw error(NP_E_INVALID_ARGUMENT, "the other side's table has a hole");
        }
        return *place;
    }

private:
    void *npContext_;
    const Table *npTable_;
};

/** In place of a class that implements a contract: a member of the plugin's class that does, as in np::table<Directory, np::part<&Staff::directory>>. */
template <auto Member> struct part;

template <class T> struct instance {
    static T &of(void *context) { return *static_cast<T *>(context); }
};
template <class P, class M, M P::*Member> struct instance<part<Member>> {
    static M &of(void *context) { return static_cast<P *>(context)->*Member; }
};

/** The constant table of a contract whose functions call a `T`: NP_SERVICE(SHOP_DIRECTORY_1_ID, (np::table<Directory, Staff>)). */
template <class C, class T> constexpr const typename C::npTable &table = C::template npFunctions<T>::npTable;

template <class C, class N> C contract_argument(const N *from, const char *name) {
    return read_argument(name, [&] { return C(native<const typename C::npTable>(&aligned(from))); });
}

template <class C, class N> std::optional<C> optional_contract_argument(const N *from) {
    return from == nullptr ? std::nullopt : std::optional<C>(C(native<const typename C::npTable>(from)));
}

/** A contract as an argument, for the time of the call: any object with the members of it, or another one's proxy. */
template <class C> class lent {
public:
    template <class T> lent(T &object) : table_(table<C, T>), is_null_(false) { table_.context = const_cast<void *>(static_cast<const volatile void *>(&object)); }
    lent(const C &object) : table_(), is_null_(false) {
        const size_t theirs = object.npRaw()->struct_size;
        const uint32_t size = static_cast<uint32_t>(theirs < sizeof(table_) ? theirs : sizeof(table_));
        std::memcpy(&table_, object.npRaw(), size);
        table_.struct_size = size;
        table_.context = object.npContext();
    }
    lent(C &object) : lent(static_cast<const C &>(object)) {}
    lent(std::nullptr_t) : table_(), is_null_(true) {}
    lent(const lent &) = delete;
    lent &operator=(const lent &) = delete;

    const typename C::npTable *npRaw() const { return is_null_ ? nullptr : &table_; }

private:
    typename C::npTable table_;
    bool is_null_;
};

/** A function object as what a delegate is: its member `invoke` calls it. */
template <class F> struct callable {
    F function;
    template <class... A> decltype(auto) invoke(A &&...arguments) { return function(std::forward<A>(arguments)...); }
};
template <class F> callable(F) -> callable<F>;

/** How a call of the plugin's has ended. What it brings is valid until the function that took it returns. */
template <class K> class outcome {
public:
    outcome(int32_t status, const void *data, size_t size, const np_error_info *info) : status_(status), data_(data), size_(size), info_(info) {}

    bool is_ok() const { return status_ == NP_OK; }

    /** Throws the error that the call has failed with. */
    void check() const {
        if (status_ != NP_OK) {
            throw error(status_, info_ == nullptr || info_->message == nullptr ? std::string() : std::string(info_->message, info_->message_length));
        }
    }

    /** The result. Throws the error that the call has failed with. */
    auto get() const {
        check();
        return kind<K>::received(data_, size_);
    }

    /** Completes another call, of the same kind of result, in the same way. */
    void forward(const np_completion *to) const { (void)to->complete(to->context, status_, data_, size_, info_); }

private:
    int32_t status_;
    const void *data_;
    size_t size_;
    const np_error_info *info_;
};

/** Calls an asynchronous function, and then `then` with its outcome, on whatever thread. Throws if the call was not accepted. */
template <class K, class Then, class Call> void begin(Then then, Call &&call) {
    struct waiting {
        np_completion raw;
        Then then;

        static int32_t NP_CALL complete(void *context, int32_t status, const void *data, size_t size, const np_error_info *info) noexcept {
            return guarded(nullptr, [&] {
                const std::unique_ptr<waiting> self(static_cast<waiting *>(context));
                self->then(outcome<K>(status, data, size, info));
            });
        }
    };
    auto owner = std::unique_ptr<waiting>(new waiting{{}, std::move(then)});
    owner->raw.struct_size = sizeof(np_completion);
    owner->raw.context = owner.get();
    owner->raw.complete = &waiting::complete;
    waiting *self = owner.release();
    try {
        invoke([&](const np_error_sink *sink) { return call(&self->raw, sink); });
    } catch (...) {
        delete self;
        throw;
    }
}

/** Calls a function with a sink, and `take` with the result. `take` runs once, before this returns. */
template <class K, class Take, class Call> void receive(Take &&take, Call &&call) {
    struct taking {
        Take &take;
        bool is_done;
        std::exception_ptr thrown;

        static int32_t NP_CALL write(void *context, const void *data, size_t size) noexcept {
            taking *self = static_cast<taking *>(context);
            return guarded(nullptr, [&] {
                try {
                    if (std::exchange(self->is_done, true)) {
                        throw error(NP_E_INVALID_ARGUMENT, "the other side has put a second result");
                    }
                    self->take(outcome<K>(NP_OK, data, size, nullptr).get());
                } catch (...) {
                    self->thrown = self->thrown == nullptr ? std::current_exception() : self->thrown;
                    throw;
                }
            });
        }
    };
    taking self{take, false, nullptr};
    np_sink sink{};
    sink.struct_size = sizeof(sink);
    sink.context = &self;
    sink.write = &taking::write;
    try {
        invoke([&](const np_error_sink *errors) { return call(static_cast<const np_sink *>(&sink), errors); });
    } catch (const error &) {
        if (self.thrown == nullptr) {
            throw;
        }
    }
    if (self.thrown != nullptr) {
        std::rethrow_exception(self.thrown);
    }
    if (!self.is_done) {
        throw error(NP_E_INVALID_ARGUMENT, "the other side has put no result");
    }
}

/** Calls a function with a sink that takes bytes in any number of pieces. */
template <class T, class Call> std::vector<T> receive_elements(Call &&call) {
    struct taking {
        std::vector<char> bytes;

        static int32_t NP_CALL write(void *context, const void *data, size_t size) noexcept {
            return guarded(nullptr, [&] {
                const span<const char> piece = span_argument<const char>(static_cast<const char *>(data), size, "result");
                auto &bytes = static_cast<taking *>(context)->bytes;
                bytes.insert(bytes.end(), piece.begin(), piece.end());
            });
        }
    };
    taking self;
    np_sink sink{};
    sink.struct_size = sizeof(sink);
    sink.context = &self;
    sink.write = &taking::write;
    invoke([&](const np_error_sink *errors) { return call(static_cast<const np_sink *>(&sink), errors); });
    require_whole<T>(self.bytes.size());
    std::vector<T> items(self.bytes.size() / sizeof(T));
    if (!items.empty()) {
        std::memcpy(static_cast<void *>(items.data()), self.bytes.data(), self.bytes.size());
    }
    return items;
}

template <class Call> std::string receive_text(Call &&call) {
    const std::vector<char> bytes = receive_elements<char>(std::forward<Call>(call));
    return std::string(bytes.begin(), bytes.end());
}

/** What the application offers to plugins. It may be copied, and used until the instance is destroyed. */
class host {
public:
    explicit host(const np_host *raw) : raw_(raw) {}

    /** The application's object of a contract, if it offers one. */
    template <class C> std::optional<C> contract() const {
        const void *service = nullptr;
        const std::string_view id = C::npId;
        const int32_t status = raw_->get_service(raw_->context, id.data(), id.size(), &service);
        return status == NP_OK && service != nullptr ? std::optional<C>(C(static_cast<const typename C::npTable *>(service))) : std::nullopt;
    }

    const np_host *raw() const { return raw_; }

private:
    const np_host *raw_;
};

} // namespace np

#endif /* NATIVE_PLUGINS_PROXIES_HPP */
