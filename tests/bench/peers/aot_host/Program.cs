using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativePlugins.Abi;

namespace Peer.AotHost;

/// <summary>The least that a NativeAOT program can do to run a plugin: no search, no check, no deadline, no services.</summary>
internal static unsafe partial class Program
{
    private const int Now = 2;

    private static int Main(string[] args)
    {
        if (args is not [string path])
        {
            return 64;
        }

        nint utf8 = Marshal.StringToCoTaskMemUTF8(path);
        nint library = Open((byte*)utf8, Now);
        var entry = library == 0 ? null : (delegate* unmanaged[Cdecl]<np_plugin_description**, int>)NativeLibrary.GetExport(library, "np_plugin_entry_v1");
        np_plugin_description* description;
        if (entry == null || entry(&description) != np.NP_OK)
        {
            return 65;
        }

        var host = new np_host { struct_size = (uint)sizeof(np_host), abi_minor = np.NP_ABI_MINOR, get_service = &GetService };
        np_plugin* plugin;
        return description->create(description->context, &host, &plugin, null) == np.NP_OK ? Run(plugin) : 70;
    }

    private static int Run(np_plugin* plugin)
    {
        void* service = null;
        fixed (byte* id = "np.command/1"u8)
        {
            if (plugin->start(plugin->context, null) != np.NP_OK
                || plugin->get_service(plugin->context, (sbyte*)id, 12, &service) != np.NP_OK)
            {
                return 70;
            }
        }

        var sink = new np_sink { struct_size = (uint)sizeof(np_sink), write = &WriteOutput };
        var call = new np_command_call { struct_size = (uint)sizeof(np_command_call), output = &sink, error_output = &sink };
        var command = (np_command*)service;
        int status = 70;
        bool hasRun = command->run(command->context, &call, &status, null) == np.NP_OK;
        return hasRun && plugin->stop(plugin->context, null) == np.NP_OK && plugin->destroy(plugin->context) == np.NP_OK ? status : 70;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetService(void* context, sbyte* id, nuint length, void** service)
    {
        *service = null;
        return np.NP_E_NOT_FOUND;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int WriteOutput(void* context, void* data, nuint size) =>
        Write(1, data, size) == (nint)size ? np.NP_OK : np.NP_E_IO;

    [LibraryImport("libc", EntryPoint = "dlopen")]
    private static partial nint Open(byte* path, int flags);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int file, void* data, nuint size);
}
