using NativePlugins.Contracts;

namespace NativePlugins.TestContracts;

/// <summary>Gives and takes streams of bytes.</summary>
[PluginContract("test.pipes")]
public partial interface IPipes
{
    /// <summary>The bytes 0, 1, 2 and so on, each the remainder by 251; fails with an I/O error before the one of <paramref name="failAt"/>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="most">How many it reads at once at most; 0 as many as it is asked for.</param>
    /// <param name="failAt">-1 for never; -2 for its end.</param>
    Stream Count(int count, int most, int failAt);

    /// <summary>A stream that is empty, read, written, and can seek; none if there should be none.</summary>
    Stream? Store(bool isThere);

    /// <summary>The same, later.</summary>
    ValueTask<Stream> StoreLater();

    /// <summary>The same, later, or none.</summary>
    Task<Stream?> TryStoreLater(bool isThere);

    /// <summary>Takes bytes, and can be neither read nor seek.</summary>
    Stream Drain();

    /// <summary>How many bytes were written to what <see cref="Drain"/> gave, and how often it was flushed.</summary>
    void GetDrained(out long bytes, out int flushes);

    /// <summary>One byte, and then nothing until it is cancelled.</summary>
    Stream Wait();

    /// <summary>How many streams are open.</summary>
    int CountOpen();

    /// <summary>Adds up a stream of the caller's without waiting elsewhere, and ends it.</summary>
    long Sum(Stream bytes);

    /// <summary>The same, later.</summary>
    Task<long> SumLater(Stream bytes, CancellationToken cancellationToken);

    /// <summary>Writes the bytes 0, 1, 2 and so on to a stream of the caller's, flushes it and ends it.</summary>
    void Fill(Stream target, int count);

    /// <summary>The same, later.</summary>
    Task FillLater(Stream target, int count, CancellationToken cancellationToken);

    /// <summary>What a stream of the caller's can do: 1 to be read, 2 to be written, 4 to seek; and its length if it can seek, of which nothing is left then. Ends it.</summary>
    int Examine(Stream stream, out long length);

    /// <summary>Keeps a stream, if it is one.</summary>
    bool Keep(Stream? stream);

    /// <summary>The next byte of the stream that is kept; -1 at the end.</summary>
    int ReadKept();

    /// <summary>Ends the stream that is kept.</summary>
    void DropKept();
}
