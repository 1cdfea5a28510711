using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using NativePlugins.Abi;
using NativePlugins.Sdk;

namespace NativePlugins.Testing.Interop;

/// <summary>A <see cref="TestHost"/> behind the raw ABI.</summary>
internal sealed unsafe class HostTables(TestHost host) : IDisposable
{
    private GCHandle _self;
    private byte* _texts;
    private NativeTable<np_host>? _host;
    private NativeTable<np_log>? _log;
    private NativeTable<np_config>? _config;
    private NativeTable<np_paths>? _paths;

    public np_host* Host => (_host ??= Make()).Pointer;

    public void Dispose()
    {
        _host?.Dispose();
        _log?.Dispose();
        _config?.Dispose();
        _paths?.Dispose();
        NativeMemory.Free(_texts);
        if (_self.IsAllocated)
        {
            _self.Free();
        }
    }

    private int ServiceDifference => host.ServiceSizeDifference != 0 ? host.ServiceSizeDifference : host.SizeDifference;

    private NativeTable<np_host> Make()
    {
        _self = GCHandle.Alloc(this);
        byte[] name = Encoding.UTF8.GetBytes(host.Name), version = Encoding.UTF8.GetBytes(host.Version);
        _texts = (byte*)NativeMemory.Alloc((nuint)(name.Length + version.Length + 1));
        name.CopyTo(new Span<byte>(_texts, name.Length));
        version.CopyTo(new Span<byte>(_texts + name.Length, version.Length));
        return new NativeTable<np_host>(
            new np_host
            {
                abi_minor = np.NP_ABI_MINOR,
                context = (void*)GCHandle.ToIntPtr(_self),
                name = (sbyte*)_texts,
                name_length = (nuint)name.Length,
                version = (sbyte*)_texts + name.Length,
                version_length = (nuint)version.Length,
                get_service = &GetService,
            },
            host.SizeDifference);
    }

    private static HostTables Of(void* context) => (HostTables)GCHandle.FromIntPtr((nint)context).Target!;

    private static TestHost HostOf(void* context) => Of(context).TestHost;

    private TestHost TestHost => host;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetService(void* context, sbyte* id, nuint length, void** service)
    {
        HostTables tables = Of(context);
        string name = Utf8Text.Decode(id, length);
        lock (tables)
        {
            int difference = tables.ServiceDifference;
            *service = !tables.TestHost.Services.Contains(name) ? null : name switch
            {
                "np.log/1" => (tables._log ??= new(new np_log { context = context, is_enabled = &IsEnabled, write = &Write }, difference)).Pointer,
                "np.config/1" => (tables._config ??= new(new np_config { context = context, get = &Get, for_each = &ForEach }, difference)).Pointer,
                "np.paths/1" => (tables._paths ??= new(new np_paths { context = context, get = &GetPath }, difference)).Pointer,
                _ => null,
            };
        }

        return *service == null ? np.NP_E_NOT_FOUND : np.NP_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int IsEnabled(void* context, int level, int* enabled)
    {
        *enabled = level >= (int)HostOf(context).MinimumLevel ? 1 : 0;
        return np.NP_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(void* context, np_log_record* record)
    {
        HostOf(context).Record(new TestLogRecord(
            (PluginLogLevel)record->level,
            record->event_id,
            Utf8Text.Decode(record->category, record->category_length),
            Utf8Text.Decode(record->message, record->message_length),
            Utf8Text.Decode(record->detail, record->detail_length),
            Utf8Text.Decode(record->traceparent, record->traceparent_length)));
        return np.NP_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Get(void* context, sbyte* key, nuint length, np_sink* value, np_error_sink* error)
    {
        TestHost host = HostOf(context);
        return host.ServiceFailure is { } failure ? Fail(failure, error)
            : !host.Settings.TryGetValue(Utf8Text.Decode(key, length), out string? text) ? np.NP_E_NOT_FOUND
            : Send(value, text);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ForEach(void* context, delegate* unmanaged[Cdecl]<void*, sbyte*, nuint, sbyte*, nuint, int> visit, void* visitContext)
    {
        TestHost host = HostOf(context);
        if (host.ServiceFailure is { } failure)
        {
            return failure.Code;
        }

        foreach ((string key, string value) in host.Settings)
        {
            byte[] keyBytes = Encoding.UTF8.GetBytes(key), valueBytes = Encoding.UTF8.GetBytes(value);
            fixed (byte* k = keyBytes, v = valueBytes)
            {
                int status = visit(visitContext, (sbyte*)k, (nuint)keyBytes.Length, (sbyte*)v, (nuint)valueBytes.Length);
                if (status != np.NP_OK)
                {
                    return status;
                }
            }
        }

        return np.NP_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetPath(void* context, int kind, np_sink* path, np_error_sink* error)
    {
        TestHost host = HostOf(context);
        return host.ServiceFailure is { } failure ? Fail(failure, error) : kind switch
        {
            np.NP_PATH_INSTALLED => Send(path, host.InstalledDirectory),
            np.NP_PATH_DATA => Send(path, host.DataDirectory),
            _ => np.NP_E_UNSUPPORTED,
        };
    }

    // In two pieces: a host may send as many as it likes, and a plugin that expects one is found out here.
    private static int Send(np_sink* sink, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        fixed (byte* start = bytes)
        {
            int half = bytes.Length / 2;
            int status = sink->write(sink->context, start, (nuint)half);
            return status != np.NP_OK ? status : sink->write(sink->context, start + half, (nuint)(bytes.Length - half));
        }
    }

    private static int Fail(TestError failure, np_error_sink* error)
    {
        if (error == null)
        {
            return failure.Code;
        }

        byte[] message = Encoding.UTF8.GetBytes(failure.Message);
        fixed (byte* start = message)
        {
            var info = new np_error_info
            {
                struct_size = (uint)sizeof(np_error_info),
                code = failure.Code,
                message = (sbyte*)start,
                message_length = (nuint)message.Length,
            };
            _ = error->report(error->context, &info);
        }

        return failure.Code;
    }
}
