using NativePlugins.Abi;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Services;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Lifecycle;

/// <summary>The failures of the steps of a plugin's life.</summary>
internal static class PluginFailures
{
    public static PluginException EntryFailed(string path, int status) =>
        new PluginCreateFailedException(new PluginFailure($"the entry of {UntrustedText.Quote(path)} returned an error")
        {
            Expected = "status 0 NP_OK from np_plugin_entry_v1",
            Found = $"status {StatusNames.Describe(status)}",
        });

    public static PluginException InstanceMalformed(string path, string violation) =>
        new PluginDescriptionException(new PluginFailure($"{UntrustedText.Quote(path)} created no valid instance")
        {
            Expected = "an np_plugin as native_plugins.h describes it",
            Found = violation,
        });

    public static PluginException FromCreate(string path, PluginDescription plugin, int status, PluginRemoteError? error)
    {
        PluginFailure failure = CallFailures.Failed(plugin, "create", status, error);
        return CallFailures.FromStatus(plugin.Id, status, failure)
            ?? new PluginCreateFailedException(failure with { Summary = $"{failure.Summary} ({UntrustedText.Quote(path)})" });
    }

    public static PluginException FromStart(PluginDescription plugin, in CallResult result)
    {
        if (result.Failure is { } ended)
        {
            return ended;
        }

        PluginFailure failure = CallFailures.Failed(plugin, "start", result.Status, result.Error);
        return CallFailures.FromStatus(plugin.Id, result.Status, failure) ?? new PluginStartFailedException(failure);
    }

    /// <param name="path">The library's path.</param>
    /// <param name="name">The plugin's name.</param>
    /// <param name="step">The step that was called.</param>
    /// <param name="deadline">The time within which it should have returned.</param>
    /// <param name="outcome">What became of the plugin. By default it is in quarantine.</param>
    public static PluginException DeadlinePassed(string path, string name, string step, TimeSpan deadline, string? outcome = null) =>
        PluginTelemetry.Faulted(name, new PluginDeadlineException(new PluginFailure(
            $"{step} of the plugin {UntrustedText.Quote(name)} did not return in time ({UntrustedText.Quote(path)})")
        {
            Expected = InvariantText.Of($"an answer within {deadline.TotalSeconds:0.###} s"),
            Found = $"none; {outcome ?? "the plugin is in quarantine"}",
        }));

    /// <summary>One of the two generations of a reload did not answer. The one that serves goes on; the new one is given up.</summary>
    public static PluginException Unanswered(PluginGeneration generation, int serving, TimeSpan deadline) => DeadlinePassed(
        generation.Parts.File.Path, generation.Parts.Description.Id, generation.StuckIn!, deadline, generation.Number > serving
            ? $"generation {generation.Number} is in quarantine, and generation {serving} goes on"
            : $"generation {generation.Number} goes on, and can neither be replaced nor stopped any more");

    public static PluginException WrongState(PluginDescription plugin, PluginState state, ReadOnlySpan<PluginState> expected) =>
        WrongState(plugin, string.Join(" or ", expected.ToArray().Select(each => Name(each))), Name(state));

    /// <summary>A call came to a closed gate. The plugin may have been started since.</summary>
    public static PluginException NotServing(PluginDescription plugin, PluginState state, bool isStopping) =>
        WrongState(plugin, Name(PluginState.Started), state switch
        {
            PluginState.Started when isStopping => "it is being stopped",
            PluginState.Started => "it was not when the call came",
            _ => Name(state),
        });

    public static PluginException StoppedFromWithin(PluginDescription plugin) =>
        new PluginBusyException(new PluginFailure($"{Name(plugin)} cannot be stopped from within a call into it")
        {
            Expected = "a thread that is not inside the plugin",
            Found = "the call on this thread would wait for itself",
        });

    public static PluginException StillBusy(PluginDescription plugin, TimeSpan deadline) =>
        new PluginBusyException(new PluginFailure($"calls into {Name(plugin)} did not end in time")
        {
            Expected = InvariantText.Of($"none in flight after {deadline.TotalSeconds:0.###} s"),
            Found = "at least one; the plugin was not stopped",
        });

    public static PluginException Reloading(PluginDescription plugin) =>
        new PluginReloadingException(new PluginFailure($"{Name(plugin)} is being reloaded")
        {
            Expected = "a call that may wait, and long enough",
            Found = "the gate is still closed for it",
        });

    public static PluginException NotReplaced(PluginDescription plugin, TimeSpan deadline) =>
        new PluginBusyException(new PluginFailure($"calls into {Name(plugin)} did not end in time, and it was not replaced")
        {
            Expected = InvariantText.Of($"none in flight after {deadline.TotalSeconds:0.###} s"),
            Found = "at least one; the old generation goes on",
        });

    public static PluginException ObjectsInUse(PluginDescription plugin, int count, TimeSpan deadline) =>
        new PluginObjectsInUseException(new PluginFailure($"objects of {Name(plugin)} are in use, and it was not replaced")
        {
            Expected = InvariantText.Of($"none that the application has not disposed of after {deadline.TotalSeconds:0.###} s"),
            Found = $"{count}; the old generation goes on",
        });

    public static PluginException ReplacementEnded(PluginDescription plugin) =>
        new PluginStateException(new PluginFailure($"the reload of {Name(plugin)} was ended: the plugin is disposed of")
        {
            Expected = "a plugin that goes on until it has been replaced",
            Found = "Dispose, of the plugin or of its host",
        });

    private static PluginStateException WrongState(PluginDescription plugin, string expected, string found) =>
        new(new PluginFailure($"{Name(plugin)} is not in a state for this call") { Expected = expected, Found = found });

    private static string Name(PluginDescription plugin) => $"the plugin {UntrustedText.Quote(plugin.Id)}";

    private static string Name(PluginState state) => state.ToString().ToLowerInvariant();
}
