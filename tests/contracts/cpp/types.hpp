/* test.types/1, test.settings/1, test.shape/1 and test.resizable/1: what comes in goes out again, unchanged or changed as the tests expect. */
#ifndef TYPES_HPP
#define TYPES_HPP

#include "common.hpp"

struct OwnTypes {
    SAME(echo_s_byte, int8_t)
    SAME(echo_byte, uint8_t)
    SAME(echo_int16, int16_t)
    SAME(echo_u_int16, uint16_t)
    SAME(echo_int32, int32_t)
    SAME(echo_u_int32, uint32_t)
    SAME(echo_int64, int64_t)
    SAME(echo_u_int64, uint64_t)
    SAME(echo_single, float)
    SAME(echo_double, double)
    SAME(echo_int_ptr, intptr_t)
    SAME(echo_u_int_ptr, uintptr_t)
    SAME(echo_bool, bool)
    SAME(echo_mode, Mode)
    SAME(echo_wide, Wide)
    SAME(echo_pixel, const Pixel &)
    SAME(echo_box, const Box &)
    PUT(echo_text, std::string_view, std::string_view)
    PUT(copy_bytes, np::span<const uint8_t>, np::elements<uint8_t>)
    PUT(copy_doubles, np::span<const double>, np::elements<double>)
    PUT(copy_boxes, np::span<const Box>, np::elements<Box>)
    PUT(copy_modes, np::span<const Mode>, np::elements<Mode>)

    // In pieces of three bytes, which cut characters in two.
    void join(std::string_view first, std::string_view second, np::result<std::string_view> &result) {
        for (size_t i = 0; i < first.size(); i += 3) {
            result.put(first.substr(i, 3));
        }
        result.put(second);
    }

    void reverse_bytes(np::span<uint8_t> values) { std::reverse(values.begin(), values.end()); }
    void reverse_boxes(np::span<Box> values) { std::reverse(values.begin(), values.end()); }

    void spread(int64_t number, bool flag, Wide wide, const Box &box, int64_t &out_number, np::flag &out_flag, Wide &out_wide, Box &out_box) {
        out_number = number;
        out_flag = flag;
        out_wide = wide;
        out_box = box;
    }

    void change(int32_t &number, np::flag &flag, Mode &mode, Box &box) {
        number = wrapping_add(number, 1);
        flag = !flag;
        mode = static_cast<Mode>(static_cast<uint8_t>(mode) + 1);
        box.count = static_cast<int32_t>(0 - static_cast<uint32_t>(box.count));
    }

    int64_t mixed(np::span<const uint8_t> bytes, std::string_view text, int32_t number, bool is_negative, np::span<int32_t> written) {
        std::fill(written.begin(), written.end(), number);
        const int64_t first = bytes.empty() ? 0 : bytes[0];
        const int64_t sum = static_cast<int64_t>(bytes.size()) + first + static_cast<int64_t>(text.size()) + number;
        return is_negative ? -sum : sum;
    }

    void do_nothing() {}
};

struct OwnSettings {
    std::string name, title, secret;
    int32_t level = 0;
    bool is_on = false;
    Mode mode{};
    Box box;
    double gain = 0;

    VALUE_PROPERTY(level, int32_t, int32_t)
    VALUE_PROPERTY(is_on, bool, bool)
    VALUE_PROPERTY(mode, Mode, Mode)
    VALUE_PROPERTY(box, Box, const Box &)
    VALUE_PROPERTY(gain, double, double)
    TEXT_PROPERTY(title)

    void get_name(np::result<std::string_view> &result) { result.put(name); }
    void set_name(std::string_view value) {
        if (value == "refused") {
            throw std::invalid_argument("the name is refused");
        }
        name = value;
    }

    void set_secret(std::string_view value) { secret.assign(value.rbegin(), value.rend()); }
    void get_secret_bytes(np::result<np::elements<uint8_t>> &result) {
        result.put(np::list<uint8_t>(reinterpret_cast<const uint8_t *>(secret.data()), secret.size()));
    }
};

struct OwnShape {
    std::string label;
    double area = 1;

    TEXT_PROPERTY(label)
    double get_area() { return area; }
    double resize(double factor) { return area *= factor; }
    double resize_twice(double factor) { return resize(factor * factor); }
};

#endif
