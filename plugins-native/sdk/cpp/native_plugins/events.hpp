/* Events of a plugin's: the handlers that the other side has added. */
#ifndef NATIVE_PLUGINS_EVENTS_HPP
#define NATIVE_PLUGINS_EVENTS_HPP

#include "native_plugins/objects.hpp"

#include <mutex>

namespace np {

/** The event of a contract, as a member of the class that implements it, with the event's name: `np::event<SearchIndexed> indexed;`, and
 * where something has been indexed `indexed.raise("an article")`. Any thread may raise it, and add and remove handlers, a handler too: that
 * holds for the next raise. One that has begun calls the handlers that there were, and keeps each until it has ended; of a handler that has
 * been removed the application sees to it that nothing runs. */
template <class C> class event {
public:
    event() = default;
    event(const event &) = delete;
    event &operator=(const event &) = delete;

    /** Calls the handlers one after the other, up to the first that fails, whose error it throws. */
    template <class... A> void raise(const A &...arguments) {
        for (const auto &handler : npHandlers()) {
            (*handler)->invoke(arguments...);
        }
    }

    /** How many handlers there are. */
    size_t size() const { return npHandlers().size(); }

    /* For generated code. */
    void npAdd(const np_object *handler) {
        const np_object raw = object<C>::npOf(handler, "handler").npLeave();
        if (raw.table == nullptr) {
            throw error(NP_E_INVALID_ARGUMENT, "handler is NULL");
        }
        /* The caller's, until there is a place for it. */
        const std::shared_ptr<object<C>> added(new object<C>);
        const std::lock_guard<std::mutex> entered(lock_);
        handlers_.push_back(added);
        *added = object<C>::npOf(&raw, "handler");
    }

    void npRemove(const np_object *handler) {
        read_argument("handler", [&] { (void)aligned(handler); return 0; });
        /* Its release is the other side's code, and so runs without the lock. */
        std::shared_ptr<object<C>> removed;
        const std::lock_guard<std::mutex> entered(lock_);
        for (auto added = handlers_.end(); added != handlers_.begin();) {
            const np_object &raw = (*--added)->npRaw();
            if (raw.context == handler->context && raw.table == handler->table) {
                removed = std::move(*added);
                handlers_.erase(added);
                return;
            }
        }
        throw error(NP_E_NOT_FOUND, "there is no such handler");
    }

private:
    using handlers = std::vector<std::shared_ptr<object<C>>>;

    handlers npHandlers() const {
        const std::lock_guard<std::mutex> entered(lock_);
        return handlers_;
    }

    mutable std::mutex lock_;
    handlers handlers_;
};

} // namespace np

#endif /* NATIVE_PLUGINS_EVENTS_HPP */
