using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NativePlugins.Binary.Files;

/// <summary>
/// The C library. Every program on Unix has it mapped, so its functions are looked up there. A search for a file of that name would cost
/// about 100 system calls at the first import, and could find another file.
/// </summary>
internal static class SystemLibrary
{
    /// <summary>The name of the library in imports.</summary>
    public const string Name = "libc";

    /// <summary>Makes the imports of an assembly find the C library in this way. To be called once, before the first import.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="findOther">Returns the handle of another library, or 0 to have it searched for.</param>
    public static void ResolveFor(Assembly assembly, Func<string, nint>? findOther = null)
    {
        if (FileSystem.Current is UnixFileSystem)
        {
            NativeLibrary.SetDllImportResolver(assembly, (name, _, _) => name == Name ? NativeLibrary.GetMainProgramHandle() : findOther?.Invoke(name) ?? 0);
        }
    }

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The imports are spread over the assembly, and any of them may be first.")]
    internal static void Register() => ResolveFor(typeof(SystemLibrary).Assembly);
}
