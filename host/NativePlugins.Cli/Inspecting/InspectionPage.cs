using System.Globalization;
using System.Text;
using NativePlugins.Binary;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Text;

namespace NativePlugins.Cli;

/// <summary>An inspection for people: the verdict first, then what the file is, what it needs, how it is hardened.</summary>
internal sealed class InspectionPage(Ink ink)
{
    private const int MaxShown = 4096;

    private readonly StringBuilder _text = new();

    public string Format(BinaryInspection inspection, InspectionSettings settings, bool withHeading)
    {
        if (withHeading)
        {
            Line(ink.Strong(Fit(inspection.Path)));
        }

        if (!settings.IsPartial)
        {
            AppendVerdict(inspection);
            AppendIdentity(inspection);
        }

        if (inspection.Format is not null && (settings.Tree || !settings.IsPartial))
        {
            AppendTree(inspection, withHeading: !settings.IsPartial);
        }

        if (!settings.IsPartial && inspection.Hardening is { } hardening)
        {
            AppendHardening(inspection, hardening);
        }

        if (settings.Exports)
        {
            AppendExports(inspection.Exports);
        }

        if (settings.Symbols)
        {
            AppendUndefined(inspection);
        }

        return _text.ToString();
    }

    /// <summary>The whole of it in a line, for one of several files.</summary>
    public string FormatLine(BinaryInspection inspection)
    {
        string verdict = inspection.Verdict.IsLoadable ? ink.Good("yes")
            : inspection.Kind == BinaryKind.Executable ? ink.Warning("not a library")
            : ink.Bad($"no: {inspection.Verdict.Reasons[0].Code} {inspection.Verdict.Reasons[0].Title}");
        string what = inspection.Format is null ? "" : $"\t{InspectionWords.Describe(inspection)}";
        return $"{verdict}\t{Fit(inspection.Path)}{ink.Faint(what)}\n";
    }

    private void AppendVerdict(BinaryInspection inspection)
    {
        if (inspection.Verdict.IsLoadable)
        {
            Line("  " + ink.Good(inspection.ExportsEntry ? "yes: a plugin that can be loaded here" : "yes: a library that can be loaded here"));
            return;
        }

        if (inspection.Kind == BinaryKind.Executable)
        {
            Line("  " + ink.Warning("not a library: a program, which is run and not loaded"));
            return;
        }

        Line("  " + ink.Bad("no: it cannot be loaded here"));
        foreach (BinaryReason reason in inspection.Verdict.Reasons)
        {
            Line($"  {ink.Bad(reason.Code)}  {reason.Message}");
            Detail("expected", reason.Expected);
            Detail("found", reason.Found);
            Detail("to do", reason.Advice);
        }
    }

    private void AppendIdentity(BinaryInspection inspection)
    {
        Line("");
        if (inspection.Format is not null)
        {
            Field("what", InspectionWords.Describe(inspection));
        }

        Field("size", inspection.Size is long size ? string.Create(CultureInfo.InvariantCulture, $"{size:N0} bytes") : null);
        Field("identity", inspection.Identity is null ? null : Fit(inspection.Identity));
        Field("made with", ToolchainOf(inspection.Toolchain));
        Field("build id", inspection.BuildId);
        Field("SHA-256", inspection.Sha256);
        if (inspection.Format is not null)
        {
            string entry = inspection.ExportsEntry ? ", np_plugin_entry_v1 among them" : "";
            Field("names", $"{inspection.Exports.Count} exported{entry}, {inspection.Undefined.Count} left open");
            Field("unique", UniqueOf(inspection.Exports));
        }

        foreach (BinarySearchPath path in inspection.SearchPaths)
        {
            Field(path.Kind, Fit(path.Directory));
        }
    }

    private void AppendTree(BinaryInspection inspection, bool withHeading)
    {
        if (withHeading)
        {
            Line("");
            Line(ink.Strong(inspection.Dependencies.Count == 0 ? "  needs nothing" : "  needs"));
        }

        // The whole page has the places that were searched with its verdict; alone, the tree names them.
        new DependencyTreeText(_text, inspection, ink, withPlaces: !withHeading).Append(indent: withHeading ? "  " : "");
    }

