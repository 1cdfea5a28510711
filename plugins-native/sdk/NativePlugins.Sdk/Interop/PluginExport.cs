using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using NativePlugins.Abi;
using NativePlugins.Contracts.Interop;
using NativePlugins.Sdk.Text;

namespace NativePlugins.Sdk.Interop;

/// <summary>What the generated np_plugin_entry_v1 calls. For generated code only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class PluginExport
{
    /// <summary>Hands out the plugin's static description.</summary>
    /// <typeparam name="TDescriptor">What the generator knows of the plugin.</typeparam>
    /// <param name="result">The address that the description's address is written to.</param>
    /// <returns>A status for the caller of the entry.</returns>
    public static int Describe<TDescriptor>(nint result)
        where TDescriptor : IPluginDescriptor
    {
        if (result == 0)
        {
            return np.NP_E_INVALID_ARGUMENT;
        }

        try
        {
            *(np_plugin_description**)result = Description<TDescriptor>.Address;
            return np.NP_OK;
        }
        catch (Exception exception)
        {
            return Boundary.Report(null, exception);
        }
    }

    /// <summary>The plugin's own object behind one of its np_plugin tables. For NativePlugins.Testing only.</summary>
    /// <param name="plugin">The address of an np_plugin that this assembly made and that is not destroyed.</param>
    public static object PluginOf(nint plugin) => InstanceTable.InstanceOf(((np_plugin*)plugin)->context).Plugin;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Create(void* context, np_host* host, np_plugin** result, np_error_sink* error)
    {
        try
        {
            if (result == null)
            {
                return Boundary.Refuse(error, np.NP_E_INVALID_ARGUMENT, "The address of the result is NULL.");
            }

            *result = null;
            if (host == null || host->struct_size < np_host.FrozenMinimum)
            {
                return Boundary.Refuse(
                    error,
                    np.NP_E_INVALID_ARGUMENT,
                    $"np_host has {(host == null ? 0 : host->struct_size)} bytes; at least {np_host.FrozenMinimum} are expected.");
            }

            ConsoleRedirection.Install();
            try
            {
                var table = new HostTable(host);
                object plugin = ((DescriptionMemory*)context)->Create(new PluginContext(table));
                *result = Allocate((DescriptionMemory*)context, plugin, table);
                return np.NP_OK;
            }
            catch
            {
                ConsoleRedirection.Release();
                throw;
            }
        }
        catch (Exception exception)
        {
            return Boundary.Report(error, exception);
        }
    }

    /// <summary>Makes the tables of a plugin that is there; disposes of it, and of what was exported, when that fails.</summary>
    private static np_plugin* Allocate(DescriptionMemory* description, object plugin, HostTable host)
    {
        ContractExport[] contracts = [];
        try
        {
            contracts = description->Export(plugin, PluginContractSide.Instance);
            UnhandledExceptions.Watch(host);
            return InstanceTable.Allocate(new PluginInstance(plugin, contracts, host));
        }
        catch
        {
            _ = new PluginInstance(plugin, contracts, host).Destroy();
            throw;
        }
    }

    private struct DescriptionMemory
    {
        public np_plugin_description Public;
        public delegate*<PluginContext, object> Create;
        public delegate*<object, ContractSide, ContractExport[]> Export;
    }

    private static class Description<TDescriptor>
        where TDescriptor : IPluginDescriptor
    {
        public static readonly np_plugin_description* Address = Fill();

        private static np_plugin_description* Fill()
        {
            var memory = (DescriptionMemory*)RuntimeHelpers.AllocateTypeAssociatedMemory(
                typeof(Description<TDescriptor>), sizeof(DescriptionMemory));
            ReadOnlySpan<byte> runtimeVersion = TDescriptor.RuntimeVersion;
            uint runtime = np.NP_RUNTIME_NATIVEAOT;
            if (PluginRuntimeKind.IsShared)
            {
                runtime = np.NP_RUNTIME_OTHER;
                runtimeVersion = Keep(Encoding.UTF8.GetBytes(Environment.Version.ToString()));
            }

            memory->Create = &TDescriptor.Create;
            memory->Export = &TDescriptor.Export;
            memory->Public = new np_plugin_description
            {
                struct_size = (uint)sizeof(np_plugin_description),
                magic = np.NP_MAGIC,
                abi_major = np.NP_ABI_MAJOR,
                abi_minor = np.NP_ABI_MINOR,
                layout_hash = np.NP_LAYOUT_HASH,
                pointer_size = (uint)sizeof(void*),
                flags = 0,
                runtime = runtime,
                id = Text(TDescriptor.Id),
                id_length = (nuint)TDescriptor.Id.Length,
                name = Text(TDescriptor.Name),
                name_length = (nuint)TDescriptor.Name.Length,
                version = Text(TDescriptor.Version),
                version_length = (nuint)TDescriptor.Version.Length,
                language = Text("C#"u8),
                language_length = (nuint)"C#"u8.Length,
                runtime_version = Text(runtimeVersion),
                runtime_version_length = (nuint)runtimeVersion.Length,
                context = memory,
                create = &Create,
            };
            return &memory->Public;
        }

        // The descriptor's texts are static data of the image: they do not move, and live as long as it.
        private static sbyte* Text(ReadOnlySpan<byte> text) =>
            (sbyte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(text));

        private static ReadOnlySpan<byte> Keep(byte[] text)
        {
            var memory = (byte*)RuntimeHelpers.AllocateTypeAssociatedMemory(typeof(Description<TDescriptor>), text.Length);
            text.CopyTo(new Span<byte>(memory, text.Length));
            return new ReadOnlySpan<byte>(memory, text.Length);
        }
    }
}
