/* Needs np_dependency itself. */
// flags: {plugins}/np_dependency.dll
int np_dependency_value(void);
__declspec(dllexport) int np_middle_value(void);

int np_middle_value(void) {
    return np_dependency_value();
}
