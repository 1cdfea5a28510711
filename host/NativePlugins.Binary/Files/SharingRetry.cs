namespace NativePlugins.Binary.Files;

/// <summary>
/// Tries again while another process, such as an indexer or a virus scanner, holds a file open and does not share it. Such a process closes
/// the file after some milliseconds.
/// </summary>
/// <param name="wait">Waits before a retry. Takes the number of the retry, from 1 on.</param>
internal sealed class SharingRetry(Action<int> wait)
{
    /// <summary>Waits of 5 to 320 ms: 0.6 s in all.</summary>
    public const int MostRetries = 7;

    public static SharingRetry Default { get; } = new(attempt => Thread.Sleep(5 << (attempt - 1)));

    /// <summary>The result of the last try.</summary>
    /// <param name="open">One try.</param>
    /// <param name="isHeld">Whether its result says that another process holds the file.</param>
    public T Run<T>(Func<T> open, Func<T, bool> isHeld)
    {
        T result = open();
        for (int attempt = 1; attempt <= MostRetries && isHeld(result); attempt++)
        {
            wait(attempt);
            result = open();
        }

        return result;
    }
}
