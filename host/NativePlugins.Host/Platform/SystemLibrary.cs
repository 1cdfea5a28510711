using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NativePlugins.Host;

/// <summary>
/// The C library. Every program on Unix has it mapped: its functions are looked up there, and no file of that name is
/// searched for, which would cost about 100 system calls at the first import and could find another one.
/// </summary>
internal static class SystemLibrary
{
    /// <summary>The name under which the imports of this assembly ask for it.</summary>
    public const string Name = "libc";

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The imports are spread over the assembly, and any of them may be first.")]
    internal static void Register()
    {
        if (HostSystem.Current is UnixSystem)
        {
            NativeLibrary.SetDllImportResolver(
                typeof(SystemLibrary).Assembly,
                static (name, _, _) => name == Name ? NativeLibrary.GetMainProgramHandle() : 0);
        }
    }
}
