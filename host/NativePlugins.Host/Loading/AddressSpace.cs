using NativePlugins.Binary.Diagnosis;
using NativePlugins.Binary.Model;
using NativePlugins.Host.Verification;

namespace NativePlugins.Host.Loading;

/// <summary>Refuses a NativeAOT library, before it is mapped, if its runtime would end the process for lack of address space.</summary>
internal static class AddressSpace
{
    public static void Require(BinaryImage library)
    {
        // The runtime of a library that is mapped already has what it needs.
        if (!MappedImages.IsNativeAot(library.Path) && Refusals.Read(() => RuntimeSpace.FindRefusal(library)) is { } refusal)
        {
            throw Refusals.Of(refusal);
        }
    }
}
