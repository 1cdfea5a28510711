/* test.values/1, test.records/1, test.figures/1 and test.exchange/1: what comes in goes out as it is. */
#ifndef DATA_HPP
#define DATA_HPP

#include "common.hpp"

#define SAME_OPTION(name, type)                                                                                                \
    std::optional<type> name(const std::optional<type> &value) { return value; }

struct OwnValues {
    std::optional<std::string> name;

    SAME(echo_char, uint16_t)
    SAME(echo_half, uint16_t)
    SAME(echo_int128, const np_int128 &)
    SAME(echo_u_int128, const np_uint128 &)
    SAME(echo_decimal, const np_decimal &)
    SAME(echo_guid, const np_uuid &)
    SAME(echo_time_span, int64_t)
    SAME(echo_date_time, int64_t)
    SAME(echo_date_time_offset, const np_date_time_offset &)
    SAME(echo_date, int32_t)
    SAME(echo_time, int64_t)
    SAME_OPTION(echo_int32, int32_t)
    SAME_OPTION(echo_bool, np::flag)
    SAME_OPTION(echo_mode, Mode)
    SAME_OPTION(echo_box, Box)
    SAME_OPTION(echo_optional_guid, np_uuid)
    SAME_OPTION(echo_optional_instant, np_date_time_offset)
    PUT(echo_text, std::optional<std::string_view>, std::optional<np::text>)
    PUT(echo_uri, std::string_view, np::text)
    PUT(echo_version, std::optional<std::string_view>, std::optional<np::text>)

    void spread(const np_uuid &id, int64_t time, const std::optional<np_decimal> &price, np_uuid &out_id, int64_t &out_time, np::nullable<np_decimal> &out_price) {
        out_id = id;
        out_time = time;
        out_price = price;
    }

    void exchange(np_date_time_offset &first, np_date_time_offset &second, np::nullable<int32_t> &number) {
        std::swap(first, second);
        number = number.get().has_value() ? np::nullable<int32_t>() : np::nullable<int32_t>(1);
    }

    void echo_guid_later(const std::optional<np_uuid> &value, np::completion<np::nullable<np_uuid>> &&completion) { completion.complete(value); }
    void echo_text_later(std::optional<std::string_view> value, np::completion<std::optional<np::text>> &&completion) { completion.complete(value); }
    int64_t twice(int64_t value) { return 2 * value; }

    void get_name(np::result<std::optional<np::text>> &result) { result.put(name); }
    void set_name(std::optional<std::string_view> value) {
        name.reset();
        if (value.has_value()) {
            name.emplace(*value);
        }
    }
};

struct OwnRecords {
    PUT(echo_person, const Person &, Person)
    PUT(echo_optional, const std::optional<Person> &, std::optional<Person>)
    PUT(echo_address, const Address &, Address)
    PUT(echo_optional_address, const std::optional<Address> &, std::optional<Address>)
    PUT(echo_node, const Node &, Node)
    PUT(echo_shelf, const Shelf &, Shelf)
    PUT(echo_texts, const np::list<np::text> &, np::list<np::text>)
    PUT(echo_numbers, const std::optional<np::list<int64_t>> &, std::optional<np::list<int64_t>>)
    PUT(echo_points, const np::list<Point> &, np::list<Point>)
    PUT(echo_people, const np::list<np::optional_ref<Person>> &, np::list<np::optional_ref<Person>>)
    using entries = np::list<np::pair<np::text, np::ref<Person>>>;
    PUT(echo_directory, const entries &, entries)
    PUT(echo_set, const np::list<int32_t> &, np::list<int32_t>)
    using number_and_text = np::tuple2<int32_t, np::text>;
    PUT(echo_pair, const number_and_text &, number_and_text)
    using triple = np::tuple3<uint8_t, double, np_uuid>;
    SAME_OPTION(echo_triple, triple)
    PUT(echo_growing, const Growing &, Growing)

    double sum(const np::list<Point> &points) { return sum_span(points); }
    double sum_span(np::span<const Point> points) {
        double sum = 0;
        for (const Point &point : points) {
            sum += point.x + point.y;
        }
        return sum;
    }

    void echo_people_later(const np::list<np::ref<Person>> &value, np::completion<np::list<np::ref<Person>>> &&completion) { completion.complete(value); }
    void echo_optional_later(const std::optional<Person> &value, np::completion<std::optional<Person>> &&completion) { completion.complete(value); }
};

struct OwnFigures {
    PUT(echo_figure, const Figure &, Figure)
    PUT(echo_optional, const std::optional<Figure> &, std::optional<Figure>)
    PUT(echo_figures, const np::list<np::optional_ref<Figure>> &, np::list<np::optional_ref<Figure>>)
    PUT(echo_circle, const Figure &, Figure)
    PUT(echo_drawing, const Drawing &, Drawing)
    PUT(echo_order, const Order &, Order)

