using System.Text;
using NativePlugins.Abi;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Isolation;

/// <summary>The host's services in a worker: each question goes to the application. Thread-safe.</summary>
internal sealed class RemoteHostServices(Channel channel, string installedDirectory) : IHostServices
{
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

    /// <remarks>Objects of the application do not reach a worker yet. The application is asked, so that it can say so.</remarks>
    public nint FindOffered(ReadOnlySpan<byte> id)
    {
        _ = channel.TryCall(Operation.FindOffered, new PayloadWriter().Text(Encoding.UTF8.GetString(id)), out _);
        return 0;
    }

    public void End()
    {
        // Objects of the application are not here.
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
