namespace NativePlugins.Cli;

/// <summary>Says the true status of a plugin whose status cannot be an exit status.</summary>
internal static class StatusReport
{
    public static void Write(HostTerminal terminal, string pluginId, int status)
    {
        if (terminal.Settings.Json)
        {
            terminal.WriteError(JsonLine.Write(writer =>
            {
                writer.WriteStartObject("status");
                writer.WriteString("plugin", pluginId);
                writer.WriteNumber("value", status);
                writer.WriteNumber("exitCode", ExitCodes.FromPlugin(status));
                writer.WriteEndObject();
            }));
        }
        else
        {
            terminal.WriteError(Text(pluginId, status));
        }
    }

    internal static string Text(string pluginId, int status) =>
        $"{Product.Name}: the plugin '{pluginId}' ended with status {status}; a plugin's own are 0 to 63, so the exit status is {ExitCodes.FromPlugin(status)}\n";
}
