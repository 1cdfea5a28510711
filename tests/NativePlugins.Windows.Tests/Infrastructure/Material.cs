using NativePlugins.Host;

namespace NativePlugins.Windows.Tests;

/// <summary>What the build has put beside this program: the host, and plugins by mingw-w64.</summary>
internal static class Material
{
    private static readonly string s_folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, ".."));

    public static string Host { get; } = Path.Combine(s_folder, "host", "host.exe");

    public static string Plugin(string name) => Path.Combine(s_folder, "plugins", name + ".dll");

    /// <summary>hello_world as a managed assembly: what a forgotten publish leaves.</summary>
    public static string Managed { get; } = Path.Combine(s_folder, "managed", "hello_world.dll");
}
