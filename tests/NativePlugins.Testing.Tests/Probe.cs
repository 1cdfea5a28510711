using System.Reflection;

namespace NativePlugins.Testing.Tests;

/// <summary>tests/fixtures/csharp/probe: its managed assembly, and the library that the build made of the same source.</summary>
internal static class Probe
{
    private static readonly TestPlugin s_plugin = TestPlugin.Of(Assembly.Load("probe"));

    public static string Library { get; } = FindLibrary();

    public static TestInstance CreateIn(TestHost host) => s_plugin.Create(host);

    public static TestInstance StartIn(TestHost host)
    {
        TestInstance instance = CreateIn(host);
        instance.Start().EnsureSuccess();
        return instance;
    }

    private static string FindLibrary()
    {
        string library = RepositoryRoot.PathOf(
            $"artifacts/fixtures/{(OperatingSystem.IsWindows() ? "probe.dll" : OperatingSystem.IsMacOS() ? "libprobe.dylib" : "libprobe.so")}");
        return File.Exists(library) ? library : throw new FileNotFoundException($"{library} is missing: run ./build.sh test, which builds it first.");
    }
}
