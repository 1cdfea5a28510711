using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;
using NativePlugins.Abi;
using NativePlugins.Host.Forwarding;
using NativePlugins.Host.Lifecycle;
using NativePlugins.Host.Manifests;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Isolation;

/// <summary>Serves what a worker asks the application for, about one plugin. Nothing that it says is believed. Thread-safe.</summary>
/// <param name="installedDirectory">The directory in which the plugin is installed.</param>
/// <param name="createServices">Makes what the host gives to an instance.</param>
/// <param name="logger">Told what is asked for in vain.</param>
internal sealed class HostRequests(string installedDirectory, Func<PluginDescription, string, InstanceServices> createServices, ILogger logger)
{
    private const int MaxTexts = 256;

    private readonly ConcurrentDictionary<uint, CommandCall> _commands = new();
    private readonly ConcurrentDictionary<uint, SavedState> _states = new();
    private readonly ConcurrentDictionary<uint, StateBuffer> _buffers = new();
    private readonly Dictionary<nint, (uint Number, string Signature)> _offered = [];
    private uint _lastTransfer;
    private volatile Served? _served;

    /// <summary>The plugin's id; null until the worker has said what the plugin is.</summary>
    public string? PluginId => _served?.Description.Id;

    public Worker Worker { get; set; } = null!;

    /// <summary>What the plugin is. Only after it was loaded.</summary>
    /// <exception cref="ChannelException">The worker has not said it.</exception>
    public (PluginDescription Description, InstanceServices Services) Plugin =>
        _served is { } served ? (served.Description, served.Services) : throw new ChannelException("a loaded plugin that it has not described");

    /// <summary>Makes a command known to the worker by a number, until <see cref="Forget"/>.</summary>
    public uint Add(CommandCall command) => Add(_commands, command);

    /// <summary>The same for a state that the worker reads.</summary>
    public uint Add(SavedState state) => Add(_states, state);

    /// <summary>The same for a state that the worker writes.</summary>
    public uint Add(StateBuffer buffer) => Add(_buffers, buffer);

    public void Forget(uint number)
    {
        _commands.TryRemove(number, out _);
        _states.TryRemove(number, out _);
        _buffers.TryRemove(number, out _);
    }

    /// <exception cref="ChannelException">It asks for something that it may not ask for, or in a wrong way.</exception>
    public Answer Serve(IncomingCall call)
    {
        PayloadReader reader = call.Read();
        try
        {
            return call.Operation switch
            {
                Operation.Describe => Describe(reader),
                Operation.WriteOutput => WriteOutput(reader),
                Operation.WriteState => WriteState(reader),
                Operation.ReadState => ReadState(reader),
                Operation.IsLogEnabled => new Answer(np.NP_OK, new PayloadWriter().Flag(Host.IsLogEnabled(reader.Int32()))),
                Operation.WriteLog => WriteLog(reader),
                Operation.GetSetting => GetSetting(reader),
                Operation.ListSettings => ListSettings(reader),
                Operation.GetDataDirectory => new Answer(np.NP_OK, new PayloadWriter().Text(Host.GetDataDirectory())),
                Operation.FindOffered => FindOffered(reader),
                Operation.CallFunction or Operation.CompleteCall or Operation.CancelCall => ChannelCalls.Serve(Worker.Calls, call),
                _ => throw new ChannelException($"the unknown request {(int)call.Operation}"),
            };
        }
        catch (UnauthorizedAccessException e)
        {
            return Failed(np.NP_E_PERMISSION, e);
        }
        catch (IOException e)
        {
            return Failed(np.NP_E_IO, e);
        }
    }

    private IHostServices Host => _served?.Services.Host ?? throw new ChannelException("a request before it has described the plugin");

    private static Answer Failed(int status, Exception e) =>
        new(status, new PayloadWriter().Error(new PluginRemoteError(status, e.GetType().FullName ?? "", e.Message, "")));

    private uint Add<T>(ConcurrentDictionary<uint, T> items, T item)
    {
        uint number;
        do
        {
            number = Interlocked.Increment(ref _lastTransfer);
        }
        while (!items.TryAdd(number, item));
        return number;
    }

