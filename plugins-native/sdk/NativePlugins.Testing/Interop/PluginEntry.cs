using System.Reflection;
using NativePlugins.Abi;

namespace NativePlugins.Testing.Interop;

/// <summary>The entry that the generator put into a plugin's assembly, called as a host calls the exported one.</summary>
internal sealed unsafe class PluginEntry
{
    private readonly np_plugin_description* _description;

    public PluginEntry(Assembly assembly)
    {
        MethodInfo enter = assembly.GetType("NativePlugins.Generated.PluginEntry")?.GetMethod("Enter", BindingFlags.Static | BindingFlags.NonPublic)
            ?? throw new ArgumentException(
                $"{assembly.GetName().Name} has no generated entry: it is not a plugin's assembly. Reference the plugin's project, and name its class with [Plugin].", nameof(assembly));
        var entry = (delegate* unmanaged[Cdecl]<np_plugin_description**, int>)enter.MethodHandle.GetFunctionPointer();
        np_plugin_description* description;
        int status = entry(&description);
        _description = status == np.NP_OK ? description : throw new TestFaultException("The entry", status, null);
    }

    public string Id => Utf8Text.Decode(_description->id, _description->id_length);

    public string Name => Utf8Text.Decode(_description->name, _description->name_length);

    public string Version => Utf8Text.Decode(_description->version, _description->version_length);

    public np_plugin_description* Description => _description;

    public (InstanceCalls? Calls, TestOutcome Outcome) Create(HostTables host)
    {
        using var sinks = new SinkRecorder();
        np_plugin* plugin = null;
        int status = _description->create(_description->context, host.Host, &plugin, sinks.ErrorSink);
        return (status == np.NP_OK ? new InstanceCalls(plugin) : null, new TestOutcome(status, sinks.Error));
    }
}
