namespace NativePlugins.Host;

/// <content>The deadlines of the system's loader.</content>
public static partial class PluginErrors
{
    /// <summary>NP3017: a library holds the system's loader. Thrown as <see cref="PluginLoaderHeldException"/>.</summary>
    public static PluginError LoaderHeld { get; } = new("NP3017", 75,
        "A library holds the system's loader",
        "The system's loader runs one library's constructors and destructors at a time, and those of the library that the error names have not returned within the deadline. Until they do, no library can be loaded or closed in this process, and exit(3) waits for them; under CoreCLR no thread can be begun either. Calls into plugins that are loaded go on.",
        "Find out what the library's constructors or destructors wait for, or raise the deadline (--timeout). An application ends such a process with PluginHost.EndProcess; `host` does so by itself.");

    private static PluginError[] OfThreads => [LoaderHeld];
}