    // The id names a directory and a section of the configuration, so it is checked here once more.
    private Answer Describe(PayloadReader reader)
    {
        string id = reader.Text(), name = reader.Text(), version = reader.Text();
        int major = reader.Int32(), minor = reader.Int32();
        string language = reader.Text();
        int runtime = reader.Int32();
        var description = new PluginDescription(
            id, name, version, new Version(Math.Max(0, major), Math.Max(0, minor)), language, (PluginRuntime)runtime, reader.Text(), reader.Flag());
        reader.End();
        if (!Manifests.PluginId.IsValid(id) || !SemanticVersion.IsValid(version) || !Enum.IsDefined(description.Runtime)
            || name.Length > MaxTexts || language.Length > MaxTexts || description.RuntimeVersion.Length > MaxTexts || version.Length > MaxTexts)
        {
            throw new ChannelException("a description that is none of a plugin");
        }

        if (_served is not null)
        {
            throw new ChannelException("a second description");
        }

        _served = new Served(description, createServices(description, installedDirectory));
        return new Answer(np.NP_OK);
    }

    private Answer WriteOutput(PayloadReader reader)
    {
        uint number = reader.UInt32();
        bool isError = reader.Flag();
        ReadOnlySpan<byte> piece = reader.Data();
        reader.End();
        return new Answer(_commands.TryGetValue(number, out CommandCall? command) ? command.Write(piece, isError) : np.NP_E_INVALID_STATE);
    }

    private Answer WriteState(PayloadReader reader)
    {
        uint number = reader.UInt32();
        ReadOnlySpan<byte> piece = reader.Data();
        reader.End();
        if (!_buffers.TryGetValue(number, out StateBuffer? buffer))
        {
            throw new ChannelException("a state that nobody has asked for");
        }

        try
        {
            buffer.Write(piece);
            return new Answer(np.NP_OK);
        }
        catch (InvalidOperationException)
        {
            return new Answer(np.NP_E_IO);
        }
    }

    private Answer ReadState(PayloadReader reader)
    {
        uint number = reader.UInt32();
        long offset = reader.Int64();
        reader.End();
        if (!_states.TryGetValue(number, out SavedState? state) || offset < 0 || offset > state.Data.Length)
        {
            throw new ChannelException("a wish for a state that it was not given");
        }

        ReadOnlySpan<byte> rest = state.Data.Span[(int)offset..];
        return new Answer(np.NP_OK, new PayloadWriter().Data(rest[..Math.Min(rest.Length, WorkerServer.MaxPiece)]));
    }

    private Answer WriteLog(PayloadReader reader)
    {
        var record = new PluginLogRecord(reader.Int32(), reader.Int32(), reader.Text(), reader.Text(), reader.Text(), reader.Text());
        reader.End();
        Host.WriteLog(record);
        return new Answer(np.NP_OK);
    }

    private Answer GetSetting(PayloadReader reader)
    {
        string key = reader.Text();
        reader.End();
        return new Answer(np.NP_OK, new PayloadWriter().Text(Host.GetSetting(key)));
    }

    private Answer ListSettings(PayloadReader reader)
    {
        reader.End();
        (string Key, string Value)[] settings = [.. Host.Settings()];
        PayloadWriter writer = new PayloadWriter().Int32(settings.Length);
        foreach ((string key, string value) in settings)
        {
            writer.Text(key).Text(value);
        }

        return new Answer(np.NP_OK, writer);
    }

    private Answer FindOffered(PayloadReader reader)
    {
        string id = reader.Text();
        reader.End();
        nint table = Host.FindOffered(Encoding.UTF8.GetBytes(id));
        if (table == 0)
        {
            return new Answer(np.NP_E_NOT_FOUND);
        }

        try
        {
            lock (_offered)
            {
                if (!_offered.TryGetValue(table, out (uint Number, string Signature) offered))
                {
                    NativeTable lent = NativeTable.Lent(table);
                    offered = (Worker.Calls.Expose(lent), lent.Plan.Signature);
                    _offered.Add(table, offered);
                }

                return new Answer(np.NP_OK, new PayloadWriter().UInt32(offered.Number).Text(offered.Signature));
            }
        }
        catch (SignatureException e)
        {
            IsolationLog.OfferedOutOfReach(logger, PluginId!, id, $"{e.Member} {e.Found}");
            return new Answer(np.NP_E_NOT_FOUND);
        }
    }

    private sealed record Served(PluginDescription Description, InstanceServices Services);
}
