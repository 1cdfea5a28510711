using NativePlugins.Binary.Files;

namespace NativePlugins.Cli;

/// <summary>What the options of <c>host inspect</c> say.</summary>
internal sealed class InspectionSettings
{
    public bool Tree { get; set; }

    public bool Exports { get; set; }

    public bool Symbols { get; set; }

    public bool Library { get; set; }

    public bool Sha256 { get; set; }

    public string? Graph { get; set; }

    public string? Root { get; set; }

    /// <summary>Whether only parts of the page are wanted.</summary>
    public bool IsPartial => Tree || Exports || Symbols;

    public static CommonOption[] Options =>
    [
        new("--tree", null, null,
            "Show what it needs, and nothing else.", static (settings, _) => settings.Inspection.Tree = true),
        new("--exports", null, null,
            "Show the names that it exports, one a line.", static (settings, _) => settings.Inspection.Exports = true),
        new("--symbols", null, null,
            "Show the names that it leaves open, one a line.", static (settings, _) => settings.Inspection.Symbols = true),
        new("--library", null, null,
            "Judge it as any library: it need not export a plugin's entry.", static (settings, _) => settings.Inspection.Library = true),
        new("--sha256", null, null,
            "Also compute the SHA-256, for which the whole file is read.", static (settings, _) => settings.Inspection.Sha256 = true),
        new("--root", null, "DIR",
            "Find what a file needs below DIR, as on the system whose root that is.",
            static (settings, value) => settings.Inspection.Root = value),
        new("--graph", null, "FILE",
            "Write a picture of what needs what, as FILE.dot for Graphviz or FILE.svg.",
            static (settings, value) => settings.Inspection.Graph = value),
    ];
}
