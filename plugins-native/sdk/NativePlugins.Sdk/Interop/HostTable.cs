using System.Text;
using NativePlugins.Abi;
using NativePlugins.Contracts;
using NativePlugins.Contracts.Interop;

namespace NativePlugins.Sdk.Interop;

/// <summary>The np_host of one instance, until it is destroyed; after that a host without any service.</summary>
internal sealed unsafe class HostTable(np_host* host)
{
    private np_host* _host = host;
    private string? _name;
    private string? _version;
    private nint _log = Unresolved;
    private nint _config = Unresolved;
    private nint _paths = Unresolved;
    private ContractObjects? _objects;
    private volatile bool _areObjectsEnded;

    private const nint Unresolved = -1;

    /// <summary>The plugin's side of the calls between this instance and the host.</summary>
    public PluginContractSide Side => field ??= new PluginContractSide(this);

    /// <summary>What the instance and the application have given each other to keep.</summary>
    /// <remarks>Made at the first use, and only there: a plugin whose contracts have no objects has none of that code in its library.</remarks>
    public ContractObjects Objects
    {
        get
        {
            ContractObjects objects = Volatile.Read(ref _objects) ?? LazyInitializer.EnsureInitialized(ref _objects, () => new HostObjects(this));
            if (_areObjectsEnded)
            {
                EndObjects();
            }

            return objects;
        }
    }

    /// <summary>Ends what there is of them; from then on there are none to be had. Before <see cref="Detach"/>.</summary>
    public void EndObjects()
    {
        _areObjectsEnded = true;
        (Volatile.Read(ref _objects) as IDisposable)?.Dispose();
    }

    public string Name => _name ??= _host == null ? "" : Utf8Text.Decode(_host->name, _host->name_length);

    public string Version => _version ??= _host == null ? "" : Utf8Text.Decode(_host->version, _host->version_length);

    /// <summary>The host's log, or NULL.</summary>
    public np_log* Log => (np_log*)Resolve(ref _log, np.NP_LOG_ID, np_log.FrozenMinimum);

    /// <summary>The host's configuration, or NULL.</summary>
    public np_config* Config => (np_config*)Resolve(ref _config, np.NP_CONFIG_ID, np_config.FrozenMinimum);

    /// <summary>The host's paths, or NULL.</summary>
    public np_paths* Paths => (np_paths*)Resolve(ref _paths, np.NP_PATHS_ID, np_paths.FrozenMinimum);

    public bool IsDetached => _host == null;

    /// <summary>An object of the application's, or null if it has none for the contract.</summary>
    /// <exception cref="PluginHostException">It is another contract of that id.</exception>
    public T? FindContract<T>()
        where T : class, IPluginContract<T>
    {
        nint table = Find(Encoding.UTF8.GetBytes(T.Descriptor.ServiceId), sizeof(uint));
        if (table == 0)
        {
            return null;
        }

        if (ContractTable.Check(table, T.Descriptor, out int minor) is { } mismatch)
        {
            throw new PluginHostException(
                np.NP_E_UNSUPPORTED,
                $"The host offers {T.Descriptor.ServiceId}, but not as this plugin knows it. Expected: {mismatch.Expected}. Found: {mismatch.Found}.");
        }

        var turns = ContractTurns.For(T.Descriptor);
        return T.CreateProxy<HostContractLink, HostContractLease>(
            new HostContractLink(new HostContract(this, T.Descriptor.ServiceId, table)), turns, minor);
    }

    /// <summary>Lets go of the host. Name and version that were read before stay.</summary>
    public void Detach()
    {
        _host = null;
        _log = _config = _paths = 0;
    }

    private void* Resolve(ref nint service, ReadOnlySpan<byte> id, uint minimum)
    {
        nint known = Volatile.Read(ref service);
        if (known == Unresolved)
        {
            known = Find(id, minimum);
            Volatile.Write(ref service, known);
        }

        return (void*)known;
    }

    // A table that is shorter than version 1.0 of its service breaks the ABI: it counts as missing, as reading it would go past its end.
    private nint Find(ReadOnlySpan<byte> id, uint minimum)
    {
        if (_host == null || _host->get_service == null)
        {
            return 0;
        }

        void* service = null;
        fixed (byte* start = id)
        {
            int status = _host->get_service(_host->context, (sbyte*)start, (nuint)id.Length, &service);
            return status == np.NP_OK && service != null && *(uint*)service >= minimum ? (nint)service : 0;
        }
    }
}
