using NativePlugins.Contracts;

namespace NativePlugins.TestContracts;

/// <summary>Describes somebody.</summary>
/// <param name="person">Who.</param>
/// <param name="prefix">What comes first.</param>
/// <returns>The description; null for nobody.</returns>
public delegate string? Describer(Person? person, string? prefix);

/// <summary>Combines the parts of a whole.</summary>
/// <param name="parts">The parts.</param>
/// <param name="whole">What there is already, and then is.</param>
public delegate bool Combiner(ReadOnlySpan<int> parts, ref long whole);

/// <summary>Calls back by delegates.</summary>
[PluginContract("test.callbacks")]
public partial interface ICallbacks
{
    /// <summary>Visits the numbers below a count, one by one.</summary>
    /// <param name="count">How many.</param>
    /// <param name="visit">Is called with each.</param>
    void VisitAll(int count, Action<int> visit);

    /// <summary>Counts the texts that match; all of them if nothing says which.</summary>
    int Count(IReadOnlyList<string> texts, Func<string, bool>? matches);

    /// <summary>Describes by a delegate of its own type.</summary>
    string? Describe(Person? person, string? prefix, Describer describer);

    /// <summary>Combines one half after the other.</summary>
    long Combine(ReadOnlySpan<int> values, Combiner combiner);

    /// <summary>Adds up what it is told later.</summary>
    Task<int> SumLater(int count, Func<int, CancellationToken, Task<int>> read, CancellationToken cancellationToken);

    /// <summary>Keeps what it was lent, and calls it after that. What comes of it is the result.</summary>
    string KeepTooLong(Action done);

    /// <summary>Hands a callback to a callback.</summary>
    void Nest(Action<Action<string>, IProgressSink?> take);
}
