// A program that gives the functions of a C++ plugin what no host should, and prints what each of them answers.
#include "hostile.hpp"

struct Subject {
    np::object<Store> kept;
    bool fails = false;

    double see(const Figure &figure) { return figure.opacity; }

    void read(std::string_view key, np::result<std::string_view> &result) {
        if (key == "bad argument") {
            throw std::invalid_argument("as it was asked to");
        }
        if (key == "exception") {
            throw std::runtime_error("as it was asked to");
        }
        if (key == "number") {
            throw 5;
        }
        if (key != "nothing") {
            result.put(key);
        }
    }

    void write(std::string_view, np::span<const uint8_t>) {}
    void report(ProgressSink, np::completion<int32_t> &&completion) { const np::completion<int32_t> dropped = std::move(completion); }
    void follow(np::object<Feed> feed) {
        feed = {};
        if (fails) {
            throw std::runtime_error("as it was asked to");
        }
    }
};

static int32_t NP_CALL refuse(void *, const void *, size_t) { return NP_E_OUT_OF_MEMORY; }

template <class Call> void call(const char *name, Call &&function, bool fails = false) {
    Subject subject;
    subject.fails = fails;
    answer_of(name, [&](const np_error_sink *sink) { return function(&subject, sink); });
}

template <class T> void argument(const char *name, const void *bytes) {
    try {
        (void)np::argument<T>(static_cast<const T *>(bytes), "value");
        answer(name, 0, "");
    } catch (const np::error &e) {
        answer(name, e.code(), e.what());
    }
}

// What the caller makes of a result that comes with this size.
template <class K> void received(const char *name, const void *bytes, size_t size) {
    try {
        (void)np::kind<K>::received(bytes, size);
        answer(name, 0, "");
    } catch (const np::error &e) {
        answer(name, e.code(), e.what());
    }
}

// What is changed while an event is raised is changed on another thread, which may not have to wait for that.
static void raise() {
    np::event<SignalsChanged> changed;
    const auto add = [&](const np::given<SignalsChanged> &handler) {
        handler.npOffer([&](const np_object *raw) { changed.npAdd(raw); return NP_OK; });
    };
    int calls = 0;
    const auto last = np::handler<SignalsChanged>([&](int32_t) { calls++; });
    np::given<SignalsChanged> first = nullptr;
    first = np::handler<SignalsChanged>([&](int32_t) {
        std::thread([&] { add(last); add(last); changed.npRemove(first.npRaw()); changed.raise(2); }).join();
    });
    add(first);
    changed.raise(1);
    std::printf("%zu handlers, %d calls\n", changed.size(), calls);
}

// A list of lists, without end.
struct Nested {
    np::list<Nested> inner;
    static constexpr bool npHasPointers = true;
    void npCheck(np::limits &left) const { inner.npCheck(left); }
};

struct Words {
    alignas(8) uint64_t at[40] = {};
    template <class T> static Words of(const T &value) {
        Words made;
        std::memcpy(made.at, &value, sizeof(value));
        return made;
    }
    Words with(size_t index, uint64_t value) const {
        Words changed = *this;
        changed.at[index] = value;
        return changed;
    }
};

