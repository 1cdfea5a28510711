using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativePlugins.Abi;

namespace NativePlugins.Sdk.Interop;

/// <summary>The functions of np.state/1 and np.memory/1.</summary>
internal static unsafe class StateExport
{
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int Save(void* context, np_sink* data, np_error_sink* error)
    {
        try
        {
            PluginInstance instance = InstanceTable.InstanceOf(context);
            if (data == null || data->struct_size < np_sink.FrozenMinimum || data->write == null)
            {
                return Boundary.Refuse(error, np.NP_E_INVALID_ARGUMENT, "data is NULL, or no complete np_sink.");
            }

            if (Illegal(error, "save", instance) is { } illegal)
            {
                return illegal;
            }

            var writer = new SinkBufferWriter(new ByteSink(data));
            instance.Stateful!.SaveState(writer);
            writer.Complete();
            return np.NP_OK;
        }
        catch (Exception exception)
        {
            return Boundary.Report(error, exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int Load(void* context, np_state_data* saved, np_error_sink* error)
    {
        try
        {
            PluginInstance instance = InstanceTable.InstanceOf(context);
            if (saved == null || saved->struct_size < np_state_data.FrozenMinimum
                || (saved->data == null && saved->data_size != 0) || saved->data_size > int.MaxValue)
            {
                return Boundary.Refuse(error, np.NP_E_INVALID_ARGUMENT, "The state is NULL, no complete np_state_data, or too large.");
            }

            if (Illegal(error, "load", instance) is { } illegal)
            {
                return illegal;
            }

            IStateful state = instance.Stateful!;
            string schema = Utf8Text.Decode(saved->schema, saved->schema_length);
            if (schema != state.StateSchema || saved->version > (uint)state.StateVersion)
            {
                return Boundary.Refuse(
                    error,
                    np.NP_E_UNSUPPORTED,
                    $"A state \"{schema}\" of version {saved->version} cannot be taken over; \"{state.StateSchema}\" of version {state.StateVersion} or less is expected.");
            }

            state.LoadState(new ReadOnlySpan<byte>(saved->data, (int)saved->data_size), (int)saved->version);
            return np.NP_OK;
        }
        catch (Exception exception)
        {
            return Boundary.Report(error, exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int Trim(void* context)
    {
        try
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            return np.NP_OK;
        }
        catch (Exception exception)
        {
            return Boundary.Report(null, exception);
        }
    }

    private static int? Illegal(np_error_sink* error, string call, PluginInstance instance) =>
        instance.IsCreated || instance.IsStarted
            ? null
            : Boundary.Refuse(
                error, np.NP_E_INVALID_STATE, $"{call} is legal only in the states created and started; this instance is {instance.StateName}.");
}
