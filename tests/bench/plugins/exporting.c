/* A plugin's library with 10,000 exported functions that call into another library, and 10,000 pointers that are relocated. */
#include <math.h>

#define EXPORT __attribute__((visibility("default")))

#define TEN(each, n) \
    each(n##0) each(n##1) each(n##2) each(n##3) each(n##4) each(n##5) each(n##6) each(n##7) each(n##8) each(n##9)
#define HUNDRED(each, n) \
    TEN(each, n##0) TEN(each, n##1) TEN(each, n##2) TEN(each, n##3) TEN(each, n##4) \
    TEN(each, n##5) TEN(each, n##6) TEN(each, n##7) TEN(each, n##8) TEN(each, n##9)
#define THOUSAND(each, n) \
    HUNDRED(each, n##0) HUNDRED(each, n##1) HUNDRED(each, n##2) HUNDRED(each, n##3) HUNDRED(each, n##4) \
    HUNDRED(each, n##5) HUNDRED(each, n##6) HUNDRED(each, n##7) HUNDRED(each, n##8) HUNDRED(each, n##9)
#define TEN_THOUSAND(each) \
    THOUSAND(each, 10) THOUSAND(each, 11) THOUSAND(each, 12) THOUSAND(each, 13) THOUSAND(each, 14) \
    THOUSAND(each, 15) THOUSAND(each, 16) THOUSAND(each, 17) THOUSAND(each, 18) THOUSAND(each, 19)

#define DECLARED(n) EXPORT double exported_function_##n(double value);
#define DEFINED(n) \
    double exported_function_##n(double value) { \
        return sin(value + n); \
    }
#define NAMED(n) exported_function_##n,

TEN_THOUSAND(DECLARED)
TEN_THOUSAND(DEFINED)

EXPORT extern double (*const exported_table[])(double);
double (*const exported_table[])(double) = {TEN_THOUSAND(NAMED) 0};

EXPORT int np_plugin_entry_v1(const void **description);
int np_plugin_entry_v1(const void **description) {
    *description = 0;
    return 0;
}
