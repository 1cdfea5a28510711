namespace NativePlugins.Host;

/// <summary>
/// What an isolated plugin may reach, on Linux: files by their paths, the network, processes, and what of the kernel. What it starts is held to the same.
/// <c>docs/isolation.md</c> says what this protects, and what it does not.
/// </summary>
/// <remarks>
/// The system holds the whole worker to it, from before the plugin's library is mapped, and it cannot be undone (Landlock, and a filter of system calls by seccomp). Beside what is named
/// here a worker may read and execute the plugin's own folder, its private copy, the worker and the system's libraries, and read <c>/sys</c>, its own part
/// of <c>/proc</c> and the devices null, zero, full, random and urandom. It can neither send signals to processes outside, attach to them nor read their memory.
/// </remarks>
public sealed class PluginSandbox
{
    /// <summary>
    /// Files, and directories with all that is below them, that may be read and executed. A relative path is relative to
    /// <see cref="AppContext.BaseDirectory"/>. Each must exist when a worker starts. Default: none.
    /// </summary>
    public IList<string> ReadPaths { get; } = [];

    /// <summary>
    /// Files, and directories with all that is below them, that may be read, written, made and removed. A relative path is relative to
    /// <see cref="AppContext.BaseDirectory"/>. Each must exist when a worker starts. Default: none.
    /// </summary>
    public IList<string> WritePaths { get; } = [];

    /// <summary>
    /// Whether it may read and write its data directory (<c>np.paths/1</c>), which is then made when its worker starts. It is that of the manifest's id, or else
    /// of the file's name without prefix and extension. Default: true.
    /// </summary>
    public bool AllowData { get; set; } = true;

    /// <summary>
    /// Whether it may connect by TCP, and listen. To find the addresses of names takes more: <see cref="AllowNetwork"/>. Default: false.
    /// </summary>
    public bool AllowTcp { get; set; }

    /// <summary>
    /// Whether it may use the sockets of TCP and UDP, and those of Unix that are files, which services of the system listen on. Others, as raw ones, it never
    /// may. Without this, and <see cref="AllowTcp"/>, it makes no sockets but pairs. Default: false.
    /// </summary>
    public bool AllowNetwork { get; set; }

    /// <summary>
    /// Whether it may start processes, and execute programs that it may read. They are held to the same. Threads it may start in any case. Default: false.
    /// </summary>
    public bool AllowProcesses { get; set; }

    /// <summary>
    /// Whether a plugin is refused with <see cref="PluginSandboxException"/> where the system cannot limit all of this, as before Linux 6.12. If
    /// false, what can be limited is, and a warning says what cannot. Default: true.
    /// </summary>
    public bool Required { get; set; } = true;

    /// <summary>Returns a checked copy.</summary>
    /// <exception cref="ArgumentException">A path is empty.</exception>
    internal PluginSandbox Validated()
    {
        var copy = new PluginSandbox { AllowData = AllowData, AllowTcp = AllowTcp, AllowNetwork = AllowNetwork, AllowProcesses = AllowProcesses, Required = Required };
        Copy(ReadPaths, copy.ReadPaths, nameof(ReadPaths));
        Copy(WritePaths, copy.WritePaths, nameof(WritePaths));
        return copy;
    }

    private static void Copy(IList<string> from, IList<string> to, string name)
    {
        foreach (string path in from)
        {
            ArgumentException.ThrowIfNullOrEmpty(path, name);
            to.Add(Path.GetFullPath(path, AppContext.BaseDirectory));
        }
    }
}
