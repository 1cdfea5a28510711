/* test.streams/1: it gives streams, and pulls those of the caller. */
#ifndef STREAMS_HPP
#define STREAMS_HPP

#include "common.hpp"

struct OpenStream {
    std::atomic<int32_t> &open;
    explicit OpenStream(std::atomic<int32_t> &count) : open(count) { open++; }
    ~OpenStream() { open--; }
};

// Ten numbers at a time.
struct CountedNumbers : OpenStream {
    int32_t at = 0, end, fail_at;

    CountedNumbers(std::atomic<int32_t> &count, int32_t numbers, int32_t failing) : OpenStream(count), end(numbers), fail_at(failing) {}

    void next(uint32_t most, np::cancellation cancellation, np::completion<np::list<int32_t>> &&completion) {
        cancellation.throw_if_cancelled();
        std::vector<int32_t> numbers;
        while (numbers.size() < 10 && numbers.size() < most && at < end && at != fail_at) {
            numbers.push_back(at++);
        }
        if (numbers.empty() && at == fail_at) {
            throw np::error(NP_E_UNSUPPORTED, "not that one");
        }
        completion.complete(np::list<int32_t>(numbers));
    }
};

// One person at a time.
struct Named : OpenStream {
    std::vector<std::string> names;
    size_t at = 0;

    Named(std::atomic<int32_t> &count, const np::list<np::text> &of) : OpenStream(count), names(of.begin(), of.end()) {}

    void next(uint32_t, np::cancellation, np::completion<np::list<np::optional_ref<Person>>> &&completion) {
        Person person;
        person.age = 36;
        np::optional_ref<Person> item;
        if (at < names.size() && !names[at].empty()) {
            person.name = names[at];
            item = person;
        }
        completion.complete(np::list<np::optional_ref<Person>>(&item, at++ < names.size() ? 1 : 0));
    }
};

// One number, and then nothing.
struct Waiting : OpenStream {
    bool has_begun = false;

    using OpenStream::OpenStream;

    void next(uint32_t, np::cancellation cancellation, np::completion<np::list<int64_t>> &&completion) {
        static const int64_t one[] = {1};
        if (!std::exchange(has_begun, true)) {
            completion.complete(np::list<int64_t>(one));
            return;
        }
        std::thread([cancellation, completion = std::move(completion)]() mutable {
            while (!cancellation.is_cancelled()) {
                nap();
            }
            completion.fail(NP_E_CANCELLED, "");
        }).detach();
    }
};

// One call of `next` follows the other, wherever that completes.
struct Pulling : std::enable_shared_from_this<Pulling> {
    np::object<StreamsSumNumbers> numbers;
    int32_t left;
    np::cancellation cancellation;
    np::completion<int64_t> completion;
    int64_t sum = 0;

    Pulling(np::object<StreamsSumNumbers> of, int32_t most, np::cancellation cancelled, np::completion<int64_t> &&ending)
        : numbers(std::move(of)), left(most), cancellation(cancelled), completion(std::move(ending)) {}

    void pull() {
        try {
            numbers->next(64, cancellation, [self = shared_from_this()](const np::outcome<np::list<int32_t>> &outcome) { self->take(outcome); });
        } catch (...) {
            fail();
        }
    }

    void take(const np::outcome<np::list<int32_t>> &outcome) {
        try {
            const np::list<int32_t> items = outcome.get();
            for (const int32_t item : items) {
                if (left-- == 0) {
                    return end();
                }
                sum += item;
            }
            return items.empty() ? end() : pull();
        } catch (...) {
            fail();
        }
    }

    void end() {
        numbers = {};
        completion.complete(sum);
    }

    void fail() {
        numbers = {};
        if (completion.is_open()) {
            completion.fail_with_current_exception();
        }
    }
};

struct OwnStreams {
    std::atomic<int32_t> open{0};
    np::object<StreamsKeepTexts> kept;

    void count(int32_t count, int32_t fail_at, np::result<np::given<StreamsCountItems>> &result) { result.put(np::make<CountedNumbers>(open, count, fail_at)); }

    void name_all(const std::optional<np::list<np::text>> &names, np::result<np::given<StreamsNameAllItems>> &result) {
        result.put(names.has_value() ? np::make<Named>(open, *names) : nullptr);
    }

    void wait(np::result<np::given<StreamsWaitItems>> &result) { result.put(np::make<Waiting>(open)); }
    int32_t count_open() { return open; }

    void sum(np::object<StreamsSumNumbers> numbers, int32_t most, np::cancellation cancellation_token, np::completion<int64_t> &&completion) {
        std::make_shared<Pulling>(std::move(numbers), most, cancellation_token, std::move(completion))->pull();
    }

    bool keep(np::object<StreamsKeepTexts> texts) {
        kept = std::move(texts);
        return static_cast<bool>(kept);
    }

    void next_kept(np::completion<std::optional<np::text>> &&completion) {
        const auto ending = std::make_shared<np::completion<std::optional<np::text>>>(std::move(completion));
        kept->next(1, np::cancellation(), [this, ending](const np::outcome<np::list<np::text>> &outcome) {
            try {
                const np::list<np::text> texts = outcome.get();
                if (texts.empty()) {
                    kept = {};
                    ending->complete(std::nullopt);
                } else {
                    ending->complete(texts[0]);
                }
            } catch (...) {
                kept = {};
                ending->fail_with_current_exception();
            }
        });
    }
};

#endif
