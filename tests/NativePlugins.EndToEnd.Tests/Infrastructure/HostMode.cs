namespace NativePlugins.EndToEnd.Tests;

/// <summary>
/// dist/host, with plugins in its own process or each in one of its own. A class of tests that runs in both modes is abstract, and has one
/// sealed class for each.
/// </summary>
internal sealed class HostMode
{
    private readonly string[] _options;

    private HostMode(params string[] options) => _options = options;

    public static HostMode InProcess { get; } = new();

    public static HostMode Isolated { get; } = new("--isolate");

    /// <summary>Whether a plugin has a process of its own.</summary>
    public bool IsIsolated => _options.Length > 0;

    /// <summary>The same for the library.</summary>
    public PluginIsolation Isolation => IsIsolated ? PluginIsolation.Process : PluginIsolation.InProcess;

    /// <summary>The command for a shell.</summary>
    public string ShellCommand => string.Join(' ', _options.Prepend($"'{Repository.Host}'"));

    public HostResult Run(params IEnumerable<string> arguments) => HostProcess.Run([.. _options, .. arguments]);

    public HostResult RunIn(HostEnvironment environment, params IEnumerable<string> arguments) => HostProcess.RunIn(environment, [.. _options, .. arguments]);

    public HostProcess Start(params IEnumerable<string> arguments) => HostProcess.Start(Repository.Host, new HostEnvironment(), [.. _options, .. arguments]);
}
