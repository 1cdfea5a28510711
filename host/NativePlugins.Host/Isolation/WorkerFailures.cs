using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Forwarding;

namespace NativePlugins.Host.Isolation;

/// <summary>The failures of a worker's start, and of what is asked for and cannot be done with a worker.</summary>
internal static class WorkerFailures
{
    public static PluginException Unavailable(string pluginName, string reason) =>
        new PluginIsolationUnavailableException(new PluginFailure($"the plugin {UntrustedText.Quote(pluginName)} cannot run in a process of its own here")
        {
            Expected = "Linux 5.4 or later with glibc 2.34 or later",
            Found = reason,
        });

    public static PluginException NoSandbox(string pluginName, string reason) =>
        new PluginSandboxException(new PluginFailure($"the plugin {UntrustedText.Quote(pluginName)} cannot run in its sandbox here")
        {
            Expected = "Linux 6.12 or later with Landlock switched on, and with seccomp, on x64 or arm64",
            Found = reason,
        });

    public static PluginException SandboxPathMissing(string pluginName, string path) =>
        new PluginSandboxException(new PluginFailure($"the sandbox of the plugin {UntrustedText.Quote(pluginName)} names a path that is not there")
        {
            Expected = "files and directories that exist",
            Found = UntrustedText.Quote(path),
        });

    public static PluginException NoLimits(string pluginName, string reason) =>
        new PluginLimitsException(new PluginFailure($"the plugin {UntrustedText.Quote(pluginName)} cannot be held to its limits here")
        {
            Expected = "a system that holds this user to each of them",
            Found = reason,
        });

    public static PluginException NotStarted(string path, string reason) =>
        new PluginWorkerStartException(new PluginFailure($"the worker {UntrustedText.Quote(path)} was not started")
        {
            Expected = "a process",
            Found = UntrustedText.Escape(reason),
        });

    public static PluginException EndedAtOnce(string path, WorkerEnd end) =>
        new PluginWorkerStartException(new PluginFailure($"the worker {UntrustedText.Quote(path)} ended before it answered")
        {
            Expected = "an answer",
            Found = end.Describe() + (end.StandardError.Length == 0 ? "" : $"; it wrote: {UntrustedText.Escape(end.StandardError.TrimEnd(), multiline: true)}"),
        });

    public static PluginException NoAnswer(string path, TimeSpan deadline) =>
        new PluginWorkerMismatchException(new PluginFailure($"the worker {UntrustedText.Quote(path)} did not answer")
        {
            Expected = InvariantText.Of($"an answer within {deadline.TotalSeconds:0.###} s"),
            Found = "none; it was ended",
        });

    public static PluginException Mismatch(string path, uint? version) =>
        new PluginWorkerMismatchException(new PluginFailure($"{UntrustedText.Quote(path)} is not the worker of this library")
        {
            Expected = InvariantText.Of($"version {ChannelGreeting.Version} of the channel"),
            Found = version is uint other ? InvariantText.Of($"version {other}") : "a program that answers otherwise",
        });

    public static PluginException InProcessOnly(string pluginId, string what) =>
        new PluginInProcessOnlyException(new PluginFailure($"{what} of the plugin {UntrustedText.Quote(pluginId)} cannot be had")
        {
            Expected = "a plugin in this process",
            Found = "one in a process of its own",
        });

    public static PluginException ManagedIsolated(string path) =>
        new PluginInProcessOnlyException(new PluginFailure($"{UntrustedText.Quote(path)} cannot be isolated")
        {
            Expected = "a native library, which a worker process can load",
            Found = "a managed assembly, which runs in the application's process",
        });

    public static PluginException DoesNotCross(string pluginId, string contract, SignatureException found) =>
        new PluginInProcessOnlyException(new PluginFailure($"the contract {UntrustedText.Quote(contract)} of the plugin {UntrustedText.Quote(pluginId)} cannot be had")
        {
            Expected = "members that reach a plugin in another process",
            Found = found.Member.Length == 0 ? $"the signature {UntrustedText.Escape(found.Found)}" : $"{UntrustedText.Quote(found.Member)} {UntrustedText.Escape(found.Found)}",
        });

    public static PluginException BadSetting(string pluginId, string key, string expected, string value) =>
        new PluginIsolationSettingException(new PluginFailure($"the setting Plugins:{UntrustedText.Escape(pluginId)}:{UntrustedText.Escape(key)} cannot be followed")
        {
            Expected = expected,
            Found = UntrustedText.Quote(value),
        });

    public static PluginException SettingsInProcess(string pluginId) =>
        new PluginIsolationSettingException(new PluginFailure($"the settings Plugins:{UntrustedText.Escape(pluginId)}:Worker cannot be followed")
        {
            Expected = "an isolated plugin, which has a worker",
            Found = "one that is to run in this process",
        });

    public static PluginException SettingTooLate(string pluginId, string name) =>
        new PluginIsolationSettingException(new PluginFailure($"the plugin {UntrustedText.Quote(pluginId)} should have been isolated, or limited")
        {
            Expected = $"a manifest, or a file called after the id {UntrustedText.Quote(pluginId)}",
            Found = $"the file {UntrustedText.Quote(name)} without a manifest; it was loaded without what its settings say, and stopped again",
        });
}
