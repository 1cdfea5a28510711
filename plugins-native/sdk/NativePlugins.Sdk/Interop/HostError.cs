using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativePlugins.Abi;

namespace NativePlugins.Sdk.Interop;

/// <summary>Takes the host's report of what went wrong in a call into it.</summary>
internal sealed unsafe class HostError
{
    private string? _message;

    /// <summary>The error sink to pass on. <paramref name="handle"/> holds a <see cref="HostError"/>.</summary>
    public static np_error_sink Sink(GCHandle handle) => new()
    {
        struct_size = (uint)sizeof(np_error_sink),
        context = (void*)GCHandle.ToIntPtr(handle),
        report = &Report,
    };

    public PluginHostException ToException(int status, string what) =>
        new(status, string.IsNullOrEmpty(_message) ? $"{what} failed with status {status}." : $"{what} failed: {_message}");

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Report(void* context, np_error_info* info)
    {
        try
        {
            if (info == null || info->struct_size < np_error_info.FrozenMinimum)
            {
                return np.NP_E_INVALID_ARGUMENT;
            }

            var error = (HostError)GCHandle.FromIntPtr((nint)context).Target!;
            error._message = Utf8Text.Decode(info->message, info->message_length);
            return np.NP_OK;
        }
        catch (Exception)
        {
            return np.NP_E_FAULT;
        }
    }
}
