using NativePlugins.Contracts;

namespace NativePlugins.TestContracts;

/// <summary>Raises events.</summary>
[PluginContract("test.signals")]
public partial interface ISignals
{
    /// <summary>A number has changed.</summary>
    event Action<int> Changed;

    /// <summary>Something was closed.</summary>
    event EventHandler Closed;

    /// <summary>Somebody has moved.</summary>
    event EventHandler<Person> Moved;

    /// <summary>Raises <see cref="Changed"/>, on the calling thread.</summary>
    void Raise(int value);

    /// <summary>Raises <see cref="Closed"/>, and then <see cref="Moved"/>.</summary>
    void RaiseOthers(Person person);

    /// <summary>How many handlers of <see cref="Changed"/> there are.</summary>
    int CountHandlers();

    /// <summary>Listens to a feed, and keeps it.</summary>
    void Follow(IFeed feed);

    /// <summary>What the feeds have said, one after the other.</summary>
    string Heard();

    /// <summary>Listens no more, but keeps the feeds.</summary>
    void StopListening();

    /// <summary>Lets go of all feeds.</summary>
    void DropFeeds();

    /// <summary>Names the session that it is made.</summary>
    string Open(Func<string, ISession?> open);
}

/// <summary>What the application says.</summary>
[PluginContract("test.feed")]
public partial interface IFeed : IDisposable
{
    /// <summary>It has said something.</summary>
    event Action<string> Said;
}
