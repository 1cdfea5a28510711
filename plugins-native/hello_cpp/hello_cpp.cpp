// A plugin in C++: greets the world, or whoever its first argument names. Each create makes an object of its own,
// and what the object throws ends at the boundary, as a report.
#include "native_plugins.h"

#include <atomic>
#include <cstdlib>
#include <cxxabi.h>
#include <exception>
#include <string>
#include <string_view>
#include <typeinfo>

namespace {

int32_t report(const np_error_sink *error, std::string_view type, std::string_view message) noexcept {
    if (error != nullptr) {
        const np_error_info info{sizeof(np_error_info), NP_E_FAULT,       type.data(), type.size(),
                                 message.data(),        message.size(), nullptr,     0};
        error->report(error->context, &info);
    }
    return NP_E_FAULT;
}

// Runs `body`, which returns a status, and lets nothing that it throws through.
template <typename Body> int32_t guarded(const np_error_sink *error, Body body) noexcept {
    try {
        return body();
    } catch (const std::exception &exception) {
        const char *mangled = typeid(exception).name();
        char *readable = abi::__cxa_demangle(mangled, nullptr, nullptr, nullptr);
        const int32_t status = report(error, readable != nullptr ? readable : mangled, exception.what());
        std::free(readable);
        return status;
    } catch (...) {
        return report(error, "", "Something was thrown that is not a std::exception.");
    }
}

class Hello {
public:
    static int32_t NP_CALL create(void *, const np_host *, const np_plugin **plugin, const np_error_sink *error) {
        return guarded(error, [&] {
            *plugin = &(new Hello)->plugin_;
            return NP_OK;
        });
    }

private:
    int32_t greet(const np_command_call &call) const {
        std::string greeting = "Hello, ";
        if (call.argument_count > 0) {
            greeting += std::string_view(call.arguments[0], call.argument_lengths[0]);
        } else {
            greeting += "world";
        }
        greeting += "!\n";
        return call.output->write(call.output->context, greeting.data(), greeting.size());
    }

    // From the C functions to the object: `context` is what the tables below hold.
    static Hello &self(void *context) { return *static_cast<Hello *>(context); }

    static int32_t NP_CALL run(void *context, const np_command_call *call, int32_t *exit_status,
                               const np_error_sink *error) {
        return guarded(error, [&] {
            *exit_status = 0;
            return self(context).started_ ? self(context).greet(*call) : NP_E_INVALID_STATE;
        });
    }

    static int32_t NP_CALL start(void *context, const np_error_sink *) {
        return self(context).started_.exchange(true) ? NP_E_INVALID_STATE : NP_OK;
    }

    static int32_t NP_CALL stop(void *context, const np_error_sink *) {
        return self(context).started_.exchange(false) ? NP_OK : NP_E_INVALID_STATE;
    }

    static int32_t NP_CALL destroy(void *context) {
        if (self(context).started_) {
            return NP_E_INVALID_STATE;
        }
        delete &self(context);
        return NP_OK;
    }

    static int32_t NP_CALL get_service(void *context, const char *id, size_t id_length, const void **service) {
        const bool found = np_text_equals(id, id_length, NP_TEXT(NP_COMMAND_ID)) != 0;
        *service = found ? &self(context).command_ : nullptr;
        return found ? NP_OK : NP_E_NOT_FOUND;
    }

    const np_command command_{sizeof(np_command), 0, this, run};
    const np_plugin plugin_{sizeof(np_plugin), 0, this, start, stop, destroy, get_service};
    std::atomic<bool> started_{false};
};

// Not NP_PLUGIN_MAY_UNLOAD: a libstdc++ that is linked in takes 71 KiB when it is loaded and never gives them back.
const np_plugin_description description{
    NP_DESCRIPTION_PREFIX(0, NP_RUNTIME_NONE), NP_TEXT("hello_cpp"), NP_TEXT("Hello from C++"), NP_TEXT("1.0.0"),
    NP_TEXT("C++"), NP_TEXT(""), nullptr, Hello::create};

} // namespace

NP_EXPORT int32_t NP_CALL np_plugin_entry_v1(const np_plugin_description **result) {
    *result = &description;
    return NP_OK;
}
