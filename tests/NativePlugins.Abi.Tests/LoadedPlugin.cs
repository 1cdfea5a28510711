using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace NativePlugins.Abi.Tests;

/// <summary>A plugin in this process, called through the bare tables. Its host has one service, "test.host/1": itself.</summary>
internal sealed unsafe class LoadedPlugin : IDisposable
{
    private readonly nint _library;
    private readonly delegate* unmanaged[Cdecl]<np_plugin_description**, int> _entry;
    private readonly np_plugin_description* _description;
    private readonly np_host* _host;

    public LoadedPlugin(string path)
    {
        _library = NativeLibrary.Load(path);
        np_plugin_description* description;
        _entry = (delegate* unmanaged[Cdecl]<np_plugin_description**, int>)NativeLibrary.GetExport(_library, "np_plugin_entry_v1");
        Assert.Equal(np.NP_OK, _entry(&description));
        Assert.Equal((uint)sizeof(np_plugin_description), description->struct_size);
        _description = description;
        _host = (np_host*)NativeMemory.AllocZeroed((nuint)sizeof(np_host));
        _host->struct_size = (uint)sizeof(np_host);
        _host->context = _host;
        _host->get_service = &FindService;
    }

    public (uint Magic, uint Major, uint Minor, ulong LayoutHash, uint PointerSize, uint Runtime, string RuntimeVersion) Facts =>
        (_description->magic, _description->abi_major, _description->abi_minor, _description->layout_hash, _description->pointer_size,
         _description->runtime, Native.Text(_description->runtime_version, _description->runtime_version_length));

    public (string Id, string Name, string Version) Names =>
        (Native.Text(_description->id, _description->id_length), Native.Text(_description->name, _description->name_length),
         Native.Text(_description->version, _description->version_length));

    public string Language => Native.Text(_description->language, _description->language_length);

    public uint Flags => _description->flags;

    public bool IsDescribedTheSameAgain
    {
        get
        {
            np_plugin_description* description;
            return _entry(&description) == np.NP_OK && description == _description;
        }
    }

    public LoadedInstance Create()
    {
        np_plugin* plugin;
        Assert.Equal(np.NP_OK, _description->create(_description->context, _host, &plugin, null));
        return new(plugin);
    }

    /// <summary>An instance, or null.</summary>
    public LoadedInstance? TryCreate()
    {
        np_plugin* plugin;
        return _description->create(_description->context, _host, &plugin, null) == np.NP_OK ? new(plugin) : null;
    }

    /// <summary>Status and message of a create that fails, which leaves the result alone.</summary>
    public (int Status, string Message) RefusedCreate()
    {
        np_plugin* untouched = (np_plugin*)_host;
        np_plugin* plugin = untouched;
        using var error = new Native.Error();
        var status = _description->create(_description->context, _host, &plugin, error.Sink);
        Assert.True(plugin == untouched);
        return (status, error.Message);
    }

    /// <summary>A variable of the library's that it shows for a test.</summary>
    public int Number(string name) => *(int*)NativeLibrary.GetExport(_library, name);

    public void SetNumber(string name, int value) => *(int*)NativeLibrary.GetExport(_library, name) = value;

    public void Dispose()
    {
        NativeMemory.Free(_host);
        if ((_description->flags & np.NP_PLUGIN_MAY_UNLOAD) != 0 && _description->runtime == np.NP_RUNTIME_NONE)
        {
            NativeLibrary.Free(_library);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FindService(void* context, sbyte* id, nuint length, void** service)
    {
        *service = Native.Text(id, length) == "test.host/1" ? context : null;
        return *service != null ? np.NP_OK : np.NP_E_NOT_FOUND;
    }
}

internal sealed unsafe class LoadedInstance(np_plugin* plugin)
{
    public nint Address => (nint)plugin;

    public int Start() => plugin->start(plugin->context, null);

    public int Stop() => plugin->stop(plugin->context, null);

    public int Destroy() => plugin->destroy(plugin->context);

    public (int Status, string Message) TryStart()
    {
        using var error = new Native.Error();
        return (plugin->start(plugin->context, error.Sink), error.Message);
    }

    public (int Status, string Message) TryStop()
    {
        using var error = new Native.Error();
        return (plugin->stop(plugin->context, error.Sink), error.Message);
    }

    public (int Status, nint Table) GetService(string id)
    {
        void* service = plugin;
        fixed (byte* bytes = Encoding.UTF8.GetBytes(id + "\0"))
        {
            var status = plugin->get_service(plugin->context, (sbyte*)bytes, (nuint)Encoding.UTF8.GetByteCount(id), &service);
            return (status, (nint)service);
        }
    }

    /// <summary>The context in the table of a service: after its size, and a number.</summary>
    public nint ContextOf(string id) => (nint)((np_command*)GetService(id).Table)->context;

    public int NumberAtContext(string id) => *(int*)ContextOf(id);

    public int[] Numbers(string id, int at, int count) => new Span<int>((void*)(GetService(id).Table + at), count).ToArray();

    /// <summary>Runs the command; what it prints is answered with a status.</summary>
    public (int Status, int ExitStatus, string Output) Run(int sinkStatus = np.NP_OK)
    {
        var command = (np_command*)GetService("np.command/1").Table;
        using var output = new Native.Output(sinkStatus);
        var call = new np_command_call { struct_size = (uint)sizeof(np_command_call), output = output.Sink, error_output = output.Sink };
        int exitStatus = -1;
        var status = command->run(command->context, &call, &exitStatus, null);
        return (status, exitStatus, output.Text);
    }
}

/// <summary>The sinks of a call.</summary>
internal static unsafe class Native
{
    public static string Text(sbyte* text, nuint length) => Encoding.UTF8.GetString((byte*)text, (int)length);

    /// <summary>Keeps the message of the last report, which has the status that the call returned.</summary>
    internal sealed class Error : IDisposable
    {
        private GCHandle _handle;

        public Error()
        {
            _handle = GCHandle.Alloc(this);
            Sink = (np_error_sink*)NativeMemory.AllocZeroed((nuint)sizeof(np_error_sink));
            *Sink = new() { struct_size = (uint)sizeof(np_error_sink), context = (void*)GCHandle.ToIntPtr(_handle), report = &Report };
        }

        public np_error_sink* Sink { get; }

        public string Message { get; private set; } = "";

        public void Dispose()
        {
            NativeMemory.Free(Sink);
            _handle.Free();
        }

        [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
        private static int Report(void* context, np_error_info* info)
        {
            ((Error)GCHandle.FromIntPtr((nint)context).Target!).Message = Text(info->message, info->message_length);
            return np.NP_OK;
        }
    }

    /// <summary>Keeps what is written, and answers with a status.</summary>
    internal sealed class Output : IDisposable
    {
        private readonly StringBuilder _text = new();
        private readonly int _status;
        private GCHandle _handle;

        public Output(int status)
        {
            _status = status;
            _handle = GCHandle.Alloc(this);
            Sink = (np_sink*)NativeMemory.AllocZeroed((nuint)sizeof(np_sink));
            *Sink = new() { struct_size = (uint)sizeof(np_sink), context = (void*)GCHandle.ToIntPtr(_handle), write = &Write };
        }

        public np_sink* Sink { get; }

        public string Text => _text.ToString();

        public void Dispose()
        {
            NativeMemory.Free(Sink);
            _handle.Free();
        }

        [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
        private static int Write(void* context, void* data, nuint size)
        {
            var output = (Output)GCHandle.FromIntPtr((nint)context).Target!;
            output._text.Append(Native.Text((sbyte*)data, size));
            return output._status;
        }
    }
}
