/* test.work/2, test.tasks/1, test.serial/1, test.store_user/1 and test.evolving/1. */
#ifndef WORK_HPP
#define WORK_HPP

#include "common.hpp"

#include <mutex>

inline int32_t count_steps(int32_t steps, const std::optional<ProgressSink> &progress) {
    for (int32_t step = 1; step <= steps && progress.has_value(); step++) {
        if (!progress->report(static_cast<double>(step) / steps, "step " + std::to_string(step))) {
            return step;
        }
    }
    return steps;
}

inline void fail_as(std::string_view how) {
    if (how == "argument") {
        throw std::invalid_argument("bad argument");
    }
    if (how == "operation") {
        throw np::error(NP_E_INVALID_STATE, "bad operation");
    }
    if (how == "supported") {
        throw np::error(NP_E_UNSUPPORTED, "not supported");
    }
    if (how == "cancelled") {
        throw np::error(NP_E_CANCELLED, "cancelled by itself");
    }
    if (how == "memory") {
        throw np::error(NP_E_OUT_OF_MEMORY, "no memory");
    }
    if (how == "other") {
        throw std::runtime_error("too late");
    }
}

struct OwnWork {
    std::mutex lock;
    std::vector<std::pair<np::completion<int32_t>, int32_t>> waiting;

    int32_t add(int32_t a, int32_t b) { return wrapping_add(a, b); }
    int32_t add_fast(int32_t a, int32_t b) { return wrapping_add(a, b); }
    int32_t count(int32_t steps, ProgressSink progress) { return count_steps(steps, progress); }
    int32_t count_optional(int32_t steps, std::optional<ProgressSink> progress) { return count_steps(steps, progress); }
    void fail(std::string_view how) { fail_as(how); }

    bool wait_for_cancellation(std::optional<ProgressSink> progress, np::cancellation cancellation_token) {
        if (progress.has_value()) {
            (void)progress->report(0, "waiting");
        }
        while (cancellation_token.can_be_cancelled() && !cancellation_token.is_cancelled()) {
            nap();
        }
        return cancellation_token.can_be_cancelled();
    }

    void add_later(int32_t a, int32_t b, bool is_later, np::completion<int32_t> &&completion) {
        if (is_later) {
            const std::lock_guard<std::mutex> entered(lock);
            waiting.emplace_back(std::move(completion), wrapping_add(a, b));
        } else {
            completion.complete(wrapping_add(a, b));
        }
    }

    void complete() {
        decltype(waiting) all;
        {
            const std::lock_guard<std::mutex> entered(lock);
            all.swap(waiting);
        }
        for (auto &one : all) {
            one.first.complete(one.second);
        }
    }

    void reverse(np::span<uint8_t> bytes, np::span<const uint8_t> added, np::cancellation, np::completion<void> &&completion) {
        std::reverse(bytes.begin(), bytes.end());
        for (size_t i = 0; i < bytes.size() && i < added.size(); i++) {
            bytes[i] = static_cast<uint8_t>(bytes[i] + added[i]);
        }
        completion.complete();
    }

    void echo_text(std::string_view value, np::cancellation, np::completion<std::string_view> &&completion) { completion.complete(value); }
    void echo_boxes(np::span<const Box> values, np::completion<np::elements<Box>> &&completion) { completion.complete(values); }
    void negate(bool value, np::completion<np::flag> &&completion) { completion.complete(!value); }

    void wait_later(np::cancellation cancellation_token, np::completion<void> &&completion) {
        std::thread([cancellation_token, completion = std::move(completion)]() mutable {
            while (!cancellation_token.is_cancelled()) {
                nap();
            }
            completion.fail(NP_E_CANCELLED, "");
        }).detach();
    }

    void fail_later(std::string_view how, np::completion<void> &&completion) {
        fail_as(how);
        completion.complete();
    }

    void count_later(int32_t steps, ProgressSink progress, np::cancellation, np::completion<int32_t> &&completion) {
        std::thread([steps, progress, completion = std::move(completion)]() mutable {
            try {
                completion.complete(count_steps(steps, progress));
            } catch (...) {
                completion.fail_with_current_exception();
            }
        }).detach();
    }
};

struct OwnSerial {
    std::atomic<int32_t> inside{0}, most_inside{0};

    int32_t most(std::optional<ProgressSink> progress) {
        struct entered {
            std::atomic<int32_t> &count;
            ~entered() { count--; }
        };
        const int32_t now = ++inside;
        const entered leave{inside};
        most_inside = std::max(most_inside.load(), now);
        if (progress.has_value()) {
            (void)progress->report(0, "inside");
        }
        return most_inside;
    }

    void most_later(np::cancellation, np::completion<int32_t> &&completion) { completion.complete(most(std::nullopt)); }
};

struct OwnStoreUser {
    np::host host;

    void fetch(std::string_view key, np::result<std::string_view> &result) {
        const auto store = host.contract<Store>();
        result.put(store.has_value() ? store->read(key) : "no store");
    }

    void keep(std::string_view key, np::span<const uint8_t> value) {
        const auto store = host.contract<Store>();
        if (!store.has_value()) {
            throw np::error(NP_E_NOT_FOUND, "no store");
        }
        store->write(key, value);
    }
};

struct OwnEvolving {
    int32_t add(int32_t a, int32_t b) { return a + b; }
    void get_name(np::result<std::string_view> &result) { result.put("new"); }
    int32_t multiply(int32_t a, int32_t b) { return 1000 + a * b; }
    void get_origin(np::result<std::string_view> &result) { result.put("made in C++"); }
};

#endif
