using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

// Our own imports are the system's libraries: they are never looked for beside the application.
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
