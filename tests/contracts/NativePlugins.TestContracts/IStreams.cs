using NativePlugins.Contracts;

namespace NativePlugins.TestContracts;

/// <summary>Gives and takes streams.</summary>
[PluginContract("test.streams")]
public partial interface IStreams
{
    /// <summary>The numbers below a count; fails before the one of <paramref name="failAt"/>.</summary>
    IAsyncEnumerable<int> Count(int count, int failAt);

    /// <summary>People of these names.</summary>
    IAsyncEnumerable<Person?>? NameAll(IReadOnlyList<string>? names);

    /// <summary>One number, and then nothing until it is cancelled or disposed of.</summary>
    IAsyncEnumerable<long> Wait();

    /// <summary>How many streams are open.</summary>
    int CountOpen();

    /// <summary>Adds up a stream of the caller's, at most the first ones.</summary>
    Task<long> Sum(IAsyncEnumerable<int> numbers, int most, CancellationToken cancellationToken);

    /// <summary>Keeps a stream, if it is one.</summary>
    bool Keep(IAsyncEnumerable<string>? texts);

    /// <summary>The next text of the stream that is kept; null at the end.</summary>
    Task<string?> NextKept();
}
