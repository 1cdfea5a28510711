/* test.callbacks/1 and test.signals/1: it calls what it is lent, raises events, and listens to those of the application. */
#ifndef CALLBACKS_HPP
#define CALLBACKS_HPP

#include "common.hpp"

#include <mutex>

// One call of `read` follows the other, wherever that completes.
struct Summing {
    CallbacksSumLaterRead read;
    np::cancellation cancellation;
    int32_t left;
    np::completion<int32_t> completion;
    int32_t next = 0, sum = 0;

    static void step(std::unique_ptr<Summing> self) {
        if (self->left-- == 0) {
            self->completion.complete(self->sum);
            return;
        }
        const CallbacksSumLaterRead read = self->read;
        const np::cancellation cancellation = self->cancellation;
        const int32_t number = self->next++;
        const auto shared = std::make_shared<std::unique_ptr<Summing>>(std::move(self));
        try {
            read.invoke(number, cancellation, [shared](const np::outcome<int32_t> &outcome) {
                std::unique_ptr<Summing> then = std::move(*shared);
                try {
                    then->sum += outcome.get();
                } catch (...) {
                    then->completion.fail_with_current_exception();
                    return;
                }
                step(std::move(then));
            });
        } catch (...) {
            (*shared)->completion.fail_with_current_exception();
        }
    }
};

struct OwnCallbacks {
    std::optional<CallbacksKeepTooLongDone> kept;

    void visit_all(int32_t count, CallbacksVisitAllVisit visit) {
        for (int32_t i = 0; i < count; i++) {
            visit.invoke(i);
        }
    }

    int32_t count(const np::list<np::text> &texts, std::optional<CallbacksCountMatches> matches) {
        return static_cast<int32_t>(std::count_if(texts.begin(), texts.end(), [&](const np::text &text) { return !matches.has_value() || matches->invoke(text); }));
    }

    void describe(const std::optional<Person> &person, std::optional<std::string_view> prefix, CallbacksDescribeDescriber describer,
                  np::result<std::optional<np::text>> &result) {
        describer.invoke(person, prefix, [&](const std::optional<np::text> &description) { result.put(description); });
    }

    int64_t combine(np::span<const int32_t> values, CallbacksCombineCombiner combiner) {
        const size_t half = values.size() / 2;
        int64_t whole = 0;
        return combiner.invoke(values.subspan(0, half), whole) && combiner.invoke(values.subspan(half, values.size() - half), whole) ? whole : -1;
    }

    void sum_later(int32_t count, CallbacksSumLaterRead read, np::cancellation cancellation_token, np::completion<int32_t> &&completion) {
        Summing::step(std::unique_ptr<Summing>(new Summing{read, cancellation_token, count, std::move(completion)}));
    }

    void keep_too_long(CallbacksKeepTooLongDone done, np::result<std::string_view> &result) {
        const auto before = std::exchange(kept, done);
        try {
            if (before.has_value()) {
                before->invoke();
            }
            result.put(before.has_value() ? "it was called" : "");
        } catch (const np::error &e) {
            result.put(e.code() == NP_E_INVALID_STATE ? "refused" : e.what());
        }
    }

    void nest(CallbacksNestTake take) {
        int taken = 0;
        np::callable own{[&](std::string_view value) {
            if (value != "told") {
                throw np::error(NP_E_INVALID_STATE, "told something else");
            }
            taken++;
        }};
        take.invoke(own, nullptr);
        if (taken != 1) {
            throw std::runtime_error("not told once");
        }
    }
};

struct OwnSignals {
    np::event<SignalsChanged> changed;
    np::event<SignalsClosed> closed;
    np::event<SignalsMoved> moved;
    std::mutex lock;
    std::string all_heard;
    std::vector<np::object<Feed>> feeds;
    np::given<FeedSaid> hearing = np::handler<FeedSaid>([this](std::string_view said) {
        const std::lock_guard<std::mutex> entered(lock);
        all_heard += said;
    });

    void raise(int32_t value) { changed.raise(value); }
    void raise_others(const Person &person) {
        closed.raise();
        moved.raise(person);
    }
    int32_t count_handlers() { return static_cast<int32_t>(changed.size()); }

    void follow(np::object<Feed> feed) {
        feed->add_said(hearing);
        feeds.push_back(std::move(feed));
    }

    void heard(np::result<std::string_view> &result) {
        const std::lock_guard<std::mutex> entered(lock);
        result.put(all_heard);
    }

    void stop_listening() {
        for (const auto &feed : feeds) {
            feed->remove_said(hearing);
        }
    }

    void drop_feeds() { feeds.clear(); }

    void open(SignalsOpenOpen open, np::result<std::string_view> &result) {
        const np::object<Session> session = open.invoke("asked for");
        result.put(session ? session->get_name() : "none");
    }
};

#endif
