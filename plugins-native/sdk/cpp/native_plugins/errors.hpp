/* Errors: C++ exceptions on this side of the boundary, a status and a text across it. */
#ifndef NATIVE_PLUGINS_ERRORS_HPP
#define NATIVE_PLUGINS_ERRORS_HPP

#include "native_plugins.h"

#include <cstring>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>

namespace np {

/** Why a call failed: one of NP_E_*, and one or more sentences for a person. */
class error : public std::runtime_error {
public:
    error(int32_t code, const std::string &message) : std::runtime_error(message), code_(code == NP_OK ? NP_E_FAULT : code) {}

    int32_t code() const noexcept { return code_; }

private:
    int32_t code_;
};

/** Calls `use` with the code and the text of the exception that is being handled. */
template <class Use> int32_t with_current_exception(Use &&use) noexcept {
    try {
        throw;
    } catch (const error &e) {
        return use(e.code(), e.what());
    } catch (const std::bad_alloc &) {
        return use(NP_E_OUT_OF_MEMORY, "there is no memory left");
    } catch (const std::invalid_argument &e) {
        return use(NP_E_INVALID_ARGUMENT, e.what());
    } catch (const std::exception &e) {
        return use(NP_E_FAULT, e.what());
    } catch (...) {
        return use(NP_E_FAULT, "an exception that is no std::exception");
    }
}

/** Runs what the other side has called. No exception leaves it: each becomes a status, and its text goes to the sink. */
template <class Body> int32_t guarded(const np_error_sink *sink, Body &&body) noexcept {
    try {
        body();
        return NP_OK;
    } catch (...) {
        return with_current_exception(
            [sink](int32_t code, const char *text) { return np_fail(sink, code, text, std::strlen(text)); });
    }
}

/** Calls a function of the other side's with an error sink. Throws an error if it fails. */
template <class Call> void invoke(Call &&call) {
    struct report {
        static int32_t NP_CALL take(void *context, const np_error_info *info) noexcept {
            return guarded(nullptr, [&] {
                if (info != nullptr && info->message != nullptr) {
                    static_cast<std::string *>(context)->assign(info->message, info->message_length);
                }
            });
        }
    };
    std::string message;
    np_error_sink sink{};
    sink.struct_size = sizeof(sink);
    sink.context = &message;
    sink.report = &report::take;
    const int32_t status = call(static_cast<const np_error_sink *>(&sink));
    if (status != NP_OK) {
        throw error(status, message);
    }
}

} // namespace np

#endif /* NATIVE_PLUGINS_ERRORS_HPP */
