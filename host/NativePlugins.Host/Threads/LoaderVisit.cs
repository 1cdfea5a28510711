namespace NativePlugins.Host.Threads;

/// <summary>What may keep somebody in the system's loader.</summary>
internal enum LoaderWork
{
    /// <summary>Mapping a library: its constructors run, and those of what it needs.</summary>
    Constructors,

    /// <summary>Closing one: its destructors run.</summary>
    Destructors,

    /// <summary>Asking what is loaded.</summary>
    Question,

    /// <summary>Beginning a thread.</summary>
    Thread,
}

/// <summary>One turn in the system's loader: <see cref="LoaderLock.Enter"/>.</summary>
/// <param name="library">For which library.</param>
/// <param name="work">What is done there.</param>
internal sealed class LoaderVisit(string library, LoaderWork work)
{
    private readonly long _start = Environment.TickCount64;

    public string Library { get; } = library;

    public LoaderWork Work { get; } = work;

    public TimeSpan Time => TimeSpan.FromMilliseconds(Environment.TickCount64 - _start);
}
