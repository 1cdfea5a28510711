using NativePlugins.Contracts;

namespace NativePlugins.TestContracts;

/// <summary>Gives objects away, and keeps others.</summary>
[PluginContract("test.archive")]
public partial interface IArchive
{
    /// <summary>Opens a session.</summary>
    ISession Open(string name);

    /// <summary>Opens a session; null if the name is empty.</summary>
    ISession? TryOpen(string name);

    /// <summary>Opens a session later.</summary>
    ValueTask<ISession> OpenLater(string name);

    /// <summary>Opens a session later; null if the name is empty.</summary>
    ValueTask<ISession?> TryOpenLater(string name);

    /// <summary>The session that was opened last and is still open; null if there is none.</summary>
    ISession? Last();

    /// <summary>The shelf: one object, which nobody disposes of.</summary>
    IShelf GetShelf();

    /// <summary>How many sessions and cursors are open.</summary>
    int CountOpen();

    /// <summary>Opens a log that is flushed at its end.</summary>
    IFlushed OpenFlushed();

    /// <summary>What has been flushed: the sum.</summary>
    int SumFlushed();

    /// <summary>Keeps an outlet, unless it is to fail.</summary>
    void Keep(IOutlet outlet, bool fails);

    /// <summary>Keeps an outlet later, or none.</summary>
    ValueTask KeepLater(IOutlet? outlet);

    /// <summary>Writes to all outlets that it has kept, and returns their number.</summary>
    int WriteAll(string text);

    /// <summary>Disposes of all outlets.</summary>
    void DropAll();

    /// <summary>Hands the outlet that was kept first back; null if there is none.</summary>
    IOutlet? GiveBack();
}

/// <summary>A session, which is disposed of.</summary>
[PluginContract("test.session")]
public partial interface ISession : IDisposable
{
    /// <summary>Its name. A session of the name "bad" fails at its end.</summary>
    string GetName();

    /// <summary>Opens a cursor over the numbers below a count.</summary>
    ICursor Query(int count);

    /// <summary>Reports from within the session.</summary>
    int Count(int steps, IProgressSink progress);

    /// <summary>Completes with the name, when it is told to by <see cref="Complete"/>.</summary>
    ValueTask<string> GetNameLater();

    /// <summary>Lets the call that waits complete.</summary>
    void Complete();
}

/// <summary>A cursor of a session.</summary>
[PluginContract("test.cursor")]
public partial interface ICursor : IDisposable
{
    /// <summary>The next number; false at the end.</summary>
    bool TryRead(out int value);

    /// <summary>The session that it is of.</summary>
    ISession GetSession();
}

/// <summary>An object that nobody disposes of.</summary>
[PluginContract("test.shelf")]
public partial interface IShelf
{
    /// <summary>How often it was asked.</summary>
    int Ask();
}

/// <summary>An object whose end takes a while.</summary>
[PluginContract("test.flushed")]
public partial interface IFlushed : IAsyncDisposable
{
    /// <summary>Adds to what is flushed at the end. A negative number lets the end fail.</summary>
    void Add(int value);
}

/// <summary>Where the archive writes to.</summary>
[PluginContract("test.outlet")]
public partial interface IOutlet : IDisposable
{
    /// <summary>Takes a text.</summary>
    void Write(string text);

    /// <summary>Opens another outlet behind it.</summary>
    IOutlet Open(string name);
}
