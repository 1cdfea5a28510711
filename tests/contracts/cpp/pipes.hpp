/* test.pipes/1: it gives streams of bytes, and reads and writes those of the caller. */
#ifndef PIPES_HPP
#define PIPES_HPP

#include "streams.hpp"

struct Drained {
    std::atomic<int64_t> bytes{0};
    std::atomic<int32_t> flushes{0};
};

struct CountedBytes : OpenStream {
    int32_t at = 0, end, most, fail_at;

    CountedBytes(std::atomic<int32_t> &count, int32_t bytes, int32_t at_once, int32_t failing)
        : OpenStream(count), end(bytes), most(at_once), fail_at(failing) {}

    size_t read(np::span<uint8_t> buffer, np::cancellation cancellation) {
        cancellation.throw_if_cancelled();
        if (at == fail_at && !buffer.empty()) {
            throw np::error(NP_E_IO, "a bad sector");
        }
        size_t count = 0;
        while (count < buffer.size() && at < end && at != fail_at && (most == 0 || count < static_cast<size_t>(most))) {
            buffer[count++] = static_cast<uint8_t>(at++ % 251);
        }
        return count;
    }

    void dispose() {
        if (fail_at == -2) {
            throw np::error(NP_E_IO, "the disk is full");
        }
    }
};

// Memory that grows.
struct StoredBytes : OpenStream {
    std::vector<uint8_t> bytes;
    size_t at = 0;

    using OpenStream::OpenStream;

    size_t read(np::span<uint8_t> buffer) {
        if (at >= bytes.size()) {
            return 0;
        }
        const size_t count = std::min(buffer.size(), bytes.size() - at);
        std::copy_n(bytes.data() + at, count, buffer.begin());
        at += count;
        return count;
    }

    void write(np::span<const uint8_t> data) {
        bytes.resize(std::max(bytes.size(), at + data.size()));
        std::copy(data.begin(), data.end(), bytes.data() + at);
        at += data.size();
    }

    int64_t seek(int64_t offset, np::origin from) {
        const size_t base = from == np::origin::begin ? 0 : from == np::origin::current ? at : bytes.size();
        const int64_t to = static_cast<int64_t>(base) + offset;
        if (to < 0) {
            throw np::error(NP_E_IO, "before the beginning");
        }
        at = static_cast<size_t>(to);
        return to;
    }

    int64_t get_length() { return static_cast<int64_t>(bytes.size()); }
    void set_length(int64_t length) { bytes.resize(static_cast<size_t>(length)); }
};

struct DrainingBytes : OpenStream {
    Drained &drained;

    DrainingBytes(std::atomic<int32_t> &count, Drained &into) : OpenStream(count), drained(into) {}

    void write(np::span<const uint8_t> data) { drained.bytes += static_cast<int64_t>(data.size()); }
    void flush() { drained.flushes++; }

    void write_async(np::span<const uint8_t> data, np::cancellation, np::completion<void> &&completion) {
        write(data);
        completion.complete();
    }

    void flush_async(np::cancellation, np::completion<void> &&completion) {
        flush();
        completion.complete();
    }
};

// One byte, and then nothing.
struct WaitingBytes : OpenStream {
    std::atomic<int32_t> reads{0};

    using OpenStream::OpenStream;

    size_t read(np::span<uint8_t> buffer, np::cancellation cancellation) {
        if (reads++ == 0 && !buffer.empty()) {
            buffer[0] = 1;
            return 1;
        }
        while (!cancellation.is_cancelled()) {
            nap();
        }
        throw np::error(NP_E_CANCELLED, "");
    }

