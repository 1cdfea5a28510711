namespace NativePlugins.Binary;

/// <summary>How a binary is inspected.</summary>
public sealed class BinaryInspectionOptions
{
    /// <summary>
    /// A function by which a kind of library is known, to be looked for. Default: null, and nothing is.
    /// </summary>
    public BinaryEntryPoint? EntryPoint { get; set; }

    /// <summary>
    /// Whether a library without <see cref="EntryPoint"/> counts as one that cannot be loaded. Off, any library is judged as the
    /// system's loader would. Default: true.
    /// </summary>
    public bool RequireEntryPoint { get; set; } = true;

    /// <summary>Whether a library may make stacks executable. Default: false.</summary>
    public bool AllowExecutableStack { get; set; }

    /// <summary>
    /// Whether what a library needs may lie where users other than its owner and the administrator may write. Default: false.
    /// </summary>
    public bool AllowUntrustedDirectories { get; set; }

    /// <summary>Whether the SHA-256 is computed, for which the whole file is read. Default: false.</summary>
    public bool ComputeSha256 { get; set; }

    /// <summary>
    /// A directory that stands for the root of another system's files (<c>/</c> of Linux and macOS, <c>C:\</c> of Windows): what is
    /// needed is looked for there, and only there, as that system's loader would. The files to inspect must lie below it.
    /// Default: null, and only what this system's loader takes is resolved.
    /// </summary>
    public string? Root { get; set; }
}
