namespace NativePlugins.Host.Threads;

/// <summary>The work that may keep a thread in the system's loader for long.</summary>
internal enum LoaderWork
{
    /// <summary>Mapping a library, which runs its constructors and those of the libraries that it needs.</summary>
    Constructors,

    /// <summary>Closing a library, which runs its destructors.</summary>
    Destructors,

    /// <summary>Asking which libraries are loaded.</summary>
    Question,

    /// <summary>Starting a thread.</summary>
    Thread,
}

/// <summary>One turn in the system's loader: <see cref="LoaderLock.Enter"/>.</summary>
/// <param name="library">The library that the turn is for.</param>
/// <param name="work">The work that is done in it.</param>
internal sealed class LoaderVisit(string library, LoaderWork work)
{
    private readonly long _start = Environment.TickCount64;

    public string Library { get; } = library;

    public LoaderWork Work { get; } = work;

    public TimeSpan Time => TimeSpan.FromMilliseconds(Environment.TickCount64 - _start);
}
