using NativePlugins.Binary;
using NativePlugins.Host.Verification;

namespace NativePlugins.Host;

/// <summary>
/// Looks into binary files as <see cref="BinaryInspector"/> does, and says in the words of the error catalogue (<see cref="PluginErrors"/>)
/// what it finds. The same code guards loading: the first reason here is the one that loading would report. Thread-safe.
/// </summary>
public static class PluginBinary
{
    /// <summary>The function by which a plugin is known, <c>np_plugin_entry_v1</c>, for <see cref="BinaryInspectionOptions.EntryPoint"/>.</summary>
    public static BinaryEntryPoint EntryPoint { get; } = new("np_plugin_entry_v1") { VersionPrefix = "np_plugin_entry_v", Kind = "a plugin" };

    /// <summary>Inspects one file. If the file cannot be read, nothing is thrown: the verdict says so.</summary>
    /// <param name="path">Absolute, or relative to the current directory.</param>
    /// <param name="options">Default (null): those of a new <see cref="BinaryInspectionOptions"/>, with <see cref="EntryPoint"/>.</param>
    /// <exception cref="ArgumentException">
    /// The path is empty or contains a NUL character, or does not lie below <see cref="BinaryInspectionOptions.Root"/>.
    /// </exception>
    public static BinaryInspection Inspect(string path, BinaryInspectionOptions? options = null) =>
        Reword(BinaryInspector.Inspect(path, options ?? Default()));

    /// <summary>
    /// Inspects several files, each at the moment when the sequence reaches it. A library that many of them need is read once, which is
    /// faster than inspecting one by one. Only one thread at a time may walk the sequence.
    /// </summary>
    /// <inheritdoc cref="Inspect"/>
    /// <param name="paths">Absolute, or relative to the current directory.</param>
    /// <param name="options">Default (null): those of a new <see cref="BinaryInspectionOptions"/>, with <see cref="EntryPoint"/>.</param>
    public static IEnumerable<BinaryInspection> InspectAll(IEnumerable<string> paths, BinaryInspectionOptions? options = null) =>
        BinaryInspector.InspectAll(paths, options ?? Default()).Select(Reword);

    private static BinaryInspectionOptions Default() => new() { EntryPoint = EntryPoint };

    private static BinaryInspection Reword(BinaryInspection inspection) => inspection.Verdict.IsLoadable ? inspection : inspection with
    {
        Verdict = inspection.Verdict with { Reasons = [.. inspection.Verdict.Reasons.Select(Refusals.Reword)] },
    };
}
