using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativePlugins.Abi;
using NativePlugins.Contracts.Interop;

namespace NativePlugins.Sdk.Interop;

/// <summary>Calls into np.config/1.</summary>
internal static unsafe class ConfigService
{
    public static string? Get(HostTable host, string key)
    {
        np_config* config = host.Config;
        if (config == null)
        {
            return null;
        }

        using var keyText = new Utf8Argument(key, nameof(key), stackalloc byte[Utf8Argument.StackSize]);
        fixed (byte* keyStart = keyText.Bytes)
        {
            var request = new GetRequest(config, keyStart, keyText.Bytes.Length);
            return HostText.Read(ref request, key, "Reading the setting");
        }
    }

    public static List<KeyValuePair<string, string>> List(HostTable host)
    {
        var settings = new List<KeyValuePair<string, string>>();
        np_config* config = host.Config;
        if (config == null)
        {
            return settings;
        }

        GCHandle handle = GCHandle.Alloc(settings);
        try
        {
            int status = config->for_each(config->context, &Visit, (void*)GCHandle.ToIntPtr(handle));
            return status switch
            {
                np.NP_OK => settings,
                np.NP_E_OUT_OF_MEMORY => throw new InsufficientMemoryException(),
                _ => throw new PluginHostException(status, $"Reading the settings failed with status {status}."),
            };
        }
        finally
        {
            handle.Free();
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Visit(void* context, sbyte* key, nuint keyLength, sbyte* value, nuint valueLength)
    {
        try
        {
            var settings = (List<KeyValuePair<string, string>>)GCHandle.FromIntPtr((nint)context).Target!;
            settings.Add(new(Utf8Text.Decode(key, keyLength), Utf8Text.Decode(value, valueLength)));
            return np.NP_OK;
        }
        catch (OutOfMemoryException)
        {
            return np.NP_E_OUT_OF_MEMORY;
        }
        catch (Exception)
        {
            return np.NP_E_FAULT;
        }
    }

    private readonly struct GetRequest(np_config* config, byte* key, int keyLength) : IHostTextRequest
    {
        public int Send(np_sink* value, np_error_sink* error) =>
            config->get(config->context, (sbyte*)key, (nuint)keyLength, value, error);
    }
}
