using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NativePlugins.Contracts.Generators;

/// <summary>
/// The XML documentation of a symbol as plain text. It is read from the source, as the compiler itself skips it in a project
/// that writes no documentation file.
/// </summary>
internal sealed class DocText
{
    private static readonly Regex s_spaces = new(@"\s+", RegexOptions.CultureInvariant);

    private readonly XElement? _xml;

    private DocText(XElement? xml) => _xml = xml;

    /// <summary>Summary and remarks.</summary>
    public string Summary => string.Join("\n", new[] { Text(_xml?.Element("summary")), Text(_xml?.Element("remarks")) }.Where(t => t.Length > 0));

    public string Returns => Text(_xml?.Element("returns"));

    /// <summary>What a property's value is.</summary>
    public string Value => Text(_xml?.Element("value"));

    public static DocText Of(ISymbol symbol)
    {
        IEnumerable<string> lines = symbol.DeclaringSyntaxReferences
            .Select(reference => reference.GetSyntax())
            .Select(node => node is VariableDeclaratorSyntax { Parent.Parent: EventFieldDeclarationSyntax declaration } ? declaration : node)
            .SelectMany(node => node.GetLeadingTrivia().ToFullString().Split('\n'))
            .Select(line => line.Trim())
            .Where(line => line.StartsWith("///", StringComparison.Ordinal))
            .Select(line => line.Substring(3));
        try
        {
            return new DocText(XElement.Parse($"<doc>{string.Join("\n", lines)}</doc>", LoadOptions.PreserveWhitespace));
        }
        catch (XmlException)
        {
            // The documentation is not well-formed XML. The compiler says so in projects that write a documentation file; the header goes without.
            return new DocText(null);
        }
    }

    public string Parameter(string name) =>
        Text(_xml?.Elements("param").FirstOrDefault(p => (string?)p.Attribute("name") == name));

    private static string Text(XElement? element)
    {
        if (element is null)
        {
            return "";
        }

        // Flatten marks the ends of paragraphs with form feeds: each becomes a line, whatever the line ends of the source.
        string[] paragraphs = Flatten(element).Split('\f');
        return string.Join("\n", paragraphs.Select(p => s_spaces.Replace(p, " ").Trim()).Where(p => p.Length > 0));
    }

    private static string Flatten(XElement element) => string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "para" or "item" or "code" } block => $"\f{Flatten(block)}\f",
        XElement { Name.LocalName: "paramref" or "typeparamref" } reference => (string?)reference.Attribute("name") ?? "",
        XElement { Name.LocalName: "see" or "seealso" } see => See(see),
        XElement other => Flatten(other),
        _ => "",
    }));

    private static string See(XElement see)
    {
        string target = (string?)see.Attribute("cref") ?? (string?)see.Attribute("langword") ?? (string?)see.Attribute("href") ?? "";
        return see.IsEmpty ? target.Split('(')[0].Split('.').Last() : Flatten(see);
    }
}