    void read_async(np::span<uint8_t> buffer, np::cancellation cancellation, np::completion<size_t> &&completion) {
        if (reads == 0) {
            completion.complete(read(buffer, cancellation));
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

// One read follows the other, wherever that ends.
struct SummingBytes : std::enable_shared_from_this<SummingBytes> {
    np::object<np::stream> bytes;
    np::cancellation cancellation;
    np::completion<int64_t> completion;
    int64_t sum = 0;
    uint8_t buffer[100];

    SummingBytes(np::object<np::stream> of, np::cancellation cancelled, np::completion<int64_t> &&ending)
        : bytes(std::move(of)), cancellation(cancelled), completion(std::move(ending)) {}

    void read() {
        bytes->read_async(buffer, cancellation, [self = shared_from_this()](const np::outcome<size_t> &outcome) { self->take(outcome); });
    }

    void take(const np::outcome<size_t> &outcome) {
        try {
            const size_t count = outcome.get();
            for (size_t i = 0; i < count; i++) {
                sum += buffer[i];
            }
            if (count > 0) {
                return read();
            }
            bytes.release();
            completion.complete(sum);
        } catch (...) {
            bytes = {};
            completion.fail_with_current_exception();
        }
    }
};

inline std::vector<uint8_t> counted_bytes(int32_t count) {
    std::vector<uint8_t> bytes;
    for (int32_t i = 0; i < count; i++) {
        bytes.push_back(static_cast<uint8_t>(i % 251));
    }
    return bytes;
}

// What is written stays in its place until the end of the call.
struct FillingBytes : std::enable_shared_from_this<FillingBytes> {
    np::object<np::stream> target;
    std::vector<uint8_t> bytes;
    np::cancellation cancellation;
    np::completion<void> completion;

    FillingBytes(np::object<np::stream> to, int32_t count, np::cancellation cancelled, np::completion<void> &&ending)
        : target(std::move(to)), bytes(counted_bytes(count)), cancellation(cancelled), completion(std::move(ending)) {}

    void write() {
        target->write_async(bytes, cancellation, [self = shared_from_this()](const np::outcome<void> &outcome) { self->then(outcome, &FillingBytes::flush); });
    }

    void flush() {
        target->flush_async(cancellation, [self = shared_from_this()](const np::outcome<void> &outcome) { self->then(outcome, &FillingBytes::end); });
    }

    void end() {
        target.release();
        completion.complete();
    }

    void then(const np::outcome<void> &outcome, void (FillingBytes::*step)()) {
        try {
            outcome.check();
            (this->*step)();
        } catch (...) {
            target = {};
            completion.fail_with_current_exception();
        }
    }
};

struct OwnPipes {
    std::atomic<int32_t> open{0};
    Drained drained;
    np::object<np::stream> kept;

    void count(int32_t count, int32_t most, int32_t fail_at, np::result<np::given<np::stream>> &result) {
        result.put(np::make<CountedBytes>(open, count, most, fail_at));
    }

    np::owned<StoredBytes> stored(bool is_there) { return is_there ? np::make<StoredBytes>(open) : nullptr; }

    void store(bool is_there, np::result<np::given<np::stream>> &result) { result.put(stored(is_there)); }
    void store_later(np::completion<np::given<np::stream>> &&completion) { completion.complete(stored(true)); }
    void try_store_later(bool is_there, np::completion<np::given<np::stream>> &&completion) { completion.complete(stored(is_there)); }
    void drain(np::result<np::given<np::stream>> &result) { result.put(np::make<DrainingBytes>(open, drained)); }

    void get_drained(int64_t &bytes, int32_t &flushes) {
        bytes = drained.bytes;
        flushes = drained.flushes;
    }

    void wait(np::result<np::given<np::stream>> &result) { result.put(np::make<WaitingBytes>(open)); }
    int32_t count_open() { return open; }

    int64_t sum(np::object<np::stream> bytes) {
        int64_t sum = 0;
        uint8_t buffer[100];
        while (const size_t count = bytes->read(buffer)) {
            for (size_t i = 0; i < count; i++) {
                sum += buffer[i];
            }
        }
        bytes.release();
        return sum;
    }

    void sum_later(np::object<np::stream> bytes, np::cancellation cancellation_token, np::completion<int64_t> &&completion) {
        std::make_shared<SummingBytes>(std::move(bytes), cancellation_token, std::move(completion))->read();
    }

    void fill(np::object<np::stream> target, int32_t count) {
        const std::vector<uint8_t> bytes = counted_bytes(count);
        target->write(bytes);
        target->flush();
        target.release();
    }

    void fill_later(np::object<np::stream> target, int32_t count, np::cancellation cancellation_token, np::completion<void> &&completion) {
        std::make_shared<FillingBytes>(std::move(target), count, cancellation_token, std::move(completion))->write();
    }

    int32_t examine(np::object<np::stream> stream, int64_t &length) {
        length = stream->can_seek() ? stream->get_length() : -1;
        const int32_t abilities = (stream->can_read() ? 1 : 0) | (stream->can_write() ? 2 : 0) | (stream->can_seek() ? 4 : 0);
        if (abilities == 7) {
            stream->set_length(0);
        }
        stream.release();
        return abilities;
    }

    bool keep(np::object<np::stream> stream) {
        kept = std::move(stream);
        return static_cast<bool>(kept);
    }

    int32_t read_kept() {
        uint8_t byte[1];
        return kept->read(byte) == 1 ? byte[0] : -1;
    }

    void drop_kept() { kept.release(); }
};

#endif
