// A program that does to a stream in C++ what no host should, and answers its calls as no stream should. It prints what comes of each.
#include "hostile.hpp"

// How many bytes are asked for says what it does.
struct Odd {
    size_t read(np::span<uint8_t> buffer) {
        if (buffer.size() == 1) {
            throw std::runtime_error("as it was asked to");
        }
        if (buffer.size() == 2) {
            throw np::error(NP_E_IO, "a bad sector");
        }
        return buffer.size() + 1;
    }

    void write(np::span<const uint8_t>, np::cancellation cancellation) { cancellation.throw_if_cancelled(); }
    int64_t seek(int64_t offset, np::origin) { return offset; }
    int64_t get_length() { return 5; }
    void set_length(int64_t) {}

    void read_async(np::span<uint8_t> buffer, np::cancellation, np::completion<size_t> &&completion) {
        if (buffer.size() == 1) {
            throw np::error(NP_E_IO, "a bad sector");
        }
        const np::completion<size_t> dropped = std::move(completion);
    }
};

static void misuse() {
    const np_stream &table = np::table<np::stream, Odd>;
    Odd odd;
    uint8_t bytes[3] = {};
    size_t count = 7;
    int64_t place = 0;
    const auto call = [&](const char *name, auto &&function) { answer_of(name, [&](const np_error_sink *e) { return function(&odd, e); }); };
    call("buffer at NULL", [&](void *c, const np_error_sink *e) { return table.read(c, nullptr, 3, &count, nullptr, e); });
    call("count at NULL", [&](void *c, const np_error_sink *e) { return table.read(c, bytes, 3, nullptr, nullptr, e); });
    call("exception", [&](void *c, const np_error_sink *e) { return table.read(c, bytes, 1, &count, nullptr, e); });
    call("error", [&](void *c, const np_error_sink *e) { return table.read(c, bytes, 2, &count, nullptr, e); });
    call("more than was asked for", [&](void *c, const np_error_sink *e) { return table.read(c, bytes, 3, &count, nullptr, e); });
    call("data at NULL", [&](void *c, const np_error_sink *e) { return table.write(c, nullptr, 3, nullptr, e); });
    call("no data at NULL", [&](void *c, const np_error_sink *e) { return table.write(c, nullptr, 0, nullptr, e); });
    call("origin that is none", [&](void *c, const np_error_sink *e) { return table.seek(c, 0, 3, &place, e); });
    call("position at NULL", [&](void *c, const np_error_sink *e) { return table.seek(c, 0, NP_SEEK_END, nullptr, e); });
    call("length at NULL", [&](void *c, const np_error_sink *e) { return table.get_length(c, nullptr, e); });
    call("length below 0", [&](void *c, const np_error_sink *e) { return table.set_length(c, -1, e); });
    call("no completion", [&](void *c, const np_error_sink *e) { return table.read_async(c, bytes, 3, nullptr, nullptr, e); });
    std::string text;
    np_completion completion{};
    completion.struct_size = sizeof(completion);
    completion.context = &text;
    completion.complete = take_end;
    call("error before it has begun", [&](void *c, const np_error_sink *e) { return table.read_async(c, bytes, 1, nullptr, &completion, e); });
    std::printf("it completed: %s\n", text.c_str());
    call("completion that is dropped", [&](void *c, const np_error_sink *e) { return table.read_async(c, bytes, 3, nullptr, &completion, e); });
    std::printf("it completed: %s\n", text.c_str());
    std::printf("count is %zu, flush is %s, flush_async is %s\n", count, table.flush == nullptr ? "NULL" : "there", table.flush_async == nullptr ? "NULL" : "there");
}

static int32_t NP_CALL read_one_more(void *, void *, size_t size, size_t *count, const np_cancellation *, const np_error_sink *) {
    *count = size + 1;
    return NP_OK;
}

static int32_t NP_CALL read_one_more_later(void *, void *, size_t size, const np_cancellation *, const np_completion *completion, const np_error_sink *error) {
    const size_t count = size + 1;
    return size == 1 ? np_fail(error, NP_E_IO, NP_TEXT("a bad sector")) : completion->complete(completion->context, NP_OK, &count, size == 2 ? 4 : sizeof(count), nullptr);
}

static int32_t NP_CALL seek_below(void *, int64_t, int32_t, int64_t *position, const np_error_sink *) {
    *position = -1;
    return NP_OK;
}

static int32_t NP_CALL length_below(void *, int64_t *length, const np_error_sink *) {
    *length = -1;
    return NP_OK;
}

static void mistrust() {
    np_stream table{};
    table.struct_size = sizeof(table);
    table.read = read_one_more;
    table.seek = seek_below;
    table.get_length = length_below;
    table.read_async = read_one_more_later;
    np_object raw{};
    raw.struct_size = sizeof(raw);
    raw.table = &table;
    raw.release = release;
    auto stream = np::object<np::stream>::npOf(&raw, "value");
    uint8_t bytes[3];
    answer_of("too many", [&] { (void)stream->read(bytes); });
    answer_of("position below 0", [&] { (void)stream->get_position(); });
    answer_of("length below 0", [&] { (void)stream->get_length(); });
    answer_of("no write", [&] { stream->write("text"); });
    answer_of("no set_length", [&] { stream->set_length(0); });
    answer_of("no flush", [&] { stream->flush(); });
    const auto later = [&](const char *name, size_t size) {
        answer_of(name, [&] {
            stream->read_async(np::span<uint8_t>(bytes, size), np::cancellation(), [&](const np::outcome<size_t> &outcome) {
                answer_of("it ended", [&] { (void)outcome.get(); });
            });
        });
    };
    later("later, too many", 3);
    later("later, cut off", 2);
    later("later, not accepted", 1);
    answer_of("no write_async", [&] { stream->write_async(np::span<const uint8_t>(bytes), np::cancellation(), [](const np::outcome<void> &) {}); });
    table.struct_size = 16;
    answer_of("table that is too short", [&] { (void)stream->read(bytes); });
    answer_of("release", [&] { stream.release(); });
    answer_of("read after it", [&] { (void)stream->read(bytes); });
    answer_of("flush after it", [&] { stream->flush(); });
    answer_of("second release", [&] { stream.release(); });
    std::printf("%d releases\n", releases);
}

int main() {
    misuse();
    mistrust();
}
