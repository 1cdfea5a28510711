using System.Runtime.CompilerServices;
using NativePlugins.Distribution;
using NativePlugins.Tests;

namespace NativePlugins.Cli.Tests.Signing;

/// <summary>The user's trust policy in these tests: that of whoever runs them is neither read nor written.</summary>
internal static class UserPolicy
{
    private static readonly TemporaryDirectory s_folder = new();

    public static string Path => PluginTrustPolicy.UserFile!;

    [ModuleInitializer]
    internal static void Replace()
    {
        s_folder.CreateDirectory("native-plugins");
        Environment.SetEnvironmentVariable("XDG_CONFIG_HOME", s_folder.Path);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => s_folder.Dispose();
    }
}
