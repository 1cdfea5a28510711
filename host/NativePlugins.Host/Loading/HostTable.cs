using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using NativePlugins.Abi;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Loading;

/// <summary>The host as one plugin instance sees it: np_host and the tables of its services.</summary>
/// <remarks>
/// Tables are used again and never freed. If a thread of a plugin outlives its instance, it gets NP_E_INVALID_STATE, or reaches the
/// services of another instance: it never reaches freed memory.
/// </remarks>
internal sealed unsafe class HostTable
{
    private static readonly Stack<HostTable> s_free = [];
    private static int s_inUse;
    private static readonly ConcurrentDictionary<string, (nint Text, int Length)> s_texts = new(StringComparer.Ordinal);

    private readonly NativeTables* _native;
    private volatile IHostServices? _services;

    private HostTable()
    {
        _native = (NativeTables*)NativeMemory.AllocZeroed((nuint)sizeof(NativeTables));
        void* context = (void*)GCHandle.ToIntPtr(GCHandle.Alloc(this));
        _native->Host = new np_host
        {
            struct_size = (uint)sizeof(np_host),
            abi_minor = np.NP_ABI_MINOR,
            context = context,
            get_service = &GetService,
        };
        _native->Log = new np_log
        {
            struct_size = (uint)sizeof(np_log),
            context = context,
            is_enabled = &IsLogEnabled,
            write = &WriteLog,
        };
        _native->Config = new np_config
        {
            struct_size = (uint)sizeof(np_config),
            context = context,
            get = &GetSetting,
            for_each = &ForEachSetting,
        };
        _native->Paths = new np_paths { struct_size = (uint)sizeof(np_paths), context = context, get = &GetPath };
    }

    /// <summary>How many tables belong to an instance, or to a former one that may still use its table. For tests.</summary>
    internal static int InUseCount => Volatile.Read(ref s_inUse);

    public np_host* Host => &_native->Host;

    /// <summary>Takes a table for one instance.</summary>
    public static HostTable Rent(IHostServices services, string applicationName, string applicationVersion)
    {
        HostTable? table;
        lock (s_free)
        {
            _ = s_free.TryPop(out table);
        }

        table ??= new HostTable();
        Interlocked.Increment(ref s_inUse);
        (nint name, int nameLength) = s_texts.GetOrAdd(applicationName, Allocate);
        (nint version, int versionLength) = s_texts.GetOrAdd(applicationVersion, Allocate);
        np_host* host = table.Host;
        host->name = (sbyte*)name;
        host->name_length = (nuint)nameLength;
        host->version = (sbyte*)version;
        host->version_length = (nuint)versionLength;
        table._services = services;
        return table;
    }

    /// <summary>Takes the host's services away for good. Code that still has the table gets NP_E_INVALID_STATE.</summary>
    public void Revoke()
    {
        _services?.End();
        _services = null;
    }

    /// <summary>Gives the table back, after the instance's destroy has returned. Not for an instance in quarantine.</summary>
    public void Return()
    {
        Revoke();
        Interlocked.Decrement(ref s_inUse);
        lock (s_free)
        {
            s_free.Push(this);
        }
    }

    // An application has one name, so these few texts may live as long as the process.
    private static (nint Text, int Length) Allocate(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        nint copy = (nint)NativeMemory.Alloc((nuint)Math.Max(utf8.Length, 1));
        Marshal.Copy(utf8, 0, copy, utf8.Length);
        return (copy, utf8.Length);
    }

    private static HostTable From(void* context) => (HostTable)GCHandle.FromIntPtr((nint)context).Target!;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetService(void* context, sbyte* id, nuint idLength, void** service)
    {
        if (service == null)
        {
            return np.NP_E_INVALID_ARGUMENT;
        }

        HostTable table = From(context);
        NativeTables* tables = table._native;
        ReadOnlySpan<byte> name = Utf8Text.Bytes(id, idLength);
        *service = name.SequenceEqual(np.NP_LOG_ID) ? &tables->Log
            : name.SequenceEqual(np.NP_CONFIG_ID) ? &tables->Config
            : name.SequenceEqual(np.NP_PATHS_ID) ? &tables->Paths
            : FindOffered(table, name);
        return *service != null ? np.NP_OK : np.NP_E_NOT_FOUND;
    }

