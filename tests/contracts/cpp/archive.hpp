/* test.archive/1: it gives objects away, and keeps others. */
#ifndef ARCHIVE_HPP
#define ARCHIVE_HPP

#include "common.hpp"

#include <mutex>

struct Counts {
    std::atomic<int32_t> open{0}, flushed{0};
};

struct OwnShelf {
    std::atomic<int32_t> asked{0};

    int32_t ask() { return ++asked; }
};

struct OwnFlushed {
    Counts &counts;
    std::atomic<int32_t> sum{0};

    void add(int32_t value) { sum += value; }

    void finish(np::completion<void> &&completion) {
        if (sum < 0) {
            throw np::error(NP_E_UNSUPPORTED, "cannot flush");
        }
        counts.flushed += sum;
        completion.complete();
    }
};

struct OwnSession;

struct OwnCursor {
    np::weak<OwnSession> of;
    int32_t end;
    Counts &counts;
    std::atomic<int32_t> at{0};

    OwnCursor(const np::owned<OwnSession> &session, int32_t count, Counts &all) : of(session), end(count), counts(all) { counts.open++; }
    ~OwnCursor() { counts.open--; }

    bool try_read(int32_t &value) {
        value = at++;
        return value < end;
    }

    void get_session(np::result<np::given<Session>> &result);
};

struct OwnSession {
    std::string name;
    Counts &counts;
    std::mutex lock;
    std::optional<np::completion<std::string_view>> waiting;

    OwnSession(std::string_view of, Counts &all) : name(of), counts(all) { counts.open++; }
    ~OwnSession() { counts.open--; }

    void get_name(np::result<std::string_view> &result) { result.put(name); }

    // A cursor does not keep its session, which may end before it.
    void query(int32_t count, np::result<np::given<Cursor>> &result) { result.put(np::make<OwnCursor>(np::owned<OwnSession>::of(*this), count, counts)); }

    int32_t count(int32_t steps, ProgressSink progress) {
        for (int32_t step = 0; step < steps; step++) {
            (void)progress.report(step, name);
        }
        return steps;
    }

    void get_name_later(np::completion<std::string_view> &&completion) {
        const std::lock_guard<std::mutex> entered(lock);
        waiting = std::move(completion);
    }

    void complete() {
        std::optional<np::completion<std::string_view>> one;
        {
            const std::lock_guard<std::mutex> entered(lock);
            one.swap(waiting);
        }
        if (one.has_value()) {
            one->complete(name);
        }
    }

    void dispose() {
        if (name == "bad") {
            throw np::error(NP_E_INVALID_STATE, "a bad end");
        }
    }
};

inline void OwnCursor::get_session(np::result<np::given<Session>> &result) {
    auto session = of.lock();
    if (!session) {
        throw np::error(NP_E_INVALID_STATE, "the session has ended");
    }
    result.put(session);
}

struct OwnArchive {
    Counts counts;
    np::owned<OwnShelf> shelf = np::make<OwnShelf>();
    std::mutex lock;
    std::vector<np::weak<OwnSession>> sessions;
    std::vector<np::object<Outlet>> outlets;

    np::owned<OwnSession> opened(std::string_view name) {
        auto session = np::make<OwnSession>(name, counts);
        const std::lock_guard<std::mutex> entered(lock);
        sessions.push_back(session);
        return session;
    }

    np::owned<OwnSession> opened_unless_empty(std::string_view name) { return name.empty() ? nullptr : opened(name); }

    void open(std::string_view name, np::result<np::given<Session>> &result) { result.put(opened(name)); }
    void try_open(std::string_view name, np::result<np::given<Session>> &result) { result.put(opened_unless_empty(name)); }
    void open_later(std::string_view name, np::completion<np::given<Session>> &&completion) { completion.complete(opened(name)); }
    void try_open_later(std::string_view name, np::completion<np::given<Session>> &&completion) { completion.complete(opened_unless_empty(name)); }

    void last(np::result<np::given<Session>> &result) {
        np::owned<OwnSession> found;
        {
            const std::lock_guard<std::mutex> entered(lock);
            for (size_t i = sessions.size(); i-- > 0 && !found;) {
                found = sessions[i].lock();
            }
        }
        result.put(found);
    }

    void get_shelf(np::result<np::given<TestShelf1>> &result) { result.put(shelf); }
    int32_t count_open() { return counts.open; }
    void open_flushed(np::result<np::given<Flushed>> &result) { result.put(np::make<OwnFlushed>(counts)); }
    int32_t sum_flushed() { return counts.flushed; }

    void keep(np::object<Outlet> outlet, bool fails) {
        if (fails) {
            throw np::error(NP_E_INVALID_STATE, "refused");
        }
        const std::lock_guard<std::mutex> entered(lock);
        outlets.push_back(std::move(outlet));
    }

    void keep_later(np::object<Outlet> outlet, np::completion<void> &&completion) {
        if (outlet) {
            const std::lock_guard<std::mutex> entered(lock);
            outlets.push_back(std::move(outlet));
        }
        completion.complete();
    }

    int32_t write_all(std::string_view text) {
        const std::lock_guard<std::mutex> entered(lock);
        for (const auto &outlet : outlets) {
            outlet->write(text);
            outlet->open("inner")->write(text);
        }
        return static_cast<int32_t>(outlets.size());
    }

    void drop_all() {
        std::vector<np::object<Outlet>> all;
        {
            const std::lock_guard<std::mutex> entered(lock);
            all.swap(outlets);
        }
        for (auto &outlet : all) {
            outlet.release();
        }
    }

    void give_back(np::result<np::given<Outlet>> &result) {
        np::object<Outlet> last;
        {
            const std::lock_guard<std::mutex> entered(lock);
            if (!outlets.empty()) {
                last = std::move(outlets.back());
                outlets.pop_back();
            }
        }
        result.put(std::move(last));
    }
};

#endif
