using NativePlugins.Contracts;
using NativePlugins.Contracts.Interop;

namespace NativePlugins.Host.Services;

/// <summary>An object of the application that plugins may call.</summary>
internal sealed record OfferedContract(string ServiceId, Func<ContractSide, ContractExport> Export)
{
    public static OfferedContract Of<T>(T implementation)
        where T : class, IPluginContract<T> =>
        new(T.Descriptor.ServiceId, side => ContractExport.Create(implementation, side));
}
