using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using NativePlugins.Binary.Files;

namespace NativePlugins.Host.Platform;

/// <summary>Lets the imports of this assembly be found in the C library that the process has, and in the helper that comes with the package.</summary>
internal static class Imports
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The imports are spread over the assembly, and any of them may be first.")]
    internal static void Register() => SystemLibrary.ResolveFor(
        typeof(Imports).Assembly, static name => name == NativeHelper.Name && NativeHelper.TryLoad(out nint library, out _) ? library : 0);
}
