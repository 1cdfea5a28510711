using NativePlugins.Abi;

namespace NativePlugins.Sdk.Interop;

/// <summary>Calls into np.paths/1.</summary>
internal static unsafe class PathsService
{
    public static string? Get(HostTable host, int kind)
    {
        np_paths* paths = host.Paths;
        if (paths == null)
        {
            return null;
        }

        var request = new GetRequest(paths, kind);
        return HostText.Read(ref request, kind == np.NP_PATH_DATA ? "data" : "installed", "Asking for the directory");
    }

    private readonly struct GetRequest(np_paths* paths, int kind) : IHostTextRequest
    {
        public int Send(np_sink* value, np_error_sink* error) => paths->get(paths->context, kind, value, error);
    }
}
