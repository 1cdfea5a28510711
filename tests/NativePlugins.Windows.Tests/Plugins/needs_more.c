/* Is right where np_dependency.dll has np_dependency_more. */
// flags: {plugins}/np_dependency.dll
#include "native_plugins.h"

int np_dependency_more(void);

#define ID "needs_more"
#define RUN *exit_status = np_dependency_more();
#include "fixture.h"
