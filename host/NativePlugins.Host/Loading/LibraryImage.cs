using System.Runtime.InteropServices;
using NativePlugins.Binary;
using NativePlugins.Binary.Diagnosis;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Model;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Platform;
using NativePlugins.Host.Threads;
using NativePlugins.Host.Verification;

namespace NativePlugins.Host.Loading;

/// <summary>A plugin's library, mapped. Closing it gives its reference back to the system's loader.</summary>
/// <remarks>
/// A NativeAOT library must never be closed: dlclose unmaps it, and every thread that has called it crashes when it ends. In case of doubt
/// a library stays mapped.
/// </remarks>
internal sealed class LibraryImage : PluginImage
{
    private nint _handle;
    private int _words = -1;

    private LibraryImage(string path, nint handle, nint entry)
        : base(path, entry) => _handle = handle;

    /// <summary>Maps a library that has passed its checks. The caller has a turn in the <see cref="LoaderLock"/>.</summary>
    /// <param name="claim">Checks the library against all others that are mapped, and throws if it does not fit.</param>
    /// <returns>Null if the loader refused the library; <see cref="Explain"/> says why.</returns>
    /// <exception cref="PluginException">It would be one NativeAOT library too many, or its file was replaced.</exception>
    public static LibraryImage? Map(string path, BinaryImage binary, bool isNativeAot, ResidentLimit limit, Action claim, out LoaderRefusal refusal)
    {
        ProcessEnd.Prepare();
        MappedImages.Acquire(path, binary.Status, isNativeAot, limit);
        try
        {
            claim();
        }
        catch
        {
            Forget(path, wasMapped: false);
            throw;
        }

        if (!HostSystem.Current.TryOpenLibrary(path, out nint handle, out refusal))
        {
            Forget(path, wasMapped: false);
            return null;
        }

        MappedImages.RequireUnchanged(path, binary.Status);
        if (!NativeLibrary.TryGetExport(handle, PluginBinary.EntryPoint.Name, out nint entry))
        {
            throw new PluginEntryMissingException(new PluginFailure(
                $"{UntrustedText.Quote(path)} lost its entry between the check and the load")
            {
                Expected = $"the exported function {PluginBinary.EntryPoint.Name}",
                Found = "no such symbol in the mapped library",
            });
        }

        return new LibraryImage(path, handle, entry);
    }

    /// <summary>Why the loader refused the library. Reads files, which may take long, so the caller must not have a turn in the loader.</summary>
    public static PluginException Explain(BinaryImage binary, LoaderRefusal refusal) =>
        DependencyDiagnosis.Explain(binary) is { } reason ? Refusals.Of(reason) : ExplainNumber(binary.Path, refusal) ?? Refused(binary.Path, refusal.Reason);

    public override void Name(string plugin) => _words = LastWords.Name(_words, Entry, LastWords.NameOf(plugin));

    public override PluginRetiredImage Close()
    {
        nint handle = Interlocked.Exchange(ref _handle, 0);
        if (handle == 0 || IsPinned)
        {
            return MappedImages.IsNativeAot(Path) ? PluginRetiredImage.Resident : PluginRetiredImage.Pinned;
        }

        bool isGone = HostSystem.Current.CloseLibrary(handle, Path);
        if (isGone)
        {
            LastWords.Remove(_words);
            Forget(Path, wasMapped: true);
        }
        else
        {
            MappedImages.Release(Path, isGone: false);
        }

        return isGone ? PluginRetiredImage.Unmapped : PluginRetiredImage.StillMapped;
    }

    private static void Forget(string path, bool wasMapped)
    {
        if (MappedImages.Release(path, isGone: true))
        {
            UniqueSymbols.Release(path, wasMapped);
        }
    }

    /// <summary>The error for the system's error number, or for what the files show; null if there is none of its own.</summary>
    private static PluginException? ExplainNumber(string path, LoaderRefusal refusal) => FileSystem.Current.LibraryFormat switch
    {
        BinaryFormat.Pe => WindowsLoadErrors.Explain(path, refusal),
        BinaryFormat.MachO => MacLoadErrors.Explain(path, refusal),
        _ => null,
    };

    private static PluginLoaderRefusedException Refused(string path, string reason) =>
        new PluginLoaderRefusedException(new PluginFailure($"the system's loader refused {UntrustedText.Quote(path)}")
        {
            Expected = "a library that passes the checks can be loaded",
            Found = UntrustedText.Escape(reason),
        });
}
