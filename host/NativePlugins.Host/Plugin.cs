using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace NativePlugins.Host;

/// <summary>A loaded plugin: one instance of what a library offers.</summary>
/// <remarks>All members may be used from any thread, several at once.</remarks>
public sealed class Plugin : IDisposable, IAsyncDisposable
{
    private readonly PluginLifecycle _lifecycle;
    private readonly ConcurrentDictionary<string, PluginService> _services = new(StringComparer.Ordinal);

    internal Plugin(LoadedParts parts, PluginHostOptions options, ILogger logger, Action<Plugin> forget) =>
        _lifecycle = new PluginLifecycle(this, new PluginGeneration(parts, number: 1), options, logger, forget);

    /// <summary>What the library says of itself.</summary>
    public PluginDescription Description => Parts.Description;

    /// <summary>The library's absolute path, links resolved.</summary>
    public string LibraryPath => Parts.Image.Path;

    /// <summary>The manifest beside the library, or null if there is none.</summary>
    public PluginManifest? Manifest => Parts.Manifest;

    /// <summary>Where the plugin is in its life, at this moment.</summary>
    public PluginState State => _lifecycle.State;

    /// <summary>Which generation serves: 1, and one more after each reload.</summary>
    public int Generation => _lifecycle.Current.Number;

    /// <summary>How long each step took.</summary>
    public PluginTimings Timings => Parts.Timings;

    private LoadedParts Parts => _lifecycle.Current.Parts;

    /// <summary>Starts the plugin; nothing happens if it is started.</summary>
    /// <exception cref="PluginStartFailedException">Its start returned an error; it is still created.</exception>
    /// <exception cref="PluginException">Its configuration is wrong, it faulted, or it did not answer in time.</exception>
    public void Start() => _lifecycle.Start();

    /// <summary>
    /// Lets no further call in, waits for those in flight, and stops the plugin; nothing happens if it is not started.
    /// </summary>
    /// <exception cref="PluginBusyException">
    /// Calls were still in flight at the drain deadline, or this is called from within one. The plugin goes on.
    /// </exception>
    /// <exception cref="PluginDeadlineException">Its stop did not return in time; the plugin is in quarantine.</exception>
    public void Stop() => _lifecycle.Stop();

    /// <summary>Runs the plugin's command (<c>np.command/1</c>) on the calling thread.</summary>
    /// <param name="arguments">The plugin's arguments, without its own name.</param>
    /// <param name="output">Takes what the command writes to standard output.</param>
    /// <param name="errorOutput">Takes what it writes to standard error.</param>
    /// <param name="cancellationToken">Asks the command to end; whether and when it does is the command's.</param>
    /// <returns>The command's exit status. 0 is success; any other number is the plugin's own.</returns>
    /// <exception cref="PluginServiceMissingException">The plugin has no command.</exception>
    /// <exception cref="PluginStateException">The plugin is not started.</exception>
    /// <exception cref="PluginFaultException">The command did not run to its end.</exception>
    /// <exception cref="OperationCanceledException">The command ended because it was asked to.</exception>
    public int RunCommand(
        IReadOnlyList<string> arguments, TextWriter output, TextWriter errorOutput, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errorOutput);
        var outputText = new Utf8TextWriter(output);
        var errorText = new Utf8TextWriter(errorOutput);
        int status = RunCommand(arguments, outputText.Write, errorText.Write, cancellationToken);
        outputText.Flush();
        errorText.Flush();
        return status;
    }

    /// <summary>Runs the plugin's command and passes its UTF-8 text on as it is.</summary>
    /// <inheritdoc cref="RunCommand(IReadOnlyList{string}, TextWriter, TextWriter, CancellationToken)"/>
    public int RunCommand(
        IReadOnlyList<string> arguments, Stream output, Stream errorOutput, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errorOutput);
        return RunCommand(arguments, output.Write, errorOutput.Write, cancellationToken);
    }

    /// <summary>Finds a service of the plugin's by its id, <c>namespace.name/major</c>.</summary>
    /// <returns>False when the plugin does not have it.</returns>
    /// <exception cref="PluginFaultException">The plugin failed to answer.</exception>
    /// <exception cref="PluginStateException">The plugin is disposed or in quarantine.</exception>
    public bool TryGetService(string id, [NotNullWhen(true)] out PluginService? service)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        if (_services.TryGetValue(id, out service) && _lifecycle.State == PluginState.Started)
        {
            return true;
        }

        service = _lifecycle.WhileAlive(generation => generation.FindService(this, id) is nint table and not 0
            ? _services.GetOrAdd(id, key => new PluginService(_lifecycle, key, table))
            : null);
        return service is not null;
    }

    /// <summary>Finds a service of the plugin's by its id.</summary>
    /// <exception cref="PluginServiceMissingException">The plugin does not have it.</exception>
    /// <exception cref="PluginStateException">The plugin is disposed or in quarantine.</exception>
    public PluginService GetService(string id) =>
        TryGetService(id, out PluginService? service) ? service : throw PluginFailures.ServiceMissing(this, id);

    /// <summary>
    /// Stops the plugin if it is started, and frees it. Waits for calls in flight up to the drain deadline; after that
    /// the plugin is left in quarantine. May be called again; never throws. Called from within a call into the plugin,
    /// it leaves the plugin in quarantine too.
    /// </summary>
    public void Dispose() => _lifecycle.Dispose();

    /// <summary>The same as <see cref="Dispose"/>, without blocking the caller.</summary>
    public ValueTask DisposeAsync() => new(Task.Run(Dispose));

    private int RunCommand(
        IReadOnlyList<string> arguments, Utf8Writer output, Utf8Writer errorOutput, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (!_lifecycle.Gate.TryEnter(out CallLease call))
        {
            throw _lifecycle.Refusal();
        }

        using (call)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return PluginCommand.Run(
                this, _lifecycle.Current, arguments, new CommandCall(output, errorOutput, cancellationToken));
        }
    }
}
