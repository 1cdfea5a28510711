using NativePlugins.Sdk;

namespace Plugin_Name;

[Plugin("plugin_name", Name = "Plugin-Name", Version = "1.0.0")]
public sealed class Greeter(PluginContext host) : ICommand
{
    public int Run(CommandContext context)
    {
        string greeting = host.Config.Get("Greeting") ?? "Hello";
        string name = context.Arguments.Count > 0 ? context.Arguments[0] : "world";
        host.Log.Information($"greeting {name}");
        context.Output.WriteLine($"{greeting}, {name}!");
        return 0;
    }
}
