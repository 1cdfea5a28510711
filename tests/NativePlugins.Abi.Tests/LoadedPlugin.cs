using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NativePlugins.Abi.Tests;

/// <summary>A plugin in this process, called through the bare tables.</summary>
internal sealed unsafe class LoadedPlugin : IDisposable
{
    private readonly nint _library;
    private readonly np_plugin_description* _description;
    private readonly np_host* _host;

    public LoadedPlugin(string path)
    {
        _library = NativeLibrary.Load(path);
        np_plugin_description* description;
        var entry = (delegate* unmanaged[Cdecl]<np_plugin_description**, int>)NativeLibrary.GetExport(_library, "np_plugin_entry_v1");
        Assert.Equal(np.NP_OK, entry(&description));
        _description = description;
        _host = (np_host*)NativeMemory.AllocZeroed((nuint)sizeof(np_host));
        _host->struct_size = (uint)sizeof(np_host);
        _host->get_service = &HaveNoService;
    }

    public LoadedInstance Create()
    {
        np_plugin* plugin;
        Assert.Equal(np.NP_OK, _description->create(_description->context, _host, &plugin, null));
        return new(plugin);
    }

    public void Dispose()
    {
        NativeMemory.Free(_host);
        if ((_description->flags & np.NP_PLUGIN_MAY_UNLOAD) != 0 && _description->runtime == np.NP_RUNTIME_NONE)
        {
            NativeLibrary.Free(_library);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int HaveNoService(void* context, sbyte* id, nuint length, void** service)
    {
        *service = null;
        return np.NP_E_NOT_FOUND;
    }
}

internal sealed unsafe class LoadedInstance(np_plugin* plugin)
{
    public int Start() => plugin->start(plugin->context, null);

    public int Stop() => plugin->stop(plugin->context, null);

    public int Destroy() => plugin->destroy(plugin->context);
}
