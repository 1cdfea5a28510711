/* Is right where np_middle.dll and what that needs are. */
// flags: {plugins}/np_middle.dll
#include "native_plugins.h"

int np_middle_value(void);

#define ID "needs_middle"
#define RUN *exit_status = np_middle_value();
#include "fixture.h"
