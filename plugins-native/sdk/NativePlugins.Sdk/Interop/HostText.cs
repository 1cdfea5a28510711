using System.Runtime.InteropServices;
using NativePlugins.Abi;

namespace NativePlugins.Sdk.Interop;

/// <summary>A call into the host that answers with a text.</summary>
internal unsafe interface IHostTextRequest
{
    int Send(np_sink* value, np_error_sink* error);
}

/// <summary>Makes such calls.</summary>
internal static unsafe class HostText
{
    /// <summary>The text; null when the host has none or does not know the request.</summary>
    public static string? Read<TRequest>(ref TRequest request, string name, string what)
        where TRequest : struct, IHostTextRequest
    {
        var collector = default(Utf8Collector);
        var error = new HostError();
        GCHandle handle = GCHandle.Alloc(error);
        try
        {
            np_sink value = Utf8Collector.Sink(&collector);
            np_error_sink report = HostError.Sink(handle);
            int status = request.Send(&value, &report);
            return status switch
            {
                np.NP_OK => collector.Text,
                np.NP_E_NOT_FOUND or np.NP_E_UNSUPPORTED => null,
                np.NP_E_OUT_OF_MEMORY => throw new InsufficientMemoryException(),
                _ => throw error.ToException(status, $"{what} '{name}'"),
            };
        }
        finally
        {
            handle.Free();
            collector.Free();
        }
    }
}