    private void AppendHardening(BinaryInspection inspection, BinaryHardening hardening)
    {
        Line("");
        var items = new List<string>();
        if (hardening.Relro is { } relro)
        {
            items.Add(Judge(relro != BinaryRelro.None, $"{InspectionWords.RelroOf(relro)} RELRO", "no RELRO"));
        }

        items.Add(Judge(!hardening.HasExecutableStack, "no executable stack", "executable stack"));
        if (hardening.HasTextRelocations is { } relocations)
        {
            items.Add(Judge(!relocations, "no text relocations", "text relocations"));
        }

        items.Add(Judge(!hardening.HasWritableCode, "no writable code", "writable code"));
        items.Add(Judge(hardening.IsPositionIndependent, "position-independent", "fixed address"));
        if (hardening.HasControlFlowGuard is { } guard)
        {
            items.Add(Judge(guard, "control flow guard", "no control flow guard"));
        }

        Field("hardening", string.Join(", ", items));
        Field("on load", $"{inspection.Constructors} constructors, {inspection.Destructors} destructors");
        Field("static TLS", inspection.StaticTls is { } tls ? ink.Warning(InspectionWords.StaticTlsOf(tls)) : null);
        AppendProcess(inspection.Process);
        Field("segments", string.Join(", ", inspection.Segments.Select(segment =>
            string.Create(CultureInfo.InvariantCulture, $"{Fit(segment.Name)} {segment.Permissions} {segment.MemorySize:N0}"))));
        Field("at least", inspection.MinimumSystem.Count == 0 ? null
            : Fit(string.Join(", ", inspection.MinimumSystem.Select(requirement => $"{requirement.Name} {requirement.Version}"))));
    }

    /// <summary>What another process may have or allow differently. Mostly nothing.</summary>
    private void AppendProcess(BinaryProcess? process)
    {
        Field("addresses", process?.AddressSpace is { } space ? ink.Warning(InspectionWords.AddressSpaceOf(space)) : null);
        Field("policies", process?.Policies is { Count: > 0 } policies ? ink.Warning($"{string.Join(", ", policies)}: may forbid this process to map its code") : null);
        Field("searched", process?.LibraryPath is { Length: > 0 } path ? ink.Warning($"LD_LIBRARY_PATH, {Fit(path)}: that of this process when it started") : null);
    }

    private void AppendUndefined(BinaryInspection inspection)
    {
        HashSet<BinarySymbol> unresolved = [.. inspection.Unresolved];
        foreach (BinarySymbol symbol in inspection.Undefined)
        {
            string name = Fit(symbol.Name) + (symbol.Version is null ? "" : "@" + Fit(symbol.Version));
            string library = symbol.Library is null ? "" : ink.Faint($"\t{Fit(symbol.Library)}");
            Line(unresolved.Contains(symbol) ? ink.Bad(name + "\tnothing defines it") : name + library + (symbol.IsWeak ? ink.Faint("\tweak") : ""));
        }
    }

    private void AppendExports(IReadOnlyList<BinarySymbol> symbols)
    {
        foreach (BinarySymbol symbol in symbols)
        {
            string version = symbol.Version is null ? "" : (symbol.IsDefaultVersion ? "@@" : "@") + Fit(symbol.Version);
            string ordinal = symbol.Ordinal is int number ? ink.Faint(string.Create(CultureInfo.InvariantCulture, $"\t#{number}")) : "";
            string forwarder = symbol.Forwarder is null ? "" : ink.Faint($"\t→ {Fit(symbol.Forwarder)}");
            Line(Fit(symbol.Name) + version + ordinal + forwarder + (symbol.IsUnique ? ink.Warning("\tunique") : ""));
        }
    }

    /// <summary>The names that the loader shares between libraries, the first of them by name.</summary>
    private string? UniqueOf(IReadOnlyList<BinarySymbol> exports)
    {
        const int Shown = 3;
        List<BinarySymbol> unique = [.. exports.Where(symbol => symbol.IsUnique)];
        string names = string.Join(", ", unique.Take(Shown).Select(symbol => Fit(symbol.Name))) + (unique.Count > Shown ? ", …" : "");
        return unique.Count == 0 ? null : ink.Warning($"{unique.Count} shared with every library of the process that has them") + ": " + names;
    }

    private static string? ToolchainOf(BinaryToolchain? toolchain)
    {
        if (toolchain is null)
        {
            return null;
        }

        string?[] parts = [toolchain.Language, $"{toolchain.Runtime} {toolchain.RuntimeVersion}".Trim(), toolchain.Compiler];
        string text = string.Join("; ", parts.Where(part => !string.IsNullOrEmpty(part)));
        return text.Length == 0 ? null : Fit(text);
    }

    private string Judge(bool isGood, string good, string bad) => isGood ? ink.Good(good) : ink.Bad(bad);

    private void Field(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            Line($"  {name,-10} {value}");
        }
    }

    private void Detail(string name, string? value)
    {
        if (value is not null)
        {
            Line($"          {ink.Faint($"{name + ":",-10}")} {value.ReplaceLineEndings("\n                     ")}");
        }
    }

    private void Line(string text) => _text.Append(text).Append('\n');

    private static string Fit(string text) => UntrustedText.Escape(text, maxLength: MaxShown);
}
