using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

// The imports of this assembly are functions of the system's libraries, which are never looked for beside the application.
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
