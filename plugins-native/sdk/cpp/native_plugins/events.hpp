/* Events of a plugin's: the handlers that the other side has added. */
#ifndef NATIVE_PLUGINS_EVENTS_HPP
#define NATIVE_PLUGINS_EVENTS_HPP

#include "native_plugins/objects.hpp"

#include <mutex>

namespace np {

/** The event of a contract, as a member of the class that implements it, with the event's name: `np::event<SearchIndexed> indexed;`, and
 * where something has been indexed `indexed.raise("an article")`. A handler may add and remove handlers, itself too. Once a handler has
 * been removed it is called no more: where it is running on another thread, the removal waits. */
template <class C> class event {
public:
    event() = default;
    event(const event &) = delete;
    event &operator=(const event &) = delete;
    ~event() {
        for (const np_object &handler : handlers_) {
            if (handler.table != nullptr) {
                (void)handler.release(handler.context, nullptr);
            }
        }
    }

    /** Calls the handlers one after the other, up to the first that fails, whose error it throws. */
    template <class... A> void raise(const A &...arguments) {
        const std::lock_guard<std::recursive_mutex> entered(lock_);
        const calling counted(*this);
        const size_t count = handlers_.size();
        for (size_t i = 0; i < count; i++) {
            const np_object handler = handlers_[i];
            if (handler.table != nullptr) {
                C(handler.context, static_cast<const typename C::npTable *>(handler.table)).invoke(arguments...);
            }
        }
    }

    /** How many handlers there are. */
    size_t size() const {
        const std::lock_guard<std::recursive_mutex> entered(lock_);
        size_t count = 0;
        for (const np_object &handler : handlers_) {
            count += handler.table != nullptr ? 1 : 0;
        }
        return count;
    }

    /* For generated code. */
    void npAdd(const np_object *handler) {
        object<C> checked = object<C>::npOf(handler, "handler");
        const np_object raw = checked.npLeave();
        if (raw.table == nullptr) {
            throw error(NP_E_INVALID_ARGUMENT, "handler is NULL");
        }
        const std::lock_guard<std::recursive_mutex> entered(lock_);
        handlers_.push_back(raw);
    }

    void npRemove(const np_object *handler) {
        read_argument("handler", [&] { (void)aligned(handler); return 0; });
        const std::lock_guard<std::recursive_mutex> entered(lock_);
        for (size_t i = handlers_.size(); i-- > 0;) {
            if (handlers_[i].table != nullptr && handlers_[i].context == handler->context && handlers_[i].table == handler->table) {
                const np_object found = std::exchange(handlers_[i], np_object());
                tidy();
                invoke([&](const np_error_sink *sink) { return found.release(found.context, sink); });
                return;
            }
        }
        throw error(NP_E_NOT_FOUND, "there is no such handler");
    }

private:
    struct calling {
        event &of;
        explicit calling(event &raised) : of(raised) { of.depth_++; }
        ~calling() {
            of.depth_--;
            of.tidy();
        }
    };

    /* While handlers are called, each keeps its place. */
    void tidy() {
        size_t kept = 0;
        for (size_t i = 0; depth_ == 0 && i < handlers_.size(); i++) {
            if (handlers_[i].table != nullptr) {
                handlers_[kept++] = handlers_[i];
            }
        }
        if (depth_ == 0) {
            handlers_.resize(kept);
        }
    }

    mutable std::recursive_mutex lock_;
    std::vector<np_object> handlers_;
    size_t depth_ = 0;
};

} // namespace np

#endif /* NATIVE_PLUGINS_EVENTS_HPP */
