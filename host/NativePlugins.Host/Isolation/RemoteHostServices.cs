using System.Text;
using NativePlugins.Abi;
using NativePlugins.Host.Forwarding;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Isolation;

/// <summary>The host's services in a worker: each question goes to the application. Thread-safe.</summary>
/// <param name="channel">The way to the application.</param>
/// <param name="calls">Calls what the application offers.</param>
/// <param name="installedDirectory">The directory in which the plugin is installed.</param>
internal sealed class RemoteHostServices(Channel channel, ForwardedCalls calls, string installedDirectory) : IHostServices
{
    private readonly Dictionary<string, ForwardingTable> _offered = new(StringComparer.Ordinal);

    public string InstalledDirectory => installedDirectory;

    /// <summary>Tells the application what the plugin is. Before everything else.</summary>
    public void Describe(PluginDescription plugin) => Ask(Operation.Describe, new PayloadWriter()
        .Text(plugin.Id).Text(plugin.Name).Text(plugin.Version).Int32(plugin.AbiVersion.Major).Int32(plugin.AbiVersion.Minor)
        .Text(plugin.Language).Int32((int)plugin.Runtime).Text(plugin.RuntimeVersion).Flag(plugin.MayUnload));

    public bool IsLogEnabled(int level) => Ask(Operation.IsLogEnabled, new PayloadWriter().Int32(level)).Read().Flag();

    public void WriteLog(PluginLogRecord record) => Ask(Operation.WriteLog, new PayloadWriter()
        .Int32(record.Level).Int32(record.EventId).Text(record.Category).Text(record.Message).Text(record.Detail).Text(record.TraceParent));

    public string? GetSetting(string key) => Ask(Operation.GetSetting, new PayloadWriter().Text(key)).Read().OptionalText();

    public IEnumerable<(string Key, string Value)> Settings()
    {
        PayloadReader reader = Ask(Operation.ListSettings, new PayloadWriter()).Read();
        var settings = new (string, string)[reader.Count()];
        for (int i = 0; i < settings.Length; i++)
        {
            settings[i] = (reader.Text(), reader.Text());
        }

        return settings;
    }

    public string GetDataDirectory() => Ask(Operation.GetDataDirectory, new PayloadWriter()).Read().Text();

    public nint FindOffered(ReadOnlySpan<byte> id)
    {
        string name = Encoding.UTF8.GetString(id);
        lock (_offered)
        {
            if (_offered.TryGetValue(name, out ForwardingTable? known))
            {
                return known.Native;
            }

            if (!channel.TryCall(Operation.FindOffered, new PayloadWriter().Text(name), out Reply? reply) || reply.Status != np.NP_OK)
            {
                return 0;
            }

            PayloadReader reader = reply.Read();
            uint number = reader.UInt32();
            var contract = ContractText.Of(reader.Text());
            ForwardingTable table = ForwardingTable.Rent().Lead(contract.Descriptor, contract.Plan, calls, number);
            _offered.Add(name, table);
            return table.Native;
        }
    }

    public void End()
    {
        lock (_offered)
        {
            foreach (ForwardingTable table in _offered.Values)
            {
                table.Return();
            }

            _offered.Clear();
        }
    }

    private Reply Ask(Operation operation, PayloadWriter payload)
    {
        if (!channel.TryCall(operation, payload, out Reply? reply))
        {
            throw new IOException("The application is gone.");
        }

        if (reply.Status == np.NP_OK)
        {
            return reply;
        }

        string message = reply.Read().Error()?.Message ?? "";
        throw reply.Status switch
        {
            np.NP_E_PERMISSION => new UnauthorizedAccessException(message),
            np.NP_E_IO => new IOException(message),
            _ => new InvalidOperationException(message),
        };
    }
}
