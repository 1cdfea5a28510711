namespace NativePlugins.Binary;

/// <summary>How a binary is inspected.</summary>
public sealed class BinaryInspectionOptions
{
    /// <summary>The function by which a kind of library is known. The inspection looks for it. Default: null, which looks for none.</summary>
    public BinaryEntryPoint? EntryPoint { get; set; }

    /// <summary>
    /// Whether a library without <see cref="EntryPoint"/> counts as one that cannot be loaded. If false, every library is judged as the
    /// system's loader would judge it. Default: true.
    /// </summary>
    public bool RequireEntryPoint { get; set; } = true;

    /// <summary>Whether a library may make stacks executable. Default: false.</summary>
    public bool AllowExecutableStack { get; set; }

    /// <summary>
    /// Whether the libraries that a library needs may lie where users other than their owner and the administrator may write. Default:
    /// false.
    /// </summary>
    public bool AllowUntrustedDirectories { get; set; }

    /// <summary>Whether the SHA-256 is computed, which reads the whole file. Default: false.</summary>
    public bool ComputeSha256 { get; set; }

    /// <summary>
    /// A directory that stands for the root of another system's files (<c>/</c> of Linux and macOS, <c>C:\</c> of Windows). The libraries
    /// that a file needs are looked for there, and only there, as that system's loader would. The files to inspect must lie below it.
    /// Default: null, which resolves only what this system's loader takes.
    /// </summary>
    public string? Root { get; set; }
}
