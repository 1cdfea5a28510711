namespace NativePlugins.Host.Platform;

/// <summary>The end of the process that needs nobody: neither exit handlers nor destructors nor the system's loader.</summary>
internal static class ProcessEnd
{
    private static Action<int>? s_end;

    /// <summary>
    /// Finds the system's function. Before the first library is mapped: when that one holds the loader, no function can be
    /// found any more that has not been used before.
    /// </summary>
    public static void Prepare() => s_end ??= HostSystem.Current.FindProcessEnd();

    /// <summary>Ends the process with this status.</summary>
    public static void Now(int exitCode)
    {
        Prepare();
        s_end!(exitCode);
    }
}
