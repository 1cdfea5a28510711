using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NativePlugins.Binary.Files;

/// <summary>
/// The C library. Every program on Unix has it mapped: its functions are looked up there, and no file of that name is
/// searched for, which would cost about 100 system calls at the first import and could find another one.
/// </summary>
internal static class SystemLibrary
{
    /// <summary>The name under which imports ask for it.</summary>
    public const string Name = "libc";

    /// <summary>Lets the imports of an assembly find it so. Once, before the first of them.</summary>
    public static void ResolveFor(Assembly assembly)
    {
        if (FileSystem.Current is UnixFileSystem)
        {
            NativeLibrary.SetDllImportResolver(assembly, static (name, _, _) => name == Name ? NativeLibrary.GetMainProgramHandle() : 0);
        }
    }

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The imports are spread over the assembly, and any of them may be first.")]
    internal static void Register() => ResolveFor(typeof(SystemLibrary).Assembly);
}
