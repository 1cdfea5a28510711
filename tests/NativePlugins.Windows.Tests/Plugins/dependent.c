/* Is right: its status is what np_dependency.dll says. */
// flags: {plugins}/np_dependency.dll
#include "native_plugins.h"

int np_dependency_value(void);

#define ID "dependent"
#define RUN *exit_status = np_dependency_value();
#include "fixture.h"
