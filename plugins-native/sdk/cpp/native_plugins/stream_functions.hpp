/* Streams of bytes that a plugin hands over: what is between the boundary and the class of one. All of it is for np::table. */
#ifndef NATIVE_PLUGINS_STREAM_FUNCTIONS_HPP
#define NATIVE_PLUGINS_STREAM_FUNCTIONS_HPP

#include "native_plugins/streams.hpp"

namespace np {

/* Whether a class has a member of that name, whatever its type: then the name is one too many here. A member that is there and cannot be
 * called as it must be is an error of the compiler's so, and not a stream that cannot do it. */
#define NP_NAMED(name)                                                                                                         \
    struct named_##name {                                                                                                      \
        int name;                                                                                                              \
    };                                                                                                                         \
    template <class T> struct both_##name : T, named_##name {};                                                                \
    template <class T, class = void> struct has_##name : std::true_type {};                                                    \
    template <class T> struct has_##name<T, std::void_t<decltype(&both_##name<T>::name)>> : std::false_type {};

NP_NAMED(read)
NP_NAMED(write)
NP_NAMED(flush)
NP_NAMED(seek)
NP_NAMED(get_length)
NP_NAMED(set_length)
NP_NAMED(read_async)
NP_NAMED(write_async)
NP_NAMED(flush_async)
#undef NP_NAMED

