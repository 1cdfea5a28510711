using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host.Threads;

/// <summary>Writes the refusals because of a library that does not leave the system's loader.</summary>
internal static class LoaderFailures
{
    /// <summary>The refusal of the library that is to blame.</summary>
    public static PluginLoaderHeldException Overdue(LoaderVisit visit, TimeSpan deadline) => new(
        new PluginFailure($"{Name(visit)} did not return in time, and hold the system's loader")
        {
            Expected = InvariantText.Of($"their end within {deadline.TotalSeconds:0.###} s"),
            Found = "they are still running; no library can be loaded or closed in this process any more",
        },
        visit.Library);

    /// <summary>The refusal of a caller that comes after it.</summary>
    public static PluginLoaderHeldException Held(string library, LoaderWork work, LoaderVisit by) => new(
        new PluginFailure($"{Refused(library, work)}: {Name(by)} hold the system's loader")
        {
            Expected = $"{Name(by)} to return",
            Found = InvariantText.Of($"they have been running for {by.Time.TotalSeconds:0.0} s"),
        },
        by.Library);

    private static string Refused(string library, LoaderWork work) => work switch
    {
        LoaderWork.Constructors => $"{UntrustedText.Quote(library)} cannot be loaded",
        LoaderWork.Destructors => $"{UntrustedText.Quote(library)} cannot be closed, and stays mapped",
        LoaderWork.Question => $"{UntrustedText.Quote(library)} cannot be compared with what is loaded",
        _ => "a thread for a call into a plugin cannot be begun",
    };

    // A question runs no code of a library. If it does not end, another library, which is no plugin's, holds the loader.
    private static string Name(LoaderVisit visit) => visit.Work switch
    {
        LoaderWork.Constructors => $"the constructors of {UntrustedText.Quote(visit.Library)}",
        LoaderWork.Destructors => $"the destructors of {UntrustedText.Quote(visit.Library)}",
        _ => "constructors or destructors of a library that is not a plugin's",
    };
}
