using NativePlugins.Abi;

namespace NativePlugins.Host;

/// <summary>One image of a plugin with its instance: what is replaced as a whole when the plugin is reloaded.</summary>
internal sealed class PluginGeneration(LoadedParts parts, int number)
{
    private nint _command;

    /// <summary>From 1.</summary>
    public int Number { get; } = number;

    public LoadedParts Parts { get; } = parts;

    public HoldCount Holds { get; } = new();

    /// <summary>How many threads it has begun by the end of its start, as far as that can be told.</summary>
    public int? AddedThreads { get; private set; }

    /// <summary>The lifecycle call that has not returned: none may follow. Null while all did.</summary>
    public string? StuckIn { get; set; }

    /// <summary>It has just been started.</summary>
    public void CountThreads() => AddedThreads = Parts.ThreadsBefore.Others is null ? null : Parts.ThreadsBefore.CountSince();

    /// <summary>The service's table, or 0 if the generation has none.</summary>
    /// <exception cref="PluginFaultException">The plugin failed to answer.</exception>
    public nint FindService(Plugin plugin, string id)
    {
        int status = Parts.Instance.GetService(id, out nint table);
        return status is np.NP_OK or np.NP_E_NOT_FOUND or np.NP_E_UNSUPPORTED
            ? table
            : throw PluginFailures.FromCall(plugin, $"get_service({id})", status, null);
    }

    /// <summary>The table of np.command/1.</summary>
    /// <param name="plugin">Whose generation it is.</param>
    /// <param name="find">Finds a service of this generation's.</param>
    /// <exception cref="PluginServiceMissingException">There is none.</exception>
    /// <exception cref="PluginDescriptionException">It is not one.</exception>
    public nint CommandTable(Plugin plugin, Func<string, nint> find)
    {
        if (_command == 0)
        {
            nint table = find(PluginCommand.Id);
            if (table == 0)
            {
                throw PluginFailures.ServiceMissing(plugin, PluginCommand.Id);
            }

            if (!NativeInstance.IsCommand(table))
            {
                throw PluginFailures.ServiceMalformed(
                    plugin, PluginCommand.Id, NativeInstance.SizeOf(table), np_command.FrozenMinimum);
            }

            _command = table;
        }

        return _command;
    }
}
