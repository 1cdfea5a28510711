using NativePlugins.Binary.Text;
using NativePlugins.Host;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Manifests;

namespace NativePlugins.Distribution.Trust;

/// <summary>What is asked about one package, or one installed version.</summary>
/// <param name="Id">Its id, as the statement says.</param>
/// <param name="Version">Its version, as the statement says.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Statement">What is signed.</param>
/// <param name="Signature">Null if it is not signed.</param>
internal sealed record TrustCandidate(string Id, string Version, string Source, byte[] Statement, MinisignSignature? Signature);

/// <summary>Holds packages to all policies at once: each must allow one, so that the strictest decides.</summary>
internal sealed class TrustCheck
{
    private readonly (string Path, PluginTrustPolicy Policy)[] _policies;

    private TrustCheck((string Path, PluginTrustPolicy Policy)[] policies) => _policies = policies;

    /// <exception cref="PluginTrustPolicyException">One cannot be used: then nothing is allowed.</exception>
    public static TrustCheck Read(IEnumerable<string> files) => new([.. files.Select(file => (file, PluginTrustPolicy.Read(file)))]);

    /// <exception cref="PluginException">A policy does not allow it.</exception>
    /// <returns>The key that has signed it, if a policy names it; or null.</returns>
    public MinisignPublicKey? Require(TrustCandidate candidate)
    {
        MinisignPublicKey? signer = null;
        foreach ((string path, PluginTrustPolicy policy) in _policies)
        {
            RequireNoImitation(candidate, policy, path);
            RequireFloor(candidate, policy, path);
            RequireNotRevoked(candidate, policy, path);
            if (FindRule(candidate, policy, path) is { Keys.Count: not 0 } rule)
            {
                signer = RequireSigned(candidate, rule, path);
            }
        }

        return signer;
    }

    /// <summary>Ids in a policy are those that matter: what looks like one of them is meant to be taken for it, unless a rule names it.</summary>
    private static void RequireNoImitation(TrustCandidate candidate, PluginTrustPolicy policy, string path)
    {
        string[] patterns = [.. policy.Rules.Select(rule => rule.Pattern), .. policy.Floors.Select(floor => floor.Pattern)];
        if (patterns.FirstOrDefault(pattern => IdPattern.IsImitated(pattern, candidate.Id)) is { } imitated && !patterns.Contains(candidate.Id))
        {
            throw new PackageOriginException(Refused(candidate, path) with
            {
                Expected = $"an id that does not look like {imitated}, or a rule for {candidate.Id}",
                Found = candidate.Id,
            });
        }
    }

    private static void RequireFloor(TrustCandidate candidate, PluginTrustPolicy policy, string path)
    {
        if (policy.Floors.FirstOrDefault(floor => IdPattern.Matches(floor.Pattern, candidate.Id) && SemanticVersion.Compare(candidate.Version, floor.Version) < 0) is { } floor)
        {
            throw new PackageVersionFloorException(Refused(candidate, path) with { Expected = $"at least {floor.Version}", Found = candidate.Version });
        }
    }

    private static void RequireNotRevoked(TrustCandidate candidate, PluginTrustPolicy policy, string path)
    {
        if (candidate.Signature is { } signature && policy.Revoked.Any(key => key.Number == signature.KeyNumber))
        {
            throw new PackageSignerRevokedException(Refused(candidate, path) with { Expected = "a key that is not revoked", Found = $"the key {signature.KeyId}, which is" });
        }
    }

    /// <summary>That of the narrowest pattern, and there that for the source before that for all. Null if there is no rule for the id.</summary>
    private static PluginTrustRule? FindRule(TrustCandidate candidate, PluginTrustPolicy policy, string path)
    {
        PluginTrustRule[] fitting = [.. policy.Rules.Where(rule => IdPattern.Matches(rule.Pattern, candidate.Id))];
        if (fitting.Length == 0)
        {
            return null;
        }

        int narrowest = fitting.Max(rule => IdPattern.RankOf(rule.Pattern));
        PluginTrustRule[] narrow = [.. fitting.Where(rule => IdPattern.RankOf(rule.Pattern) == narrowest)];
        return narrow.FirstOrDefault(rule => rule.Source is { } source && IsSame(source, candidate.Source)) ?? narrow.FirstOrDefault(rule => rule.Source is null)
            ?? throw new PackageOriginException(Refused(candidate, path) with
            {
                Expected = $"one from {string.Join(" or ", narrow.Select(rule => UntrustedText.Quote(rule.Source!)))}",
                Found = $"one from {UntrustedText.Quote(candidate.Source)}",
            });
    }

    private static MinisignPublicKey RequireSigned(TrustCandidate candidate, PluginTrustRule rule, string path)
    {
        string expected = $"a signature by {string.Join(" or ", rule.Keys.Select(key => key.Id))}";
        MinisignSignature signature = candidate.Signature ?? throw new PackageUnsignedException(Refused(candidate, path) with { Expected = expected, Found = "none" });
        MinisignPublicKey[] keys = [.. rule.Keys.Where(key => key.Number == signature.KeyNumber)];
        if (keys.Length == 0)
        {
            throw new PackageSignerUnknownException(Refused(candidate, path) with { Expected = expected, Found = $"one by {signature.KeyId}" });
        }

        // Ids of keys are numbers that anybody can give his own: all of that id are tried.
        foreach (MinisignPublicKey key in keys[..^1])
        {
            try
            {
                signature.Verify(key, new MemoryStream(candidate.Statement, writable: false));
                return key;
            }
            catch (SignatureInvalidException)
            {
            }
        }

        signature.Verify(keys[^1], new MemoryStream(candidate.Statement, writable: false));
        return keys[^1];
    }

    private static bool IsSame(string one, string other) => Path.TrimEndingDirectorySeparator(one) == Path.TrimEndingDirectorySeparator(other);

    private static PluginFailure Refused(TrustCandidate candidate, string path) =>
        new($"{candidate.Id} {candidate.Version} is refused by the trust policy {UntrustedText.Quote(path)}");
}
