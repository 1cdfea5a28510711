using System.Runtime.InteropServices;
using System.Text;
using NativePlugins.Abi;

namespace NativePlugins.Host.Loading;

/// <summary>
/// The calls into one plugin instance. They return the plugin's status and throw nothing; the code above decides what a status means.
/// </summary>
internal sealed unsafe class NativeInstance
{
    private readonly np_plugin* _native;

    private NativeInstance(np_plugin* native) => _native = native;

    /// <summary>Makes an instance. After NP_OK either the instance or <paramref name="violation"/> is set.</summary>
    public static int Create(
        NativeDescription description, HostTable host, CallFrame frame, out NativeInstance? instance, out string? violation)
    {
        np_plugin* native = null;
        int status = description.Create(description.Context, host.Host, &native, frame.ErrorSink);
        violation = status == np.NP_OK ? FindViolation(native) : null;
        instance = status == np.NP_OK && violation is null ? new NativeInstance(native) : null;
        return status;
    }

    public int Start(CallFrame frame) => _native->start(_native->context, frame.ErrorSink);

    public int Stop(CallFrame frame) => _native->stop(_native->context, frame.ErrorSink);

    public int Destroy() => _native->destroy(_native->context);

    /// <summary>Asks for a service table. NP_OK with <paramref name="table"/> 0 is a mistake of the plugin, and counts as not found.</summary>
    public int GetService(string id, out nint table)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(id);
        void* service = null;
        fixed (byte* text = utf8)
        {
            int status = _native->get_service(_native->context, (sbyte*)text, (nuint)utf8.Length, &service);
            table = status == np.NP_OK ? (nint)service : 0;
            return status == np.NP_OK && service == null ? np.NP_E_NOT_FOUND : status;
        }
    }

    /// <summary>The size of a service table as its author knew it: the first field of every table.</summary>
    public static uint SizeOf(nint table) => *(uint*)table;

    /// <summary>Runs the command behind a table of np.command/1.</summary>
    public static int Run(nint table, IReadOnlyList<string> arguments, string? traceParent, CallFrame frame, out int exitStatus)
    {
        var command = (np_command*)table;
        int bytes = 0;
        for (int i = 0; i < arguments.Count; i++)
        {
            bytes = checked(bytes + Encoding.UTF8.GetByteCount(arguments[i]));
        }

        int count = arguments.Count;
        int tracePlace = bytes;
        bytes = checked(bytes + (traceParent is null ? 0 : Encoding.UTF8.GetByteCount(traceParent)));

        // One block holds the pointers, the lengths and the text.
        nuint pointers = (nuint)count * (nuint)sizeof(sbyte*), lengthBytes = (nuint)count * (nuint)sizeof(nuint);
        byte* block = (byte*)NativeMemory.Alloc(pointers + lengthBytes + (nuint)bytes + 1);
        try
        {
            var texts = (sbyte**)block;
            var lengths = (nuint*)(block + pointers);
            var text = new Span<byte>(block + pointers + lengthBytes, bytes);
            int place = 0;
            for (int i = 0; i < count; i++)
            {
                int length = Encoding.UTF8.GetBytes(arguments[i], text[place..]);
                texts[i] = (sbyte*)(block + pointers + lengthBytes + (nuint)place);
                lengths[i] = (nuint)length;
                place += length;
            }

            Span<byte> trace = text[tracePlace..];
            if (traceParent is not null)
            {
                Encoding.UTF8.GetBytes(traceParent, trace);
            }

            np_command_call* call = frame.Describe(
                (uint)count, texts, lengths, trace, block + pointers + lengthBytes + (nuint)tracePlace);
            int status = 0;
            int result = command->run(command->context, call, &status, frame.ErrorSink);
            exitStatus = status;
            return result;
        }
        finally
        {
            NativeMemory.Free(block);
        }
    }

    public static bool IsCommand(nint table) =>
        SizeOf(table) >= np_command.FrozenMinimum && ((np_command*)table)->run != null;

    private static string? FindViolation(np_plugin* native)
    {
        if (native == null)
        {
            return "create returned NP_OK and no np_plugin";
        }

        if (native->struct_size < np_plugin.FrozenMinimum)
        {
            return $"np_plugin.struct_size is {native->struct_size}, the minimum is {np_plugin.FrozenMinimum}";
        }

        return native->start == null ? "np_plugin.start is NULL"
            : native->stop == null ? "np_plugin.stop is NULL"
            : native->destroy == null ? "np_plugin.destroy is NULL"
            : native->get_service == null ? "np_plugin.get_service is NULL"
            : null;
    }
}
