using System.Runtime.InteropServices;

namespace NativePlugins.Outside.Tests;

/// <summary>What is called otherwise on each system.</summary>
internal static class Platform
{
    /// <summary>The portable runtime identifier of this system.</summary>
    public static string Rid { get; } =
        $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";

    /// <summary>The file name of a library.</summary>
    public static string Library(string stem) =>
        OperatingSystem.IsWindows() ? $"{stem}.dll" : OperatingSystem.IsMacOS() ? $"lib{stem}.dylib" : $"lib{stem}.so";
}
