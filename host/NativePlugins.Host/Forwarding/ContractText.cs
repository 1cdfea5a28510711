using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using NativePlugins.Contracts;

namespace NativePlugins.Host.Forwarding;

/// <summary>A contract of which this process has nothing but the text of its signature.</summary>
/// <param name="Descriptor">What its tables say of themselves.</param>
/// <param name="Plan">How its functions are called.</param>
internal sealed record ContractText(ContractDescriptor Descriptor, ContractPlan Plan)
{
    private const int MaxKnown = 1024;
    private const int MaxMinor = ushort.MaxValue;
    private const ulong Basis = 14695981039346656037, Prime = 1099511628211;

    private static readonly ConcurrentDictionary<string, ContractText> s_known = new(StringComparer.Ordinal);

    /// <param name="signature">The whole text. Nothing of it has been checked.</param>
    /// <exception cref="SignatureException">Something in it does not cross, or it is none.</exception>
    public static ContractText Of(string signature)
    {
        if (s_known.TryGetValue(signature, out ContractText? known))
        {
            return known;
        }

        // What a table says of itself lives as long as the process.
        return s_known.Count < MaxKnown ? s_known.GetOrAdd(signature, Read) : throw new SignatureException($"is one of more than {MaxKnown} contracts");
    }

    private static ContractText Read(string signature)
    {
        ContractPlan plan = SignatureReader.Read(signature, int.MaxValue);
        string[] id = plan.ServiceId.Split('/');
        if (id.Length != 2 || !int.TryParse(id[1], NumberStyles.None, CultureInfo.InvariantCulture, out int major))
        {
            throw new SignatureException("does not begin with the id of a contract");
        }

        string[] lines = signature.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var threading = lines[0].EndsWith(" serialized", StringComparison.Ordinal) ? ContractThreading.Serialized : ContractThreading.Free;
        var fingerprints = new List<ulong>();
        var slots = new List<int>();
        ulong hash = Add(Basis, lines[0]);
        int functions = 0;
        foreach (string line in lines.Skip(1))
        {
            int minor = int.Parse(line.AsSpan(0, line.IndexOf(' ', StringComparison.Ordinal)), NumberStyles.None, CultureInfo.InvariantCulture);
            if (minor > MaxMinor || minor < fingerprints.Count)
            {
                throw new SignatureException($"has a line of minor version {minor} after one of {fingerprints.Count}");
            }

            for (; fingerprints.Count < minor; slots.Add(functions))
            {
                fingerprints.Add(hash);
            }

            hash = Add(hash, line);
            functions += line.Contains('(', StringComparison.Ordinal) ? 1 : 0;
        }

        return new ContractText(new ContractDescriptor(id[0], major, threading, signature, [.. fingerprints, hash], [.. slots, functions]), plan);
    }

    // FNV-1a over the lines, each with its end: the fingerprint up to a minor version is that of the lines up to it.
    private static ulong Add(ulong hash, string line)
    {
        foreach (byte b in Encoding.UTF8.GetBytes(line + "\n"))
        {
            hash = unchecked((hash ^ b) * Prime);
        }

        return hash;
    }
}
