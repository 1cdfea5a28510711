using System.Reflection;
using NativePlugins.Conform;
using Xunit.Sdk;

namespace NativePlugins.Binary.Tests.Inspection;

/// <summary>
/// Gives a theory a few of the PE files that Wine and mingw-w64 install, and of the native files in NuGet packages. If there are none, or
/// no tools to compare with, the theory is skipped and says why.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ForeignSampleAttribute : DataAttribute
{
    private static readonly string[] s_tools = ["llvm-objdump", "llvm-readobj", "llvm-nm"];

    private static readonly Lazy<string[]> s_files =
        new(() => [.. Spread(NativePackages.OfWindows(), 12), .. Spread(NativeOfNuGet(), 6)]);

    public ForeignSampleAttribute()
    {
        string[] missing = [.. s_tools.Where(tool => Toolbox.Find(tool) is null)];
        Skip = missing.Length > 0 ? $"{string.Join(", ", missing)} is not on the PATH"
            : s_files.Value.Length == 0 ? "neither Wine, nor mingw-w64, nor a NuGet package has installed a file for another system"
            : null;
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => s_files.Value.Select(path => new object[] { path });

    private static IReadOnlyList<string> NativeOfNuGet() =>
        [.. NativePackages.OfNuGet().Where(path => path.Contains("/native/", StringComparison.Ordinal) || path.EndsWith(".dylib", StringComparison.Ordinal))];

    private static IEnumerable<string> Spread(IReadOnlyList<string> files, int count)
    {
        int step = Math.Max(1, files.Count / count);
        return files.Where((_, index) => index % step == 0);
    }
}