int main() {
    const auto &visitor = np::table<FigureVisitor, Subject>;
    const auto &store = np::table<Store, Subject>;
    const auto &later = np::table<Later, Subject>;
    np_sink sink{};
    sink.struct_size = sizeof(sink);
    sink.write = refuse;
    double number = 0;
    const Blank blank;
    const Figure figure = np::one_of(blank), untagged;
    const auto *raw = np::native<const native_plugins_test_contracts_figure>(&figure);
    const auto *raw_untagged = np::native<const native_plugins_test_contracts_figure>(&untagged);
    call("data at NULL", [&](void *c, const np_error_sink *e) { return visitor.see(c, nullptr, &number, e); });
    call("result at NULL", [&](void *c, const np_error_sink *e) { return visitor.see(c, raw, nullptr, e); });
    call("no tag", [&](void *c, const np_error_sink *e) { return visitor.see(c, raw_untagged, &number, e); });
    call("text at NULL", [&](void *c, const np_error_sink *e) { return store.read(c, nullptr, 3, &sink, e); });
    call("text of too many bytes", [&](void *c, const np_error_sink *e) { return store.read(c, "x", SIZE_MAX, &sink, e); });
    call("no sink", [&](void *c, const np_error_sink *e) { return store.read(c, "x", 1, nullptr, e); });
    call("sink that refuses", [&](void *c, const np_error_sink *e) { return store.read(c, "x", 1, &sink, e); });
    call("nothing put", [&](void *c, const np_error_sink *e) { return store.read(c, NP_TEXT("nothing"), &sink, e); });
    call("bad argument", [&](void *c, const np_error_sink *e) { return store.read(c, NP_TEXT("bad argument"), &sink, e); });
    call("exception", [&](void *c, const np_error_sink *e) { return store.read(c, NP_TEXT("exception"), &sink, e); });
    call("number", [&](void *c, const np_error_sink *e) { return store.read(c, NP_TEXT("number"), &sink, e); });
    call("elements at NULL", [&](void *c, const np_error_sink *e) { return store.write(c, "x", 1, nullptr, 1, e); });
    call("no elements at NULL", [&](void *c, const np_error_sink *e) { return store.write(c, nullptr, 0, nullptr, 0, e); });
    call("no completion", [&](void *c, const np_error_sink *e) { return later.report(c, reinterpret_cast<const test_progress_1 *>(&store), nullptr, e); });
    std::string text;
    np_completion completion{};
    completion.struct_size = sizeof(completion);
    completion.context = &text;
    completion.complete = take_end;
    call("no contract", [&](void *c, const np_error_sink *e) { return later.report(c, nullptr, &completion, e); });
    call("completion that is dropped", [&](void *c, const np_error_sink *e) { return later.report(c, reinterpret_cast<const test_progress_1 *>(&store), &completion, e); });
    std::printf("it completed: %s\n", text.c_str());
    np::completion<int32_t> ended(&completion);
    ended.fail(NP_E_IO, "it ended");
    answer("completion that has ended", ended.complete(5), text);

    const Circle circle;
    const Words round = Words::of(np::one_of(circle));
    argument<Figure>("unknown tag", round.with(0, uint64_t{99} << 32 | sizeof(Figure)).at);
    argument<Figure>("case at NULL", round.with(1, 0).at);
    argument<Figure>("below the minimum", round.with(0, uint64_t{1} << 32 | 16).at);
    argument<Figure>("not aligned", reinterpret_cast<const char *>(round.at) + 1);
    argument<Growing>("larger than is known", Words::of(Growing()).with(0, 200).at);
    argument<np::list<int64_t>>("list at NULL", Words().with(1, 5).at);
    argument<np::list<int64_t>>("list of too many", Words().with(0, 8).with(1, uint64_t{1} << 62).at);
    const uint64_t text_at_null[] = {0, 9};
    argument<np::list<np::text>>("list of a text at NULL", Words().with(0, reinterpret_cast<uintptr_t>(text_at_null)).with(1, 1).at);
    Words itself;
    itself = itself.with(0, reinterpret_cast<uintptr_t>(itself.at)).with(1, 1);
    argument<Nested>("list in itself", itself.at);

    received<Growing>("record without a size", round.at, 3);
    received<std::optional<Growing>>("record that is cut off", Words::of(Growing()).at, sizeof(Growing) - 1);
    received<Growing>("record of an older side", Words::of(Growing()).with(0, 24).at, 24);
    received<np::list<int64_t>>("list that is cut off", Words().at, 8);
    received<np::elements<int64_t>>("elements that are cut off", Words().at, 12);
    received<np::given<Feed>>("object that is cut off", Words().at, 16);
    const auto write_twice = [](const np_sink *to, const np_error_sink *) {
        const int64_t value = 5;
        (void)to->write(to->context, &value, sizeof(value));
        return to->write(to->context, &value, sizeof(value));
    };
    int taken = 0;
    try {
        np::receive<int64_t>([&](int64_t) { taken++; }, write_twice);
    } catch (const np::error &e) {
        answer("second result", e.code(), e.what());
    }
    std::printf("%d taken\n", taken);
    raise();

    np_object object{};
    object.struct_size = sizeof(object);
    object.table = &store;
    object.release = release;
    int32_t second = NP_OK;
    const auto write_two_objects = [&](const np_sink *to, const np_error_sink *) {
        const int32_t first = to->write(to->context, &object, sizeof(object));
        second = to->write(to->context, &object, sizeof(object));
        return first;
    };
    answer_of("second object", [&] { (void)np::receive_object<Feed>(true, write_two_objects); });
    std::printf("it was refused with %d, and the first had %d releases\n", second, std::exchange(releases, 0));
    answer_of("no object put", [] { (void)np::receive_object<Feed>(true, [](const np_sink *, const np_error_sink *) { return NP_OK; }); });

    const auto follow = [&](void *c, const np_error_sink *e) { return SignalsFunctions<Subject>::follow(c, &object, e); };
    call("object that is dropped in a call that fails", follow, true);
    std::printf("%d releases\n", std::exchange(releases, 0));
    call("object that is dropped in a call that succeeds", follow);
    std::printf("%d releases\n", std::exchange(releases, 0));
    object.struct_size = 32;
    call("object that is too short", follow);
    call("no object", [&](void *c, const np_error_sink *e) { return SignalsFunctions<Subject>::follow(c, nullptr, e); });
}
