/* The library that dependent.c and needs_more.c were linked with. */
__declspec(dllexport) int np_dependency_value(void);
__declspec(dllexport) int np_dependency_more(void);

int np_dependency_value(void) {
    return 1;
}

int np_dependency_more(void) {
    return 2;
}