    void echo_later(const std::optional<Figure> &value, np::completion<std::optional<Figure>> &&completion) { completion.complete(value); }

    double measure(const Figure &value) {
        if (const auto circle = np::get_if<Circle>(value)) {
            return circle->radius;
        }
        if (const auto polygon = np::get_if<Polygon>(value)) {
            return static_cast<double>(polygon->corners.size());
        }
        double sum = 0;
        if (const auto group = np::get_if<Group>(value)) {
            for (const auto &item : group->items) {
                sum += item.get().has_value() ? measure(*item.get()) : 0;
            }
        }
        return sum;
    }

    void make(int32_t tag, np::result<Figure> &result) {
        const Point points[] = {{1, 2}, {3, 4}};
        Circle circle;
        circle.centre = points[0];
        circle.radius = 3;
        Polygon polygon;
        polygon.corners = points;
        polygon.stroke = "thin";
        const Blank blank;
        Figure inner = np::one_of(blank);
        inner.name = "in";
        inner.opacity = 1;
        const np::optional_ref<Figure> items[] = {inner, std::nullopt};
        Group group;
        group.items = items;
        Figure made = tag == Circle::npTag ? np::one_of(circle) : tag == Polygon::npTag ? np::one_of(polygon) : tag == Blank::npTag ? np::one_of(blank) : np::one_of(group);
        if (made.tag != static_cast<uint32_t>(tag)) {
            throw std::invalid_argument("there is no such tag");
        }
        made.name = "made";
        made.opacity = tag == Polygon::npTag ? 0.5 : 1;
        made.layer = tag == Circle::npTag ? 4 : 0;
        result.put(made);
    }

    double visit(const np::list<np::ref<Figure>> &figures, FigureVisitor visitor) {
        double sum = 0;
        for (const auto &figure : figures) {
            sum += visitor.see(figure.get());
        }
        return sum;
    }
};

struct OwnExchange {
    void spread(std::string_view text, std::optional<std::string_view> note, const Person &person, const np::list<np::text> &texts, const np::list<int32_t> &numbers,
                const std::optional<Figure> &figure, np::result<std::string_view> &out_text, np::result<std::optional<np::text>> &out_note,
                np::result<Person> &out_person, np::result<np::list<np::text>> &out_texts, np::result<np::elements<int32_t>> &out_numbers,
                np::result<std::optional<Figure>> &out_figure) {
        out_text.put(text);
        out_note.put(note);
        out_person.put(person);
        out_texts.put(texts);
        out_numbers.put(numbers);
        out_figure.put(figure);
    }

    bool try_find(std::string_view name, np::result<std::optional<Person>> &person) {
        Person ada;
        ada.name = "Ada";
        ada.age = 36;
        ada.mode = Mode::Fast;
        ada.is_here = true;
        person.put(name == "Ada" ? &ada : nullptr);
        return name == "Ada";
    }

    void measure(std::string_view text, int32_t &length, np::result<np::tuple2<int32_t, np::optional_text>> &both, np::result<std::string_view> &result) {
        length = static_cast<int32_t>(text.size());
        both.put(np::tuple2<int32_t, np::optional_text>{length, text});
        result.put(text);
    }

    void change(std::string_view text, np::result<std::string_view> &text_result, std::optional<std::string_view> note, np::result<std::optional<np::text>> &note_result,
                const std::optional<Address> &address, np::result<std::optional<Address>> &address_result, const std::optional<np::list<int64_t>> &numbers,
                np::result<std::optional<np::list<int64_t>>> &numbers_result, const np::list<Point> &points, np::result<np::elements<Point>> &points_result,
                const np::tuple2<int32_t, np::text> &pair, np::result<np::tuple2<int32_t, np::text>> &pair_result) {
        if (text == "fail") {
            text_result.put("lost");
            throw np::error(NP_E_INVALID_STATE, "as it was asked to");
        }
        static const int64_t some_numbers[] = {1, 2, 3};
        Address some_address;
        some_address.street = "street";
        some_address.position = Point{1, 2};
        text_result.put(std::string(text) + "!");
        note_result.put(note.has_value() ? std::nullopt : std::optional<std::string_view>("text"));
        address_result.put(address.has_value() ? nullptr : &some_address);
        numbers_result.put(numbers.has_value() ? std::nullopt : std::optional<np::list<int64_t>>(some_numbers));
        points_result.put(points);
        pair_result.put(np::tuple2<int32_t, np::text>{pair.item1 + 1, pair.item2});
    }
};

#endif
