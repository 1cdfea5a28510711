using NativePlugins.Abi;
using NativePlugins.Host.Calls;
using NativePlugins.Host.Services;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Lifecycle;

/// <summary>One image of a plugin with its instance. A reload replaces it as a whole.</summary>
internal sealed class PluginGeneration(LoadedParts parts, int number)
{
    private OpenedService? _command;

    /// <summary>The number, from 1.</summary>
    public int Number { get; } = Noted(parts, number);

    public LoadedParts Parts { get; } = parts;

    public HoldCount Holds { get; } = new();

    /// <summary>How many threads the generation had started at the end of its start, as far as that can be told.</summary>
    public int? AddedThreads { get; private set; }

    /// <summary>The lifecycle call that has not returned. Then no other may follow. Null if all have returned.</summary>
    public string? StuckIn { get; set; }

    /// <summary>Counts the threads. Called just after the generation was started.</summary>
    public void CountThreads() => AddedThreads = Parts.ThreadsBefore.Others is null ? null : Parts.ThreadsBefore.CountSince();

    /// <summary>The service, or null if the generation has none.</summary>
    /// <exception cref="PluginFaultException">The plugin failed to answer.</exception>
    public OpenedService? FindService(string id)
    {
        CallResult result = Parts.Instance.OpenService(id, out OpenedService? service);
        return result is { Failure: null, Status: np.NP_OK or np.NP_E_NOT_FOUND or np.NP_E_UNSUPPORTED }
            ? service
            : throw CallFailures.FromCall(Parts.Description, $"get_service({id})", result);
    }

    /// <summary>The service np.command/1.</summary>
    /// <param name="find">Finds a service of this generation.</param>
    /// <exception cref="PluginServiceMissingException">There is none.</exception>
    /// <exception cref="PluginDescriptionException">The service is not a command.</exception>
    public OpenedService FindCommand(Func<string, OpenedService?> find)
    {
        if (_command is null)
        {
            OpenedService command = find(PluginCommand.Id) ?? throw CallFailures.ServiceMissing(Parts.Description, Parts.Manifest, PluginCommand.Id);
            _command = command.IsCommand
                ? command
                : throw CallFailures.ServiceMalformed(Parts.Description, PluginCommand.Id, command.Size, np_command.FrozenMinimum);
        }

        return _command;
    }

    private static int Noted(LoadedParts parts, int number)
    {
        parts.Instance.NoteGeneration(number);
        return number;
    }
}
