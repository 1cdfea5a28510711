// A filter in C++: more contrast and a warmer light, by one table for each channel. docs/imagetool.md has the arithmetic.
#include "imaging_filter_1.h"
#include "native_plugins_plugin.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

using Curve = std::array<uint8_t, 256>;

// The argument is not one that the contract allows.
struct BadArgument : std::invalid_argument {
    using std::invalid_argument::invalid_argument;
};

// The caller no longer wants the result.
struct Cancelled {};

// Steep in the middle and flat at both ends: 3x² - 2x³, for x from 0 to 255.
int contrast(int x) { return (x * x * (765 - 2 * x) + 32512) / 65025; }

template <typename Shape> Curve tabulate(int percent, Shape shape) {
    Curve curve;
    for (int x = 0; x < 256; x++) {
        curve[x] = static_cast<uint8_t>((x * (100 - percent) + shape(x) * percent + 50) / 100);
    }
    return curve;
}

class Curves {
public:
    explicit Curves(int percent)
        : red_green_(tabulate(percent, contrast)),
          blue_(tabulate(percent, [](int x) { return (7 * contrast(x) + 4) / 8; })) {}

    imaging_pixel operator()(imaging_pixel p) const {
        return {red_green_[p.red], red_green_[p.green], blue_[p.blue], p.alpha};
    }

private:
    Curve red_green_;
    Curve blue_;
};

void filter(const imaging_pixel *source, size_t source_length, imaging_pixel *target, size_t target_length,
            const imaging_picture_size &size, int32_t amount, const imaging_progress_1 &progress,
            const np_cancellation *cancellation) {
    if (size.width < 1 || size.height < 1 || source_length != target_length ||
        source_length != static_cast<uint64_t>(size.width) * static_cast<uint64_t>(size.height)) {
        throw BadArgument("The numbers of pixels do not fit the size.");
    }
    if (amount < 0 || amount > 100) {
        throw BadArgument("amount: a percentage of 0 to 100 was expected, not " + std::to_string(amount) + ".");
    }

    const Curves curves(amount == 0 ? 100 : amount);
    for (int32_t y = 0; y < size.height; y++) {
        if (cancellation != nullptr && cancellation->check(cancellation->context) != NP_OK) {
            throw Cancelled();
        }
        std::transform(source, source + size.width, target, curves);
        source += size.width;
        target += size.width;
        progress.report(progress.context, y + 1, size.height, nullptr);
    }
}

np_error_info info(int32_t status, std::string_view message) {
    return {sizeof(np_error_info), status, nullptr, 0, message.data(), message.size(), nullptr, 0};
}

int32_t NP_CALL describe(void *, const np_sink *result, const np_error_sink *) {
    return np_write(result, NP_TEXT("more contrast, warmer light; amount: how much of it, in percent (100)"));
}

// No exception crosses: each becomes what `completion` is told.
int32_t NP_CALL apply(void *, const imaging_pixel *source, size_t source_length, imaging_pixel *target,
                      size_t target_length, const imaging_picture_size *size, int32_t amount,
                      const imaging_progress_1 *progress, const np_cancellation *cancellation_token,
                      const np_completion *completion, const np_error_sink *) {
    const auto complete = [completion](int32_t status, const np_error_info *error) {
        completion->complete(completion->context, status, nullptr, 0, error);
    };
    try {
        filter(source, source_length, target, target_length, *size, amount, *progress, cancellation_token);
        complete(NP_OK, nullptr);
    } catch (const Cancelled &) {
        complete(NP_E_CANCELLED, nullptr);
    } catch (const BadArgument &failure) {
        const np_error_info error = info(NP_E_INVALID_ARGUMENT, failure.what());
        complete(NP_E_INVALID_ARGUMENT, &error);
    } catch (const std::exception &failure) {
        const np_error_info error = info(NP_E_FAULT, failure.what());
        complete(NP_E_FAULT, &error);
    }
    return NP_OK;
}

const imaging_filter_1 table{IMAGING_FILTER_1_PREFIX(nullptr), describe, apply};

} // namespace

// Not NP_PLUGIN_MAY_UNLOAD: a libstdc++ that is linked in takes 71 KiB when it is loaded and never gives them back.
NP_PLUGIN("curve", "Colour curve", "1.0.0", 0, NP_SERVICE(IMAGING_FILTER_1_ID, table));
