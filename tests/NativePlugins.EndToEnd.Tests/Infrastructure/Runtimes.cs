namespace NativePlugins.EndToEnd.Tests;

/// <summary>How the program was compiled that a test runs.</summary>
public static class Runtimes
{
    /// <summary>True for NativeAOT, false for the JIT, whose programs run as what this machine is.</summary>
    public static TheoryData<bool> AreNative => TestTarget.Rid is null ? [true, false] : [true];
}
