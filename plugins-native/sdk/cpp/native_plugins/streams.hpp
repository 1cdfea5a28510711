/* Streams of bytes, the same in every contract: np.stream/1, whose table is np_stream. */
#ifndef NATIVE_PLUGINS_STREAMS_HPP
#define NATIVE_PLUGINS_STREAMS_HPP

#include "native_plugins/objects.hpp"

namespace np {

/** What the offset of a seek counts from. */
enum class origin : int32_t { begin = NP_SEEK_BEGIN, current = NP_SEEK_CURRENT, end = NP_SEEK_END };

template <class T> struct stream_functions;

/** A stream of bytes of the other side's: np::object<np::stream> owns one, and has these members by `->`. One call at a time; what cannot
 * seek may be read and written at the same time. What fails throws an error: one of NP_E_UNSUPPORTED where the stream cannot do that.
 *
 * A class implements one with those of these members that it can do, of which read or write is one:
 *     size_t read(np::span<uint8_t> buffer, np::cancellation cancellation);
 *     void write(np::span<const uint8_t> data, np::cancellation cancellation);
 *     void flush(np::cancellation cancellation);
 *     int64_t seek(int64_t offset, np::origin from);
 *     int64_t get_length();
 *     void set_length(int64_t length);
 *     void read_async(np::span<uint8_t> buffer, np::cancellation cancellation, np::completion<size_t> &&completion);
 *     void write_async(np::span<const uint8_t> data, np::cancellation cancellation, np::completion<void> &&completion);
 *     void flush_async(np::cancellation cancellation, np::completion<void> &&completion);
 * The first three may do without the cancellation. What each of them does, and which need which, is said at np_stream in
 * native_plugins.h. At the end of the stream its dispose() is called if it has one, and before that finish(np::completion<void> &&). */
class stream : public proxy<np_stream, stream_functions> {
public:
    using proxy<np_stream, stream_functions>::proxy;

    bool can_read() const { return npHas(&np_stream::read); }
    bool can_write() const { return npHas(&np_stream::write); }
    bool can_seek() const { return npHas(&np_stream::seek); }

    /** Reads what there is, as much as `buffer` takes at most, and waits for one byte at least. How many came: 0 at the end. */
    size_t read(span<uint8_t> buffer, cancellation token = cancellation()) const {
        const auto function = npFind(&np_stream::read, "read");
        size_t count = 0;
        invoke([&](const np_error_sink *sink) { return function(npContext(), buffer.data(), buffer.size(), &count, token.raw(), sink); });
        return npCounted(count, buffer.size());
    }

    /** Writes all of it. */
    void write(span<const uint8_t> data, cancellation token = cancellation()) const {
        const auto function = npFind(&np_stream::write, "write");
        invoke([&](const np_error_sink *sink) { return function(npContext(), data.data(), data.size(), token.raw(), sink); });
    }

    void write(std::string_view text, cancellation token = cancellation()) const {
        write(span<const uint8_t>(reinterpret_cast<const uint8_t *>(text.data()), text.size()), token);
    }

    /** Hands on what was written and is still buffered: nothing where the stream buffers nothing. */
    void flush(cancellation token = cancellation()) const {
        npRequire();
        if (npHas(&np_stream::flush)) {
            invoke([&](const np_error_sink *sink) { return npRaw()->flush(npContext(), token.raw(), sink); });
        }
    }

    /** Moves to `offset` bytes from there, and returns where that is from the beginning. */
    int64_t seek(int64_t offset, origin from = origin::begin) const {
        const auto function = npFind(&np_stream::seek, "seek");
        int64_t position = 0;
        invoke([&](const np_error_sink *sink) { return function(npContext(), offset, static_cast<int32_t>(from), &position, sink); });
        return npNotNegative(position, "position");
    }

    /** How many bytes it is from the beginning. */
    int64_t get_position() const { return seek(0, origin::current); }

    /** How many bytes there are from the beginning to the end. */
    int64_t get_length() const {
        const auto function = npFind(&np_stream::get_length, "get_length");
        int64_t length = 0;
        invoke([&](const np_error_sink *sink) { return function(npContext(), &length, sink); });
        return npNotNegative(length, "length");
    }

    /** Cuts the end off, or adds zeros to it. */
    void set_length(int64_t length) const {
        const auto function = npFind(&np_stream::set_length, "set_length");
        invoke([&](const np_error_sink *sink) { return function(npContext(), length, sink); });
    }

    /** Reads as `read` does, and calls `then` with the np::outcome<size_t>, on whatever thread. Until then `buffer` stays in its place. */
    template <class Then> void read_async(span<uint8_t> buffer, cancellation token, Then then) const {
        const auto function = npFind(&np_stream::read_async, "read_async");
        auto counted = [then = std::move(then), most = buffer.size()](const outcome<size_t> &ended) mutable {
            np_error_info info{};
            std::string why;
            try {
                (void)npCounted(ended.is_ok() ? ended.get() : 0, most);
            } catch (const error &e) {
                why = e.what();
                info.struct_size = sizeof(info);
                info.code = e.code();
                info.message = why.data();
                info.message_length = why.size();
            }
            then(info.code == NP_OK ? ended : outcome<size_t>(info.code, nullptr, 0, &info));
        };
        begin<size_t>(std::move(counted), [&](const np_completion *completion, const np_error_sink *sink) {
            return function(npContext(), buffer.data(), buffer.size(), token.raw(), completion, sink);
        });
    }

    /** Writes as `write` does, and calls `then` with the np::outcome<void>. Until then `data` stays in its place. */
    template <class Then> void write_async(span<const uint8_t> data, cancellation token, Then then) const {
        const auto function = npFind(&np_stream::write_async, "write_async");
        begin<void>(std::move(then), [&](const np_completion *completion, const np_error_sink *sink) {
            return function(npContext(), data.data(), data.size(), token.raw(), completion, sink);
        });
    }

    template <class Then> void flush_async(cancellation token, Then then) const {
        const auto function = npFind(&np_stream::flush_async, "flush_async");
        begin<void>(std::move(then), [&](const np_completion *completion, const np_error_sink *sink) {
            return function(npContext(), token.raw(), completion, sink);
        });
    }

private:
    template <class F> bool npHas(F np_stream::*member) const {
        const np_stream *table = npRaw();
        if (table == nullptr) {
            return false;
        }
        const auto end = static_cast<size_t>(reinterpret_cast<const char *>(&(table->*member) + 1) - reinterpret_cast<const char *>(table));
        return table->struct_size >= end && table->*member != nullptr;
    }

    void npRequire() const {
        if (npRaw() == nullptr) {
            throw error(NP_E_INVALID_STATE, "there is no stream: it was released, or handed on, or never there");
        }
    }

    template <class F> F npFind(F np_stream::*member, const char *name) const {
        npRequire();
        if (!npHas(member)) {
            throw error(NP_E_UNSUPPORTED, std::string("the stream has no ") + name);
        }
        return npRaw()->*member;
    }

    static size_t npCounted(size_t count, size_t most) {
        if (count > most) {
            throw error(NP_E_FAULT, "the stream says that it has read " + digits(count) + " bytes; " + digits(most) + " at most were asked for");
        }
        return count;
    }

    static int64_t npNotNegative(int64_t value, const char *name) {
        if (value < 0) {
            throw error(NP_E_FAULT, std::string("the stream says that its ") + name + " is below 0");
        }
        return value;
    }
};

} // namespace np

#endif /* NATIVE_PLUGINS_STREAMS_HPP */
