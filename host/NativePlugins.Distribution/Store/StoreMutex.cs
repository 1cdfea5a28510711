using NativePlugins.Binary;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution.Store;

/// <summary>The turn of one process to change a store. The system takes it back when the process ends, however it ends.</summary>
internal static class StoreMutex
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    // EWOULDBLOCK, which .NET's lock of a file meets if another one has it: errno(3) of Linux, and of macOS.
    private static readonly int s_wouldBlock = FileSystem.Current.LibraryFormat == BinaryFormat.MachO ? 35 : 11;

    /// <exception cref="PluginStoreBusyException">Another process kept its turn for all of the patience.</exception>
    public static async ValueTask<IDisposable> TakeAsync(string path, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e.HResult == s_wouldBlock)
            {
                if (time.GetElapsedTime(start) >= patience)
                {
                    throw new PluginStoreBusyException(new PluginFailure($"another process changes the plugins in {UntrustedText.Quote(Path.GetDirectoryName(Path.GetDirectoryName(path))!)}")
                    {
                        Expected = $"its end within {(long)patience.TotalSeconds} s",
                        Found = "it goes on",
                        Cause = e,
                    });
                }

                await Task.Delay(s_pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
