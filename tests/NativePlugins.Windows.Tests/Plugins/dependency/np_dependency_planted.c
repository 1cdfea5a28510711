/* What somebody else would like to have loaded in place of np_dependency. */
__declspec(dllexport) int np_dependency_value(void);
__declspec(dllexport) int np_dependency_more(void);

int np_dependency_value(void) {
    return 666;
}

int np_dependency_more(void) {
    return 666;
}
