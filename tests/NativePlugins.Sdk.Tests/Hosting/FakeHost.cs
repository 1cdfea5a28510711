using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using NativePlugins.Abi;

namespace NativePlugins.Sdk.Tests.Hosting;

/// <summary>A host behind the raw ABI, whose services and table sizes a test chooses.</summary>
internal sealed unsafe class FakeHost : IDisposable
{
    private readonly GCHandle _self;
    private NativeTable<np_host>? _host;
    private NativeTable<np_log>? _log;
    private NativeTable<np_config>? _config;
    private NativeTable<np_paths>? _paths;

    public FakeHost() => _self = GCHandle.Alloc(this);

    /// <summary>Bytes that every table of the host has more, or fewer, than version 1.0.</summary>
    public int SizeDifference { get; init; }

    /// <summary>The same for the services alone.</summary>
    public int ServiceSizeDifference { get; init; }

    public HashSet<string> Services { get; init; } = ["np.log/1", "np.config/1", "np.paths/1"];

    public SortedDictionary<string, string> Settings { get; } = new(StringComparer.OrdinalIgnoreCase);

    public List<LogRecord> Log { get; } = [];

    public int MinimumLevel { get; init; }

    /// <summary>A status for np.config/1 and np.paths/1 to fail with, and its text.</summary>
    public (int Status, string Text)? Failure { get; init; }

    public np_host* Table => (_host ??= new NativeTable<np_host>(
        new np_host
        {
            context = Context,
            name = Text("fake"u8),
            name_length = 4,
            version = Text("1.2"u8),
            version_length = 3,
            get_service = &GetService,
        },
        SizeDifference)).Pointer;

    public void Dispose()
    {
        _host?.Dispose();
        _log?.Dispose();
        _config?.Dispose();
        _paths?.Dispose();
        _self.Free();
    }

    private void* Context => (void*)GCHandle.ToIntPtr(_self);

    private int ServiceDifference => ServiceSizeDifference != 0 ? ServiceSizeDifference : SizeDifference;

    private static FakeHost Of(void* context) => (FakeHost)GCHandle.FromIntPtr((nint)context).Target!;

    // Static data of the image.
    private static sbyte* Text(ReadOnlySpan<byte> literal) => (sbyte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(literal));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetService(void* context, sbyte* id, nuint length, void** service)
    {
        FakeHost host = Of(context);
        string name = Utf8Text.Decode(id, length);
        *service = !host.Services.Contains(name) ? null : name switch
        {
            "np.log/1" => (host._log ??= new(new np_log { context = context, is_enabled = &IsEnabled, write = &Write }, host.ServiceDifference)).Pointer,
            "np.config/1" => (host._config ??= new(new np_config { context = context, get = &Get, for_each = &ForEach }, host.ServiceDifference)).Pointer,
            "np.paths/1" => (host._paths ??= new(new np_paths { context = context, get = &GetPath }, host.ServiceDifference)).Pointer,
            _ => null,
        };
        return *service == null ? np.NP_E_NOT_FOUND : np.NP_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int IsEnabled(void* context, int level, int* enabled)
    {
        *enabled = level >= Of(context).MinimumLevel ? 1 : 0;
        return np.NP_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(void* context, np_log_record* record)
    {
        List<LogRecord> log = Of(context).Log;
        lock (log)
        {
            log.Add(new LogRecord(
                record->level,
                record->event_id,
                Utf8Text.Decode(record->category, record->category_length),
                Utf8Text.Decode(record->message, record->message_length),
                Utf8Text.Decode(record->detail, record->detail_length),
                Utf8Text.Decode(record->traceparent, record->traceparent_length)));
        }

        return np.NP_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Get(void* context, sbyte* key, nuint length, np_sink* value, np_error_sink* error)
    {
        FakeHost host = Of(context);
        return host.Failure is not null ? host.Fail(error)
            : !host.Settings.TryGetValue(Utf8Text.Decode(key, length), out string? text) ? np.NP_E_NOT_FOUND
            : Send(value, text);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ForEach(void* context, delegate* unmanaged[Cdecl]<void*, sbyte*, nuint, sbyte*, nuint, int> visit, void* visitContext)
    {
        foreach ((string key, string value) in Of(context).Settings)
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
        FakeHost host = Of(context);
        return host.Failure is not null ? host.Fail(error) : Send(path, kind == np.NP_PATH_INSTALLED ? "/installed" : "/dätä");
    }

    // In two pieces, as a host may.
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

    private int Fail(np_error_sink* error)
    {
        byte[] message = Encoding.UTF8.GetBytes(Failure!.Value.Text);
        fixed (byte* start = message)
        {
            var info = new np_error_info
            {
                struct_size = (uint)sizeof(np_error_info),
                code = Failure.Value.Status,
                message = (sbyte*)start,
                message_length = (nuint)message.Length,
            };
            _ = error->report(error->context, &info);
        }

        return Failure.Value.Status;
    }
}
