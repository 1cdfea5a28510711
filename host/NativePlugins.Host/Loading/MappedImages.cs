using NativePlugins.Binary.Files;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Platform;
using NativePlugins.Host.Threads;

namespace NativePlugins.Host.Loading;

/// <summary>
/// The plugin libraries that are mapped in this process, over all hosts: the file of each path at the time of mapping, and which libraries
/// carry a NativeAOT runtime.
/// </summary>
internal static class MappedImages
{
    private static readonly Lock s_lock = new();
    private static readonly Dictionary<string, Entry> s_byPath = new(FileSystem.Current.PathComparer);
    private static int s_residents;

    /// <summary>How many files are remembered.</summary>
    internal static int Count
    {
        get
        {
            lock (s_lock)
            {
                return s_byPath.Count;
            }
        }
    }

    /// <summary>How many NativeAOT libraries there are. Each counts for ever once it was mapped, as it is never unloaded.</summary>
    public static int ResidentCount
    {
        get
        {
            lock (s_lock)
            {
                return s_residents;
            }
        }
    }

    /// <summary>Counts one use of a library, before it is mapped.</summary>
    /// <exception cref="PluginImageReplacedException">Another file was mapped under this path.</exception>
    /// <exception cref="PluginResidentLimitException">It would be one NativeAOT library too many.</exception>
    public static void Acquire(string path, in FileStatus file, bool isNativeAot, ResidentLimit limit)
    {
        lock (s_lock)
        {
            if (s_byPath.TryGetValue(path, out Entry? mapped))
            {
                RequireSameFile(path, mapped.File, file);
                mapped.Uses++;
                return;
            }

            if (isNativeAot)
            {
                RequireRoom(path, limit);
                s_residents++;
            }

            s_byPath.Add(path, new Entry { File = file, IsNativeAot = isNativeAot, Uses = 1 });
            LoaderLock.CountMapped(1);
        }
    }

    /// <summary>
    /// Ends one use: the loader has refused the library, or its reference was given back. A library that is still mapped after its last use
    /// is remembered.
    /// </summary>
    /// <returns>Whether nothing of it is remembered any more.</returns>
    public static bool Release(string path, bool isGone)
    {
        lock (s_lock)
        {
            Entry mapped = s_byPath[path];
            if (--mapped.Uses != 0 || !isGone)
            {
                return false;
            }

            s_byPath.Remove(path);
            LoaderLock.CountMapped(-1);
            s_residents -= mapped.IsNativeAot ? 1 : 0;
            return true;
        }
    }

    /// <summary>Counts a mapped library as NativeAOT that has said so only now. The limit does not apply.</summary>
    public static void MarkNativeAot(string path)
    {
        lock (s_lock)
        {
            Entry mapped = s_byPath[path];
            if (!mapped.IsNativeAot)
            {
                mapped.IsNativeAot = true;
                s_residents++;
            }
        }
    }

    /// <summary>Whether the mapped library of this path carries a NativeAOT runtime.</summary>
    public static bool IsNativeAot(string path)
    {
        lock (s_lock)
        {
            return s_byPath.TryGetValue(path, out Entry? mapped) && mapped.IsNativeAot;
        }
    }

    /// <summary>Checks that the mapped file is the one that was verified: the path still leads to it.</summary>
    /// <exception cref="PluginImageReplacedException">The file was replaced in between.</exception>
    public static void RequireUnchanged(string path, in FileStatus verified)
    {
        if (FileSystem.Current.GetStatus(path, followLinks: true, out FileStatus now).IsNone)
        {
            RequireSameFile(path, verified, now);
        }
    }

    private static void RequireSameFile(string path, in FileStatus mapped, in FileStatus now)
    {
        bool isSame = mapped.Device == now.Device && mapped.Inode == now.Inode
            && mapped.Size == now.Size && mapped.ModifiedNanoseconds == now.ModifiedNanoseconds;
        if (!isSame)
        {
            throw new PluginImageReplacedException(new PluginFailure(
                $"{UntrustedText.Quote(path)} was replaced after it had been checked or loaded")
            {
                Expected = $"the file as it was: {Describe(mapped)}",
                Found = Describe(now),
            });
        }
    }

    private static void RequireRoom(string path, ResidentLimit limit)
    {
        if (s_residents >= limit.Count)
        {
            throw new PluginResidentLimitException(new PluginFailure(
                $"{UntrustedText.Quote(path)} would be one NativeAOT library too many in this process")
            {
                Expected = $"at most {limit.Count} resident NativeAOT libraries in an application on {HostRuntime.Name}: {limit.Reason}",
                Found = $"{s_residents} are resident already; they cannot be unloaded",
            });
        }
    }

    private static string Describe(in FileStatus file) =>
        InvariantText.Of($"inode {file.Inode}, {file.Size} bytes, modified {DateTime.UnixEpoch.AddTicks(file.ModifiedNanoseconds / 100):yyyy-MM-dd HH:mm:ss.fff} UTC");

    private sealed class Entry
    {
        public required FileStatus File { get; init; }

        public bool IsNativeAot { get; set; }

        public int Uses { get; set; }
    }
}
