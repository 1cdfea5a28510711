// A library that uses what ../crt.cpp, ../checks.cpp and ../dll.cpp supply, for the tests: the objects of NativeAOT use only some of it.
#include "../crt.h"

extern "C" {
__declspec(dllimport) void Sleep(u32 milliseconds);
int atexit(procedure function);
int __tlregdtor(procedure destructor);
extern u64 __security_cookie;
int DllMain(void*, u32, void*) { return 1; }
}

#define EXPORT extern "C" __declspec(dllexport)

static int s_constructed, s_threads_ended, s_order_of_ends;
static int* s_ends;

// Constructed when the library is loaded, destroyed when it is unloaded.
struct of_library {
    of_library() { s_constructed = 1; }
    ~of_library() {
        if (s_ends) {
            s_ends[0] = ++s_order_of_ends;
        }
    }
};
static of_library s_of_library;

EXPORT int is_constructed() { return s_constructed; }

static void end() { s_ends[1] = ++s_order_of_ends; }

// At the end, the first number becomes the turn of the library's object, and the second that of the function registered here.
EXPORT void tell_ends(int* ends) {
    s_ends = ends;
    atexit(end);
}

// Slow enough that threads that ask at the same time meet in it.
static int s_made;
struct slow {
    slow() {
        Sleep(50);
        number = ++s_made;
    }
    int number;
};

EXPORT int make_once() {
    static slow made;
    return made.number;
}

static void end_of_thread() { s_threads_ended++; }

struct of_thread {
    of_thread() { number = 7; }
    ~of_thread() { end_of_thread(); }
    int number;
};

// One object, and as many destructors as are asked for beside it.
EXPORT int use_in_thread(int destructors) {
    static thread_local of_thread own;
    for (int i = 0; i < destructors; i++) {
        __tlregdtor(end_of_thread);
    }
    return own.number;
}

EXPORT int destructors_that_ran() { return s_threads_ended; }

EXPORT u64 cookie() { return __security_cookie; }
