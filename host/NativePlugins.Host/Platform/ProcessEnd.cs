namespace NativePlugins.Host.Platform;

/// <summary>Ends the process without running exit handlers or destructors, and without the system's loader.</summary>
internal static class ProcessEnd
{
    private static Action<int>? s_end;

    /// <summary>
    /// Finds the system's function. Called before the first library is mapped: if that library holds the loader, no function can be found
    /// any more unless it was used before.
    /// </summary>
    public static void Prepare() => s_end ??= HostSystem.Current.FindProcessEnd();

    /// <summary>Ends the process with this status.</summary>
    public static void Now(int exitCode)
    {
        Prepare();
        s_end!(exitCode);
    }
}
