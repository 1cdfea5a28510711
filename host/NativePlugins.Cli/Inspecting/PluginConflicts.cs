using System.Text;
using NativePlugins.Binary;
using NativePlugins.Binary.Text;
using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary>Two plugins that bring different libraries of one name. Whichever is loaded second is refused (NP7005).</summary>
/// <param name="Name">The name under which both ask for the library.</param>
/// <param name="Plugin">The one that was inspected later.</param>
/// <param name="Brought">The library that it brings.</param>
/// <param name="Other">The one that was inspected earlier.</param>
/// <param name="OtherBrought">The library that that one brings.</param>
internal sealed record PluginConflict(string Name, string Plugin, string Brought, string Other, string OtherBrought);

/// <summary>
/// Finds plugins that can each be loaded, but not in one process: glibc's loader has one library of a name, and uses it for everyone who
/// asks for that name.
/// </summary>
internal sealed class PluginConflicts
{
    private readonly Dictionary<string, (string Plugin, string Library)> _brought = [];
    private readonly Dictionary<string, string?> _hashes = [];
    private readonly List<PluginConflict> _all = [];

    /// <summary>The conflicts of a plugin with those that were added before it.</summary>
    public IReadOnlyList<PluginConflict> Add(BinaryInspection inspection)
    {
        var found = new List<PluginConflict>();
        if (!inspection.Verdict.IsLoadable || !inspection.ExportsEntry || inspection.Format != BinaryFormat.Elf)
        {
            return found;
        }

        foreach (BinaryDependency dependency in inspection.Dependencies.Where(IsBrought))
        {
            string library = dependency.Resolved!;
            if (!_brought.TryAdd(dependency.Name, (inspection.Path, library)) && _brought[dependency.Name] is var other && !HaveSameBytes(library, other.Library))
            {
                found.Add(new PluginConflict(dependency.Name, inspection.Path, library, other.Plugin, other.Library));
            }
        }

        _all.AddRange(found);
        return found;
    }

    public string ToText()
    {
        var text = new StringBuilder(_all.Count == 0 ? "" : $"not together in one process ({PluginErrors.DependencyConflict.Code}):\n");
        foreach (PluginConflict conflict in _all)
        {
            text.Append("  ").Append(Fit(conflict.Plugin)).Append(" brings ").Append(Fit(conflict.Brought)).Append(",\n    ")
                .Append(Fit(conflict.Other)).Append(" brings ").Append(Fit(conflict.OtherBrought)).Append(", which has other bytes\n");
        }

        return text.ToString();
    }

    /// <summary>A library that the plugin's own search path leads to, and that is asked for by its name.</summary>
    private static bool IsBrought(BinaryDependency dependency) =>
        dependency is { Resolved: not null, Reason: BinaryDependencyReason.RPath or BinaryDependencyReason.RunPath } && !dependency.Name.Contains('/');

    private bool HaveSameBytes(string one, string other) => one == other || (HashOf(one) is { } hash && hash == HashOf(other));

    private string? HashOf(string path)
    {
        if (!_hashes.TryGetValue(path, out string? hash))
        {
            hash = BinaryInspector.Inspect(path, new BinaryInspectionOptions { ComputeSha256 = true }).Sha256;
            _hashes.Add(path, hash);
        }

        return hash;
    }

    private static string Fit(string text) => UntrustedText.Escape(text, maxLength: 4096);
}
