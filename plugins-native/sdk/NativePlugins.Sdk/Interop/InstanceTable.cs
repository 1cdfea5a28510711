using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using NativePlugins.Abi;
using NativePlugins.Sdk.Text;

namespace NativePlugins.Sdk.Interop;

/// <summary>
/// The tables of one instance, in native memory from create to destroy: np_plugin first, then its services. The context
/// of all is a handle of the <see cref="PluginInstance"/>.
/// </summary>
internal unsafe struct InstanceTable
{
    private const int MaxSchemaLength = 64;

    private np_plugin _plugin;
    private np_command _command;
    private np_memory _memory;
    private np_state _state;
    private fixed byte _schema[MaxSchemaLength];

    /// <summary>Makes the tables of an instance. Destroying the instance frees them.</summary>
    /// <exception cref="InvalidOperationException">What the plugin says of its state is out of range; nothing was made.</exception>
    public static np_plugin* Allocate(PluginInstance instance)
    {
        (byte[] schema, uint version) = instance.Stateful is { } stateful ? Checked(stateful) : ([], 0);
        var table = (InstanceTable*)NativeMemory.AllocZeroed((nuint)sizeof(InstanceTable));
        void* context = (void*)GCHandle.ToIntPtr(GCHandle.Alloc(instance));
        table->_plugin = new np_plugin
        {
            struct_size = (uint)sizeof(np_plugin),
            context = context,
            start = &Start,
            stop = &Stop,
            destroy = &Destroy,
            get_service = &GetService,
        };
        table->_command = new np_command { struct_size = (uint)sizeof(np_command), context = context, run = &CommandExport.Run };
        table->_memory = new np_memory { struct_size = (uint)sizeof(np_memory), context = context, trim = &StateExport.Trim };
        if (instance.Stateful is not null)
        {
            table->FillState(schema, version, context);
        }

        instance.Tables = (nint)table;
        return &table->_plugin;
    }

    private static (byte[] Schema, uint Version) Checked(IStateful state)
    {
        byte[] schema = Encoding.UTF8.GetBytes(state.StateSchema);
        int version = state.StateVersion;
        return schema.Length > MaxSchemaLength
            ? throw new InvalidOperationException(
                $"{nameof(IStateful.StateSchema)} must be at most {MaxSchemaLength} bytes of UTF-8, and has {schema.Length}.")
            : version < 0
            ? throw new InvalidOperationException($"{nameof(IStateful.StateVersion)} must be 0 or more, and is {version}.")
            : (schema, (uint)version);
    }

    // To be called on the table in native memory only, which does not move: np_state keeps the address of _schema.
    private void FillState(ReadOnlySpan<byte> schema, uint version, void* context)
    {
        fixed (byte* kept = _schema)
        {
            schema.CopyTo(new Span<byte>(kept, MaxSchemaLength));
            _state = new np_state
            {
                struct_size = (uint)sizeof(np_state),
                version = version,
                context = context,
                schema = (sbyte*)kept,
                schema_length = (nuint)schema.Length,
                save = &StateExport.Save,
                load = &StateExport.Load,
            };
        }
    }

    public static PluginInstance InstanceOf(void* context) =>
        (PluginInstance)GCHandle.FromIntPtr((nint)context).Target!;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Start(void* context, np_error_sink* error)
    {
        try
        {
            PluginInstance instance = InstanceOf(context);
            if (!instance.IsCreated)
            {
                return Illegal(error, "start", "created", instance);
            }

            instance.Start();
            return np.NP_OK;
        }
        catch (Exception exception)
        {
            return Boundary.Report(error, exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Stop(void* context, np_error_sink* error)
    {
        try
        {
            PluginInstance instance = InstanceOf(context);
            if (!instance.IsStarted)
            {
                return Illegal(error, "stop", "started", instance);
            }

            instance.Stop();
            return np.NP_OK;
        }
        catch (Exception exception)
        {
            return Boundary.Report(error, exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Destroy(void* context)
    {
        try
        {
            PluginInstance instance = InstanceOf(context);
            if (!instance.IsCreated)
            {
                return np.NP_E_INVALID_STATE;
            }

            int status = instance.Destroy();
            ConsoleRedirection.Release();
            GCHandle.FromIntPtr((nint)context).Free();
            NativeMemory.Free((void*)instance.Tables);
            return status;
        }
        catch (Exception exception)
        {
            return Boundary.Report(null, exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetService(void* context, sbyte* id, nuint idLength, void** service)
    {
        if (service == null)
        {
            return np.NP_E_INVALID_ARGUMENT;
        }

        *service = null;
        try
        {
            PluginInstance instance = InstanceOf(context);
            ReadOnlySpan<byte> name = Utf8Text.Bytes(id, idLength);
            if (instance.Command is not null && name.SequenceEqual(np.NP_COMMAND_ID))
            {
                *service = &((InstanceTable*)instance.Tables)->_command;
            }
            else if (name.SequenceEqual(np.NP_MEMORY_ID))
            {
                *service = &((InstanceTable*)instance.Tables)->_memory;
            }
            else if (instance.Stateful is not null && name.SequenceEqual(np.NP_STATE_ID))
            {
                *service = &((InstanceTable*)instance.Tables)->_state;
            }
            else if (instance.FindContract(name) is var contract and not 0)
            {
                *service = (void*)contract;
            }
            else if (instance.Services is { } services)
            {
                *service = (void*)services.GetService(Utf8Text.Decode(id, idLength));
            }

            return *service != null ? np.NP_OK : np.NP_E_NOT_FOUND;
        }
        catch (Exception exception)
        {
            return Boundary.Report(null, exception);
        }
    }

    private static int Illegal(np_error_sink* error, string call, string legal, PluginInstance instance) =>
        Boundary.Refuse(
            error, np.NP_E_INVALID_STATE, $"{call} is legal only in the state {legal}; this instance is {instance.StateName}.");
}
