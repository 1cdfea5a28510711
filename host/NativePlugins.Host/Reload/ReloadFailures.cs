namespace NativePlugins.Host;

/// <summary>Words the refusals of a reload that are not about the new library's files.</summary>
internal static class ReloadFailures
{
    public static PluginException Vetoed(Plugin plugin, string reason) =>
        new PluginReloadVetoedException(new PluginFailure($"the reload of {Name(plugin)} was cancelled")
        {
            Expected = "no objection from a handler of Reloading",
            Found = UntrustedText.Escape(reason),
        });

    public static PluginException NotReloadable(Plugin plugin) =>
        new PluginNotReloadableException(new PluginFailure($"{Name(plugin)} cannot be reloaded")
        {
            Expected = "a host with PluginHostOptions.Reload",
            Found = "a host without",
        });

    public static PluginException Reloading(Plugin plugin) =>
        new PluginReloadingException(new PluginFailure($"{Name(plugin)} is being reloaded")
        {
            Expected = "a call that may wait, and long enough",
            Found = "the gate is still closed for it",
        });

    public static PluginException OtherPlugin(Plugin plugin, string id) =>
        new PluginIdentityException(new PluginFailure(
            $"{UntrustedText.Quote(plugin.LibraryPath)} is another plugin than the one that it should replace")
        {
            Expected = $"the id {UntrustedText.Escape(plugin.Description.Id)}",
            Found = $"the id {UntrustedText.Escape(id)}",
        });

    public static PluginException FromWithin(Plugin plugin) =>
        new PluginBusyException(new PluginFailure($"{Name(plugin)} cannot be replaced from within a call into it")
        {
            Expected = "a thread that is not inside the plugin, or ReloadAsync, which waits until the call has ended",
            Found = "the call on this thread would wait for itself",
        });

    public static PluginException FromHandler(Plugin plugin) =>
        new PluginBusyException(new PluginFailure($"{Name(plugin)} cannot be reloaded from within a handler of its reload")
        {
            Expected = "another thread, or ReloadAsync, which waits until the reload that runs has ended",
            Found = "the reload on this thread would wait for itself",
        });

    public static PluginException Ended(Plugin plugin) =>
        new PluginStateException(new PluginFailure($"the reload of {Name(plugin)} was ended: the plugin is disposed of")
        {
            Expected = "a plugin that goes on until it has been replaced",
            Found = "Dispose, of the plugin or of its host",
        });

    public static PluginException StillWithin(Plugin plugin, TimeSpan deadline) =>
        new PluginBusyException(new PluginFailure(
            $"the call from within which the reload of {Name(plugin)} was asked for did not end in time")
        {
            Expected = InvariantText.Of($"its end after {deadline.TotalSeconds:0.###} s"),
            Found = "it is still running; nothing was reloaded",
        });

    public static PluginException StillBusy(Plugin plugin, TimeSpan deadline) =>
        new PluginBusyException(new PluginFailure($"calls into {Name(plugin)} did not end in time, and it was not replaced")
        {
            Expected = InvariantText.Of($"none in flight after {deadline.TotalSeconds:0.###} s"),
            Found = "at least one; the old generation goes on",
        });

    /// <summary>One of the two generations did not answer: the one that serves goes on, and the new one does not get there.</summary>
    public static PluginException Unanswered(Plugin plugin, PluginGeneration generation, TimeSpan deadline) =>
        PluginFailures.DeadlinePassed(
            generation.Parts.File.Path, plugin.Description.Id, generation.StuckIn!, deadline, generation.Number > plugin.Generation
                ? $"generation {generation.Number} is in quarantine, and generation {plugin.Generation} goes on"
                : $"generation {generation.Number} goes on, and can neither be replaced nor stopped any more");

    private static string Name(Plugin plugin) => $"the plugin {UntrustedText.Quote(plugin.Description.Id)}";
}
