using System.Text;
using NativePlugins.Contracts;
using NativePlugins.Contracts.Interop;

namespace NativePlugins.Host.Forwarding;

/// <summary>A table of functions of this process, which the other side may call.</summary>
/// <param name="address">The table.</param>
/// <param name="plan">How its functions are called.</param>
internal sealed unsafe class NativeTable(nint address, ContractPlan plan)
{
    private const int ContextOffset = 8, SignatureOffset = 24, LengthOffset = 32;

    public ContractPlan Plan => plan;

    public ulong Context => *(ulong*)(address + ContextOffset);

    public nint Function(int slot) => *(nint*)(address + sizeof(ContractTable) + (slot * sizeof(nint)));

    /// <summary>A table that says itself what it is.</summary>
    /// <param name="address">A table that somebody lends.</param>
    /// <exception cref="SignatureException">It does not say it, or has something that does not cross.</exception>
    public static NativeTable Lent(nint address)
    {
        byte* signature = *(byte**)(address + SignatureOffset);
        nuint length = *(nuint*)(address + LengthOffset);
        if (*(uint*)address < sizeof(ContractTable) || signature == null || length > SignatureReader.MaxLength)
        {
            throw new SignatureException("is not there");
        }

        ContractText text = ContractText.Of(Encoding.UTF8.GetString(signature, (int)length));
        return ContractTable.Check(address, text.Descriptor, out _) is { } mismatch
            ? throw new SignatureException($"is another one than the table: {mismatch.Expected}, and there is {mismatch.Found}")
            : new NativeTable(address, text.Plan);
    }
}