/* Between the boundary and a class that is a stream. */
template <class T> struct stream_functions {
    static_assert(!std::is_final_v<T>, "the class of a stream is not final");
    static_assert(has_read<T>::value || has_write<T>::value, "a stream has read, or write, or both");
    static_assert(has_write<T>::value || !has_flush<T>::value, "flush needs write");
    static_assert(has_seek<T>::value == has_get_length<T>::value, "what seeks has seek and get_length");
    static_assert((has_write<T>::value && has_seek<T>::value) || !has_set_length<T>::value, "set_length needs write and seek");
    static_assert(has_read<T>::value || !has_read_async<T>::value, "read_async needs read");
    static_assert(has_write<T>::value || !has_write_async<T>::value, "write_async needs write");
    static_assert(has_flush<T>::value || !has_flush_async<T>::value, "flush_async needs flush");

    static int32_t NP_CALL read(void *context, void *buffer, size_t size, size_t *count, const np_cancellation *token, const np_error_sink *error) noexcept {
        return guarded(error, [&] {
            size_t &result = cell<size_t>(count, "count");
            const span<uint8_t> place = bytes<uint8_t>(buffer, size, "buffer");
            const auto came = static_cast<size_t>(reading(self(context), place, cancellation(token), 0));
            if (came > size) {
                throw np::error(NP_E_FAULT, "the plugin's stream has read more than was asked for");
            }
            result = came;
        });
    }

    static int32_t NP_CALL write(void *context, const void *data, size_t size, const np_cancellation *token, const np_error_sink *error) noexcept {
        return guarded(error, [&] { writing(self(context), bytes<const uint8_t>(data, size, "data"), cancellation(token), 0); });
    }

    static int32_t NP_CALL flush(void *context, const np_cancellation *token, const np_error_sink *error) noexcept {
        return guarded(error, [&] { flushing(self(context), cancellation(token), 0); });
    }

    static int32_t NP_CALL seek(void *context, int64_t offset, int32_t from, int64_t *position, const np_error_sink *error) noexcept {
        return guarded(error, [&] {
            if (from < NP_SEEK_BEGIN || from > NP_SEEK_END) {
                throw np::error(NP_E_INVALID_ARGUMENT, "origin is none of NP_SEEK_BEGIN, NP_SEEK_CURRENT and NP_SEEK_END");
            }
            int64_t &result = cell<int64_t>(position, "position");
            result = self(context).seek(offset, static_cast<origin>(from));
        });
    }

    static int32_t NP_CALL get_length(void *context, int64_t *length, const np_error_sink *error) noexcept {
        return guarded(error, [&] {
            int64_t &result = cell<int64_t>(length, "length");
            result = self(context).get_length();
        });
    }

    static int32_t NP_CALL set_length(void *context, int64_t length, const np_error_sink *error) noexcept {
        return guarded(error, [&] {
            if (length < 0) {
                throw np::error(NP_E_INVALID_ARGUMENT, "length is below 0");
            }
            self(context).set_length(length);
        });
    }

    static int32_t NP_CALL read_async(void *context, void *buffer, size_t size, const np_cancellation *token, const np_completion *completion,
                                      const np_error_sink *error) noexcept {
        return guarded(error, [&] {
            const span<uint8_t> place = bytes<uint8_t>(buffer, size, "buffer");
            np::completion<size_t> ending(completion);
            accept(ending, [&] { self(context).read_async(place, cancellation(token), std::move(ending)); });
        });
    }

    static int32_t NP_CALL write_async(void *context, const void *data, size_t size, const np_cancellation *token, const np_completion *completion,
                                       const np_error_sink *error) noexcept {
        return guarded(error, [&] {
            const span<const uint8_t> place = bytes<const uint8_t>(data, size, "data");
            np::completion<void> ending(completion);
            accept(ending, [&] { self(context).write_async(place, cancellation(token), std::move(ending)); });
        });
    }

    static int32_t NP_CALL flush_async(void *context, const np_cancellation *token, const np_completion *completion, const np_error_sink *error) noexcept {
        return guarded(error, [&] {
            np::completion<void> ending(completion);
            accept(ending, [&] { self(context).flush_async(cancellation(token), std::move(ending)); });
        });
    }

    static constexpr np_stream npMake() {
        np_stream made{};
        made.struct_size = sizeof(np_stream);
        if constexpr (has_read<T>::value) {
            made.read = &read;
        }
        if constexpr (has_write<T>::value) {
            made.write = &write;
        }
        if constexpr (has_flush<T>::value) {
            made.flush = &flush;
        }
        if constexpr (has_seek<T>::value) {
            made.seek = &seek;
            made.get_length = &get_length;
        }
        if constexpr (has_set_length<T>::value) {
            made.set_length = &set_length;
        }
        if constexpr (has_read_async<T>::value) {
            made.read_async = &read_async;
        }
        if constexpr (has_write_async<T>::value) {
            made.write_async = &write_async;
        }
        if constexpr (has_flush_async<T>::value) {
            made.flush_async = &flush_async;
        }
        return made;
    }

    static constexpr np_stream npTable = npMake();

    template <class U> static auto npDispose(U &stream, int) -> decltype(static_cast<void>(stream.dispose())) { stream.dispose(); }
    template <class U> static void npDispose(U &, long) {}
    static auto npFinish() -> decltype(np_object::finish) { return finishing<T>(0); }

private:
    static T &self(void *context) { return *static_cast<T *>(context); }

    template <class B, class V> static span<B> bytes(V *data, size_t size, const char *name) { return span_argument<B>(static_cast<B *>(data), size, name); }

    /* With the cancellation, or without it. */
    template <class U> static auto reading(U &stream, span<uint8_t> buffer, cancellation token, int) -> decltype(stream.read(buffer, token)) { return stream.read(buffer, token); }
    template <class U> static auto reading(U &stream, span<uint8_t> buffer, cancellation, long) -> decltype(stream.read(buffer)) { return stream.read(buffer); }
    template <class U> static auto writing(U &stream, span<const uint8_t> data, cancellation token, int) -> decltype(stream.write(data, token)) { stream.write(data, token); }
    template <class U> static auto writing(U &stream, span<const uint8_t> data, cancellation, long) -> decltype(stream.write(data)) { stream.write(data); }
    template <class U> static auto flushing(U &stream, cancellation token, int) -> decltype(stream.flush(token)) { stream.flush(token); }
    template <class U> static auto flushing(U &stream, cancellation, long) -> decltype(stream.flush()) { stream.flush(); }

    static int32_t NP_CALL finish(void *context, const np_completion *completion, const np_error_sink *error) noexcept {
        return guarded(error, [&] {
            np::completion<void> ending(completion);
            accept(ending, [&] { self(context).finish(std::move(ending)); });
        });
    }
    template <class U, class = decltype(std::declval<U &>().finish(std::declval<np::completion<void>>()))>
    static auto finishing(int) -> decltype(np_object::finish) { return &finish; }
    template <class U> static auto finishing(long) -> decltype(np_object::finish) { return nullptr; }
};

} // namespace np

#endif /* NATIVE_PLUGINS_STREAM_FUNCTIONS_HPP */
