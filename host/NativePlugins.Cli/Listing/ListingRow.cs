using NativePlugins.Binary.Text;
using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary>One plugin as <c>host list</c> shows it; all of it fit to be shown.</summary>
internal sealed record ListingRow(
    string Id, string Name, string Version, string Abi, string Runtime, string Verdict, bool IsLoadable, bool IsShadowed, string Path)
{
    public static string[] Headings { get; } = ["ID", "NAME", "VERSION", "ABI", "RUNTIME", "LOADS HERE", "PATH"];

    public string[] Cells => [Id, Name, Version, Abi, Runtime, Verdict, Path];

    /// <summary>The list for a terminal; red is what would not load.</summary>
    public static string Table(IReadOnlyList<ListingRow> rows, bool isColored) => ListingTable.Format(
        Headings, [.. rows.Select(row => row.Cells)], i => !rows[i].IsLoadable ? ListingTable.Red : rows[i].IsShadowed ? ListingTable.Dim : null, isColored);

    public static ListingRow From(PluginListing listing)
    {
        PluginManifest? manifest = listing.Manifest;
        return new ListingRow(
            Fit(manifest?.Id ?? listing.Stem),
            manifest is null ? "no manifest" : Fit(manifest.Name),
            Fit(manifest?.Version ?? ""),
            Fit(manifest?.Abi ?? ""),
            manifest is null ? "-" : RuntimeOf(manifest),
            VerdictOf(listing),
            listing.IsLoadable,
            listing.ShadowedBy is not null,
            UntrustedText.Escape(listing.Path, maxLength: 32 * 1024));
    }

    /// <summary>The language, and the runtime with its version where there is one: <c>C#, nativeaot 9.0.1</c>.</summary>
    private static string RuntimeOf(PluginManifest manifest)
    {
        string runtime = manifest.Runtime switch
        {
            PluginRuntime.NativeAot => $"NativeAOT {manifest.RuntimeVersion}",
            PluginRuntime.Other => manifest.RuntimeVersion,
            _ => "",
        };
        return Fit(string.Join(", ", new[] { manifest.Language.Trim(), runtime.Trim() }.Where(part => part.Length != 0)));
    }

    private static string VerdictOf(PluginListing listing)
    {
        string verdict = listing.Refusal is null ? "yes" : $"no: {listing.Refusal.Code} {listing.Refusal.Error.Title}";
        return listing.ShadowedBy is null ? verdict : $"{verdict}; shadowed by {UntrustedText.Escape(listing.ShadowedBy)}";
    }

    private static string Fit(string text) => text.Length == 0 ? "-" : UntrustedText.Escape(text, maxLength: 128);
}
