using NativePlugins.Abi;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Loading;

/// <summary>The calls of np.state/1 and np.memory/1. Returns statuses and throws nothing.</summary>
internal static unsafe class NativeState
{
    private const int MaxSchemaLength = 64;

    public static bool IsState(nint table) => NativeInstance.SizeOf(table) >= np_state.FrozenMinimum
        && ((np_state*)table)->save != null && ((np_state*)table)->load != null;

    public static bool IsMemory(nint table) =>
        NativeInstance.SizeOf(table) >= np_memory.FrozenMinimum && ((np_memory*)table)->trim != null;

    public static uint VersionOf(nint table) => ((np_state*)table)->version;

    /// <summary>The bytes of the schema as the plugin gave them, cut at the length that the header allows.</summary>
    public static byte[] SchemaOf(nint table)
    {
        var state = (np_state*)table;
        return Utf8Text.Bytes(state->schema, nuint.Min(state->schema_length, MaxSchemaLength)).ToArray();
    }

    /// <summary>Saves the state into the output of the frame's command.</summary>
    public static int Save(nint table, CallFrame frame)
    {
        var state = (np_state*)table;
        return state->save(state->context, frame.Output, frame.ErrorSink);
    }

    public static int Load(nint table, SavedState saved, CallFrame frame)
    {
        var state = (np_state*)table;
        fixed (byte* schema = saved.Schema)
        fixed (byte* data = saved.Data.Span)
        {
            var handedOver = new np_state_data
            {
                struct_size = (uint)sizeof(np_state_data),
                version = saved.Version,
                schema = (sbyte*)schema,
                schema_length = (nuint)saved.Schema.Length,
                data = data,
                data_size = (nuint)saved.Data.Length,
            };
            return state->load(state->context, &handedOver, frame.ErrorSink);
        }
    }

    public static int Trim(nint table)
    {
        var memory = (np_memory*)table;
        return memory->trim(memory->context);
    }
}
