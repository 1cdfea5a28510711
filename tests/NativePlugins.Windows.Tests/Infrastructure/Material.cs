using NativePlugins.Host;

namespace NativePlugins.Windows.Tests;

/// <summary>What the build has put beside this program: hosts, plugins in C by mingw-w64 and in C# by NativeAOT, and applications.</summary>
internal static class Material
{
    private static readonly string s_folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, ".."));

    /// <summary>The host under the JIT.</summary>
    public static string Host { get; } = Path.Combine(s_folder, "host", "host.exe");

    /// <summary>A program that NativeAOT has compiled.</summary>
    public static string Native(string name) => Path.Combine(s_folder, "native", name + ".exe");

    public static string Plugin(string name) => Path.Combine(s_folder, "plugins", name + ".dll");

    /// <summary>hello_world as a managed assembly: what a forgotten publish leaves.</summary>
    public static string Managed { get; } = Path.Combine(s_folder, "managed", "hello_world.dll");
}
