using NativePlugins.Binary.Text;
using NativePlugins.Distribution;

namespace NativePlugins.Cli;

/// <summary>A trust policy as lines: whose, what for, which ids, from where, and who must have signed; or as JSON objects.</summary>
internal static class TrustText
{
    public static void Tell(HostTerminal terminal, string scope, string file, PluginTrustPolicy policy)
    {
        foreach (PluginTrustRule rule in policy.Rules)
        {
            Tell(terminal, scope, file, "rule", rule.Pattern, rule.Source, rule.Keys, null);
        }

        foreach (PluginVersionFloor floor in policy.Floors)
        {
            Tell(terminal, scope, file, "floor", floor.Pattern, null, [], floor.Version);
        }

        foreach (MinisignPublicKey key in policy.Revoked)
        {
            Tell(terminal, scope, file, "revoked", null, null, [key], null);
        }
    }

    private static void Tell(
        HostTerminal terminal, string scope, string file, string kind, string? pattern, string? source, IReadOnlyList<MinisignPublicKey> keys, string? version)
    {
        if (terminal.Settings.Json)
        {
            terminal.Output.Write(JsonLine.Write(writer =>
            {
                writer.WriteString("scope", scope);
                writer.WriteString("file", file);
                writer.WriteString("kind", kind);
                writer.WriteString("id", pattern);
                writer.WriteString("source", source);
                writer.WriteArray("keys", keys.Select(key => key.ToString()));
                writer.WriteString("version", version);
            }));
            return;
        }

        string what = version ?? (keys.Count == 0 ? "unsigned" : string.Join(' ', keys.Select(key => key.Id)));
        terminal.WriteLine($"{scope}\t{kind}\t{pattern ?? "-"}\t{UntrustedText.Escape(source ?? "-", maxLength: 32 * 1024)}\t{what}");
    }
}
