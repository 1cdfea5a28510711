/* What the programs share that do what no host should. */
#ifndef HOSTILE_HPP
#define HOSTILE_HPP

#include "common.hpp"

#include <cstdio>

static int releases;

inline int32_t NP_CALL take_report(void *context, const np_error_info *info) {
    static_cast<std::string *>(context)->assign(info->message, info->message_length);
    return NP_OK;
}

inline int32_t NP_CALL take_end(void *context, int32_t, const void *, size_t, const np_error_info *info) { return take_report(context, info); }

inline int32_t NP_CALL release(void *, const np_error_sink *) {
    releases++;
    return NP_OK;
}

inline void answer(const char *name, int32_t status, const std::string &text) { std::printf("%s: %d %s\n", name, status, text.c_str()); }

// Prints how a call has ended: by a status, or with an exception.
template <class Call> void answer_of(const char *name, Call &&call) {
    if constexpr (std::is_invocable_v<Call, const np_error_sink *>) {
        std::string text;
        np_error_sink sink{};
        sink.struct_size = sizeof(sink);
        sink.context = &text;
        sink.report = take_report;
        const int32_t status = call(static_cast<const np_error_sink *>(&sink));
        answer(name, status, text);
    } else {
        try {
            call();
            answer(name, NP_OK, "");
        } catch (const np::error &e) {
            answer(name, e.code(), e.what());
        }
    }
}

#endif
