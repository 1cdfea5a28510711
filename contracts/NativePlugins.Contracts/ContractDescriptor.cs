using System.Runtime.InteropServices;
using System.Text;
using NativePlugins.Contracts.Interop;

namespace NativePlugins.Contracts;

/// <summary>A contract as one side was compiled with it. Immutable, and safe for several threads.</summary>
public sealed class ContractDescriptor
{
    private readonly ulong[] _fingerprints;
    private readonly int[] _slots;
    private readonly Lazy<(nint Start, int Length)> _nativeSignature;
    private readonly Lazy<nint> _nativeFingerprints;

    /// <summary>For generated code.</summary>
    /// <param name="id">The id, <c>namespace.name</c>.</param>
    /// <param name="major">The major version.</param>
    /// <param name="threading">Whether calls may overlap.</param>
    /// <param name="signature">A line for the contract and a line for each member, in the order of their slots.</param>
    /// <param name="fingerprints">The fingerprint up to each minor version.</param>
    /// <param name="slots">How many members there are up to each minor version.</param>
    public ContractDescriptor(
        string id, int major, ContractThreading threading, string signature, ulong[] fingerprints, int[] slots)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(signature);
        ArgumentNullException.ThrowIfNull(fingerprints);
        ArgumentNullException.ThrowIfNull(slots);
        Id = id;
        Major = major;
        Threading = threading;
        Signature = signature;
        ServiceId = $"{id}/{major}";
        _fingerprints = fingerprints;
        _slots = slots;
        _nativeSignature = new(() => ToNative(Encoding.UTF8.GetBytes(signature)));
        _nativeFingerprints = new(() => ToNative(MemoryMarshal.AsBytes<ulong>(fingerprints)).Start);
    }

    /// <summary>The id, <c>namespace.name</c>.</summary>
    public string Id { get; }

    /// <summary>The major version.</summary>
    public int Major { get; }

    /// <summary>The latest minor version.</summary>
    public int Minor => _fingerprints.Length - 1;

    /// <summary>The id of the service, <c>namespace.name/major</c>.</summary>
    public string ServiceId { get; }

    /// <summary>Whether calls may overlap.</summary>
    public ContractThreading Threading { get; }

    /// <summary>A line for the contract and a line for each member, in the order of their slots.</summary>
    public string Signature { get; }

    /// <summary>
    /// The hash over names, order, types, sizes and offsets of all members up to a minor version: FNV-1a, 64 bits, over the
    /// UTF-8 of their lines in <see cref="Signature"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="minor"/> is below 0 or beyond <see cref="Minor"/>.</exception>
    public ulong Fingerprint(int minor)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minor);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minor, Minor);
        return _fingerprints[minor];
    }

    /// <summary>The check of a table that is no contract's but the ABI's own; null for a contract.</summary>
    internal Func<nint, ContractMismatch?>? CheckTable { get; init; }

    internal int Slots(int minor) => _slots[minor];

    // A table that has been handed out points at these: they live as long as the process.
    internal (nint Start, int Length) NativeSignature => _nativeSignature.Value;

    internal nint NativeFingerprints => _nativeFingerprints.Value;

    private static (nint Start, int Length) ToNative(ReadOnlySpan<byte> bytes)
    {
        nint start = Marshal.AllocHGlobal(bytes.Length);
        Marshal.Copy(bytes.ToArray(), 0, start, bytes.Length);
        return (start, bytes.Length);
    }
}
