using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

// The import of this assembly is a function of the C library, which is never looked for beside the application.
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
