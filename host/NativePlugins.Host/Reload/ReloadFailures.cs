using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Lifecycle;

namespace NativePlugins.Host.Reload;

/// <summary>Writes the refusals of a reload that are not about the new library's files.</summary>
internal static class ReloadFailures
{
    public static PluginException Vetoed(PluginDescription plugin, string reason) =>
        new PluginReloadVetoedException(new PluginFailure($"the reload of {Name(plugin)} was cancelled")
        {
            Expected = "no objection from a handler of Reloading",
            Found = UntrustedText.Escape(reason),
        });

    public static PluginException NotReloadable(PluginDescription plugin) =>
        new PluginNotReloadableException(new PluginFailure($"{Name(plugin)} cannot be reloaded")
        {
            Expected = "a host with PluginHostOptions.Reload",
            Found = "a host without",
        });

    public static PluginException OtherPlugin(LoadedParts plugin, string id) =>
        new PluginIdentityException(new PluginFailure(
            $"{UntrustedText.Quote(plugin.File.Path)} is another plugin than the one that it should replace")
        {
            Expected = $"the id {UntrustedText.Escape(plugin.Description.Id)}",
            Found = $"the id {UntrustedText.Escape(id)}",
        });

    public static PluginException FromWithin(PluginDescription plugin) =>
        new PluginBusyException(new PluginFailure($"{Name(plugin)} cannot be replaced from within a call into it")
        {
            Expected = "a thread that is not inside the plugin, or ReloadAsync, which waits until the call has ended",
            Found = "the call on this thread would wait for itself",
        });

    public static PluginException FromHandler(PluginDescription plugin) =>
        new PluginBusyException(new PluginFailure($"{Name(plugin)} cannot be reloaded from within a handler of its reload")
        {
            Expected = "another thread, or ReloadAsync, which waits until the reload that runs has ended",
            Found = "the reload on this thread would wait for itself",
        });

    public static PluginException StillWithin(PluginDescription plugin, TimeSpan deadline) =>
        new PluginBusyException(new PluginFailure(
            $"the call from within which the reload of {Name(plugin)} was asked for did not end in time")
        {
            Expected = InvariantText.Of($"its end after {deadline.TotalSeconds:0.###} s"),
            Found = "it is still running; nothing was reloaded",
        });

    private static string Name(PluginDescription plugin) => $"the plugin {UntrustedText.Quote(plugin.Id)}";
}
