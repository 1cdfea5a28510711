using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Model;
using NativePlugins.Binary.Reading;

namespace NativePlugins.Binary.Tests;

/// <summary>Reads libraries that must have an entry, and returns the reason if they are refused.</summary>
internal static class Libraries
{
    /// <summary>The function that the tests' libraries export.</summary>
    public static BinaryEntryPoint Entry { get; } = new("np_plugin_entry_v1") { VersionPrefix = "np_plugin_entry_v", Kind = "a plugin" };

    public static BinaryImage Check(string path, bool allowExecutableStack = false) => Check(path, FileSystem.Current, allowExecutableStack);

    public static BinaryImage Check(string path, FileSystem system, bool allowExecutableStack = false) =>
        Preflight.Check(path, system, Entry, allowExecutableStack);

    public static BinaryInspection Inspect(string path, BinaryInspectionOptions? options = null)
    {
        options ??= new BinaryInspectionOptions();
        options.EntryPoint ??= Entry;
        return BinaryInspector.Inspect(path, options);
    }

    /// <summary>Asserts that a file is refused, and why.</summary>
    public static BinaryReason Refused(BinaryError error, Func<object?> read) =>
        IsReason(error, Assert.Throws<BinaryException>(() => read()).Reason);

    /// <inheritdoc cref="Refused(BinaryError, Func{object})"/>
    public static BinaryReason Refused(BinaryError error, Action read) => IsReason(error, Assert.Throws<BinaryException>(read).Reason);

    public static BinaryReason IsReason(BinaryError error, BinaryReason? reason)
    {
        Assert.Equal(error.Code, reason?.Code);
        return reason!;
    }
}
