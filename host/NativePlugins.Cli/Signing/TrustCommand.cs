using NativePlugins.Binary.Text;
using NativePlugins.Distribution;

namespace NativePlugins.Cli;

/// <summary><c>host trust</c>: shows and changes the policies that say what may be installed.</summary>
internal static class TrustCommand
{
    public static int Execute(string[] words, HostTerminal terminal)
    {
        TrustSettings settings = terminal.Settings.Trust;
        string? pattern = words.Length > 1 ? words[1] : null;
        switch (words[0])
        {
            case "list" when pattern is null:
                return List(terminal);
            case "add":
                return Change(terminal, policy => Add(policy, pattern, settings));
            case "remove":
                return Change(terminal, policy => Remove(policy, pattern, settings));
            default:
                throw CliErrors.Usage(
                    "it is not said what to do with a trust policy", "trust list, trust add or trust remove", UntrustedText.Quote(string.Join(' ', words)), "See `host trust --help`.");
        }
    }

    private static PluginTrustPolicy Add(PluginTrustPolicy policy, string? pattern, TrustSettings settings)
    {
        bool isRule = settings.Keys.Count != 0 || settings.IsUnsigned;
        Require(
            (pattern is null) == (!isRule && settings.Floor is null) && (isRule || settings.Floor is not null || settings.Revoked.Count != 0)
                && !(settings.IsUnsigned && settings.Keys.Count != 0) && (isRule || settings.Source is null),
            "trust add ID with --key or --unsigned, with --floor, or both; or trust add --revoked KEY");
        if (isRule)
        {
            policy = AddRule(policy, pattern!, settings);
        }

        policy = settings.Floor is { } floor ? Checked("--floor", floor, () => policy.With(new PluginVersionFloor(pattern!, floor))) : policy;
        return settings.Revoked.Aggregate(policy, static (changed, key) => changed.WithRevoked(KeyFiles.ReadPublic(key)));
    }

    private static PluginTrustPolicy AddRule(PluginTrustPolicy policy, string pattern, TrustSettings settings)
    {
        PluginTrustRule? before = policy.Rules.FirstOrDefault(rule => rule.Pattern == pattern && rule.Source == settings.Source);

        // What was closed is opened on purpose only, in two steps.
        Require(!settings.IsUnsigned || before is null or { Keys.Count: 0 }, $"that the rule for {UntrustedText.Escape(pattern)}, which has keys, is removed first");
        MinisignPublicKey[] keys = [.. (before?.Keys ?? []).Concat(settings.Keys.Select(KeyFiles.ReadPublic)).Distinct()];
        return Checked("the id", pattern, () => policy.With(new PluginTrustRule(pattern, settings.Source, keys)));
    }

    private static PluginTrustPolicy Remove(PluginTrustPolicy policy, string? pattern, TrustSettings settings)
    {
        Require(
            (pattern is not null) != (settings.Revoked.Count != 0) && settings is { IsUnsigned: false, Floor: null } && (pattern is not null || settings is { Keys.Count: 0, Source: null }),
            "trust remove ID, with --key for one key of its rule; or trust remove --revoked KEY");
        if (pattern is null)
        {
            return settings.Revoked.Aggregate(policy, static (changed, key) => changed.WithoutRevoked(KeyFiles.ReadPublic(key)));
        }

        if (settings.Keys.Count == 0)
        {
            return policy.Without(pattern, settings.Source);
        }

        PluginTrustRule? rule = policy.Rules.FirstOrDefault(rule => rule.Pattern == pattern && rule.Source == settings.Source);
        MinisignPublicKey[] left = [.. (rule?.Keys ?? []).Except(settings.Keys.Select(KeyFiles.ReadPublic))];
        Require(rule is null || left.Length != 0, "a key that is left, as a rule without one would let everything in: add another key first, or remove the rule");
        return rule is null ? policy : policy.With(rule with { Keys = left });
    }

    private static int Change(HostTerminal terminal, Func<PluginTrustPolicy, PluginTrustPolicy> change)
    {
        (string name, string? file) = terminal.Settings.Trust.Scope;
        string path = file ?? throw CliErrors.Usage($"there is no {name} policy", "a home directory of this user", "none", "Name another policy with --scope.");
        PluginTrustPolicy before = PluginTrustPolicy.Read(path), after = change(before);
        try
        {
            after.Write(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CliErrors.TrustWrite(path, e);
        }

        TrustText.Tell(terminal, name, path, after);
        return ExitCodes.Success;
    }

    private static int List(HostTerminal terminal)
    {
        foreach ((string name, string? file) in TrustSettings.Scopes)
        {
            if (file is not null)
            {
                TrustText.Tell(terminal, name, file, PluginTrustPolicy.Read(file));
            }
        }

        return ExitCodes.Success;
    }

    private static PluginTrustPolicy Checked(string what, string value, Func<PluginTrustPolicy> change)
    {
        try
        {
            return change();
        }
        catch (ArgumentException e)
        {
            throw CliErrors.BadValue(what, e.Message, value);
        }
    }

    private static void Require(bool isMet, string expected)
    {
        if (!isMet)
        {
            throw CliErrors.Usage("the trust policy cannot be changed so", expected, "something else", "See `host trust --help`.");
        }
    }
}
