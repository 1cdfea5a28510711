using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativePlugins.Abi;

namespace NativePlugins.Contracts.Interop;

/// <summary>The fields that every contract's table begins with; a pointer to a function for each member follows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StructLayout(LayoutKind.Sequential)]
public unsafe struct ContractTable
{
    private const int MaxMinor = ushort.MaxValue;
    private const int MaxSignatureBytes = 1024 * 1024;

    private uint _structSize;
    private uint _minor;
    private void* _context;
    private ulong* _fingerprints;
    private sbyte* _signature;
    private nuint _signatureLength;

    /// <summary>The first argument of every function.</summary>
    public readonly void* Context => _context;

    /// <summary>The context of a table.</summary>
    /// <param name="table">The table's address; not 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint ContextOf(nint table) => (nint)((ContractTable*)table)->_context;

    /// <summary>The fields of a table that is handed out.</summary>
    /// <param name="descriptor">The contract.</param>
    /// <param name="size">The size of the whole table in bytes.</param>
    /// <param name="context">The first argument of every function.</param>
    public static ContractTable For(ContractDescriptor descriptor, int size, nint context)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        (nint signature, int length) = descriptor.NativeSignature;
        return new ContractTable
        {
            _structSize = (uint)size,
            _minor = (uint)descriptor.Minor,
            _context = (void*)context,
            _fingerprints = (ulong*)descriptor.NativeFingerprints,
            _signature = (sbyte*)signature,
            _signatureLength = (nuint)length,
        };
    }

    /// <summary>Compares a table with the contract that it should be.</summary>
    /// <param name="table">The table's address; not 0.</param>
    /// <param name="descriptor">The contract as this side was compiled with it.</param>
    /// <param name="minor">The latest minor version that both sides have, when there is no difference.</param>
    /// <returns>The first difference; null when every member up to that version is the same and there.</returns>
    public static ContractMismatch? Check(nint table, ContractDescriptor descriptor, out int minor)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        minor = 0;
        if (descriptor.CheckTable is { } check)
        {
            return check(table);
        }

        var theirs = (ContractTable*)table;
        if (theirs->_structSize < sizeof(ContractTable))
        {
            return new ContractMismatch(
                "", $"a table of {SizeUpTo(descriptor, 0)} bytes or more", $"struct_size {theirs->_structSize}");
        }

        minor = (int)Math.Min(theirs->_minor, (uint)descriptor.Minor);
        if (theirs->_minor > MaxMinor || theirs->_fingerprints == null)
        {
            return new ContractMismatch(
                "", "a minor version of 65535 or less and its fingerprints",
                $"minor version {theirs->_minor} and {(theirs->_fingerprints == null ? "no" : "some")} fingerprints");
        }

        ulong expected = descriptor.Fingerprint(minor), found = theirs->_fingerprints[minor];
        if (expected != found)
        {
            return FirstDifference(theirs, descriptor, minor)
                ?? new ContractMismatch("", $"fingerprint {expected:x16} up to {descriptor.Major}.{minor}", $"{found:x16}");
        }

        if (theirs->_structSize < SizeUpTo(descriptor, minor))
        {
            return new ContractMismatch(
                "", $"a table of {SizeUpTo(descriptor, minor)} bytes or more", $"struct_size {theirs->_structSize}");
        }

        var functions = (void**)(theirs + 1);
        for (int i = 0; i < descriptor.Slots(minor); i++)
        {
            if (functions[i] == null)
            {
                string line = Lines(descriptor.Signature, minor).Where(IsFunction).ElementAt(i);
                return new ContractMismatch(MemberOf(line), line, "a NULL function");
            }
        }

        return null;
    }

    /// <summary>Throws unless a struct is laid out as the generator saw it.</summary>
    /// <param name="size">Its size.</param>
    /// <param name="expected">The size that the generator has computed.</param>
    /// <param name="type">The struct.</param>
    /// <exception cref="NotSupportedException">It has fields that the generator could not see.</exception>
    public static void RequireSize(int size, int expected, string type)
    {
        if (size != expected)
        {
            throw new NotSupportedException(
                $"The struct {type} has {size} bytes, and its visible fields {expected}: one of another assembly must have public fields only.");
        }
    }

    /// <summary>Throws unless this process has pointers of 64 bits: the offsets of data are those.</summary>
    /// <param name="contract">The contract.</param>
    /// <exception cref="PlatformNotSupportedException">It has pointers of another size.</exception>
    public static void Require64Bits(string contract)
    {
        if (sizeof(void*) != 8)
        {
            throw new PlatformNotSupportedException($"The contract {contract} has data, which crosses in processes of 64 bits only.");
        }
    }

    private static int SizeUpTo(ContractDescriptor descriptor, int minor) =>
        sizeof(ContractTable) + (descriptor.Slots(minor) * sizeof(void*));

    private static ContractMismatch? FirstDifference(ContractTable* theirs, ContractDescriptor descriptor, int minor)
    {
        string[] expected = Lines(descriptor.Signature, minor);
        string[] found = theirs->_signature == null
            ? []
            : Lines(Utf8Text.Decode(theirs->_signature, nuint.Min(theirs->_signatureLength, MaxSignatureBytes)), minor);
        for (int i = 0; i < Math.Max(expected.Length, found.Length) && found.Length > 0; i++)
        {
            string? ours = i < expected.Length ? expected[i] : null, other = i < found.Length ? found[i] : null;
            if (ours != other)
            {
                return new ContractMismatch(i == 0 ? "" : MemberOf(ours ?? other!), ours ?? "no such member", other ?? "no such member");
            }
        }

        return null;
    }

    /// <summary>The line of the contract and those of the members up to a minor version, each of which begins with its own.</summary>
    private static string[] Lines(string signature, int minor) =>
        [.. signature.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where((line, i) => i == 0 || MinorOf(line) <= minor)];

    // The others are the contract's own and those of members of data, in which there are no parentheses.
    private static bool IsFunction(string line) => line.Contains('(', StringComparison.Ordinal);

    private static int MinorOf(string line) =>
        int.TryParse(line.AsSpan(0, Math.Max(line.IndexOf(' ', StringComparison.Ordinal), 0)), out int minor) ? minor : 0;

    private static string MemberOf(string line)
    {
        int start = line.IndexOf(' ', StringComparison.Ordinal) + 1, end = line.IndexOfAny(['(', ':']);
        return end > start ? line[start..end] : line;
    }
}
