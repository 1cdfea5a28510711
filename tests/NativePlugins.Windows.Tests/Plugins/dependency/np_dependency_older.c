/* An older np_dependency: it lacks np_dependency_more. */
__declspec(dllexport) int np_dependency_value(void);

int np_dependency_value(void) {
    return 1;
}