    private static void* FindOffered(HostTable table, ReadOnlySpan<byte> name)
    {
        try
        {
            return (void*)(table._services?.FindOffered(name) ?? 0);
        }
        catch (Exception)
        {
            return null;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int IsLogEnabled(void* context, int level, int* enabled)
    {
        if (enabled == null)
        {
            return np.NP_E_INVALID_ARGUMENT;
        }

        return Guard(context, null, services =>
        {
            *enabled = services.IsLogEnabled(level) ? 1 : 0;
            return np.NP_OK;
        });
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int WriteLog(void* context, np_log_record* record)
    {
        if (record == null || record->struct_size < np_log_record.FrozenMinimum)
        {
            return np.NP_E_INVALID_ARGUMENT;
        }

        return Guard(context, null, services =>
        {
            services.WriteLog(new PluginLogRecord(
                record->level,
                record->event_id,
                Utf8Text.Decode(record->category, nuint.Min(record->category_length, 256)),
                Utf8Text.Decode(record->message, nuint.Min(record->message_length, 1024 * 1024)),
                Utf8Text.Decode(record->detail, nuint.Min(record->detail_length, 1024 * 1024)),
                Utf8Text.Decode(record->traceparent, nuint.Min(record->traceparent_length, 256))));
            return np.NP_OK;
        });
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetSetting(void* context, sbyte* key, nuint keyLength, np_sink* value, np_error_sink* error)
    {
        if (value == null || value->struct_size < np_sink.FrozenMinimum)
        {
            return np.NP_E_INVALID_ARGUMENT;
        }

        return Guard(context, error, services =>
            services.GetSetting(Utf8Text.Decode(key, keyLength)) is string found ? Write(value, found) : np.NP_E_NOT_FOUND);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ForEachSetting(
        void* context, delegate* unmanaged[Cdecl]<void*, sbyte*, nuint, sbyte*, nuint, int> visit, void* visitContext)
    {
        if (visit == null)
        {
            return np.NP_E_INVALID_ARGUMENT;
        }

        return Guard(context, null, services =>
        {
            foreach ((string key, string value) in services.Settings())
            {
                byte[] keyBytes = Encoding.UTF8.GetBytes(key), valueBytes = Encoding.UTF8.GetBytes(value);
                fixed (byte* keyText = keyBytes, valueText = valueBytes)
                {
                    int status = visit(visitContext, (sbyte*)keyText, (nuint)keyBytes.Length, (sbyte*)valueText, (nuint)valueBytes.Length);
                    if (status != np.NP_OK)
                    {
                        return status;
                    }
                }
            }

            return np.NP_OK;
        });
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetPath(void* context, int kind, np_sink* path, np_error_sink* error)
    {
        if (path == null || path->struct_size < np_sink.FrozenMinimum)
        {
            return np.NP_E_INVALID_ARGUMENT;
        }

        return Guard(context, error, services => kind switch
        {
            np.NP_PATH_INSTALLED => Write(path, services.InstalledDirectory),
            np.NP_PATH_DATA => Write(path, services.GetDataDirectory()),
            _ => np.NP_E_UNSUPPORTED,
        });
    }

    private static int Guard(void* context, np_error_sink* error, Func<IHostServices, int> call)
    {
        try
        {
            return From(context)._services is IHostServices services ? call(services) : np.NP_E_INVALID_STATE;
        }
        catch (Exception e)
        {
            int status = e switch
            {
                UnauthorizedAccessException => np.NP_E_PERMISSION,
                IOException => np.NP_E_IO,
                _ => np.NP_E_FAULT,
            };
            Report(error, status, e);
            return status;
        }
    }

    private static int Write(np_sink* sink, string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        fixed (byte* bytes = utf8)
        {
            return sink->write(sink->context, bytes, (nuint)utf8.Length);
        }
    }

    private static void Report(np_error_sink* sink, int status, Exception e)
    {
        if (sink == null || sink->struct_size < np_error_sink.FrozenMinimum)
        {
            return;
        }

        byte[] type = Encoding.UTF8.GetBytes(e.GetType().FullName ?? ""), message = Encoding.UTF8.GetBytes(e.Message);
        fixed (byte* typeText = type, messageText = message)
        {
            var info = new np_error_info
            {
                struct_size = (uint)sizeof(np_error_info),
                code = status,
                type = (sbyte*)typeText,
                type_length = (nuint)type.Length,
                message = (sbyte*)messageText,
                message_length = (nuint)message.Length,
            };
            _ = sink->report(sink->context, &info);
        }
    }

    private struct NativeTables
    {
        public np_host Host;
        public np_log Log;
        public np_config Config;
        public np_paths Paths;
    }
}
