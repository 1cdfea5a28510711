using System.Diagnostics.CodeAnalysis;

namespace NativePlugins.Host;

/// <summary>Where a plugin runs. <c>docs/isolation.md</c> says what it protects, and what cannot be done with an isolated plugin yet.</summary>
public sealed record PluginIsolation
{
    private PluginIsolation(string name) => Name = name;

    /// <summary>In the application's own process: fastest, and a plugin that crashes ends the application.</summary>
    public static PluginIsolation InProcess { get; } = new("InProcess");

    /// <summary>
    /// In a worker process of the plugin's own. If that ends, calls throw <see cref="PluginCrashedException"/>, and the application goes on.
    /// </summary>
    public static PluginIsolation Process { get; } = new("Process");

    /// <summary>The name, as configuration has it.</summary>
    public string Name { get; }

    /// <summary>Finds a value by its name, in any case.</summary>
    public static bool TryParse(string? name, [NotNullWhen(true)] out PluginIsolation? isolation)
    {
        isolation = string.Equals(name, InProcess.Name, StringComparison.OrdinalIgnoreCase) ? InProcess
            : string.Equals(name, Process.Name, StringComparison.OrdinalIgnoreCase) ? Process
            : null;
        return isolation is not null;
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
