using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using NativePlugins.Binary.Files;

namespace NativePlugins.Host.Platform;

/// <summary>Lets the imports of this assembly be found in the C library that the process has.</summary>
internal static class Imports
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The imports are spread over the assembly, and any of them may be first.")]
    internal static void Register() => SystemLibrary.ResolveFor(typeof(Imports).Assembly);
}
