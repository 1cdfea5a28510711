using NativePlugins.Binary;
using NativePlugins.Binary.Files;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution.Store;

/// <summary>One change after the other, also among processes.</summary>
internal sealed class StoreTurn(StoreLayout layout, PluginStoreOptions options, StoreFiles files)
{
    /// <summary>Does something with the turn of this process, after what another one may have left is put in order.</summary>
    public async Task<T> ChangeAsync<T>(Func<StoreWriter, LockFile, ValueTask<T>> change, CancellationToken cancellationToken)
    {
        if (FileSystem.Current.LibraryFormat == BinaryFormat.Pe)
        {
            throw new PluginStoreSystemException(new PluginFailure("plugins cannot be installed on this system") { Expected = "a system that replaces links in one step", Found = "Windows" });
        }

        try
        {
            files.CreateDirectory(layout.Store);
            using IDisposable turn = await StoreMutex.TakeAsync(layout.Mutex, options.Patience, options.Time, cancellationToken).ConfigureAwait(false);
            var writer = new StoreWriter(layout, files);
            try
            {
                return await change(writer, writer.Recover()).ConfigureAwait(false);
            }
            catch
            {
                TryClearStaging(writer);
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreFailures.Write(layout.Root, e);
        }
    }

    /// <summary>A failure is reported, and not what clearing up after it met: the next change clears up too.</summary>
    private static void TryClearStaging(StoreWriter writer)
    {
        try
        {
            writer.ClearStaging();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }
}
