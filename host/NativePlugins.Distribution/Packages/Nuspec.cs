using System.Net;
using System.Text;
using NativePlugins.Host;

namespace NativePlugins.Distribution.Packages;

/// <summary>What NuGet's own tools read of a package. We read none of it: the statement covers it by its digest.</summary>
internal static class Nuspec
{
    public const string Relations = "_rels/.rels";
    public const string ContentTypes = "[Content_Types].xml";
    public const string Readme = "README.md";

    public static string NameFor(string id) => id + ".nuspec";

    public static byte[] Write(PluginManifest manifest, PluginPackageContent content)
    {
        var text = new StringBuilder("""
            <?xml version="1.0" encoding="utf-8"?>
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata>

            """.ReplaceLineEndings("\n"));
        Append("id", manifest.Id);
        Append("version", manifest.Version);
        Append("authors", content.Authors ?? manifest.Id);
        Append("description", content.Description ?? manifest.Name);
        if (content.License is { } license)
        {
            text.Append($"    <license type=\"expression\">{Encode(license)}</license>\n");
        }

        if (content.Readme is not null)
        {
            Append("readme", Readme);
        }

        text.Append("    <packageTypes>\n      <packageType name=\"NativePlugin\" />\n    </packageTypes>\n  </metadata>\n</package>\n");
        return Encoding.UTF8.GetBytes(text.ToString());

        void Append(string name, string value) => text.Append($"    <{name}>{Encode(value)}</{name}>\n");
    }

    /// <summary>The parts that the Open Packaging Conventions ask for (ECMA-376, part 2).</summary>
    public static byte[] WriteRelations(string id) => Encoding.UTF8.GetBytes(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + $"<Relationship Type=\"http://schemas.microsoft.com/packaging/2010/07/manifest\" Target=\"/{NameFor(id)}\" Id=\"R1\" /></Relationships>\n");

    public static byte[] WriteContentTypes(IEnumerable<string> paths)
    {
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">");
        // That of a signature stands here before there is one, as this file is signed too.
        foreach (string extension in paths.Append(PackageStatement.SignatureName).Select(path => Path.GetExtension(path).TrimStart('.')).Where(extension => extension.Length != 0).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal))
        {
            string type = extension == "rels" ? "application/vnd.openxmlformats-package.relationships+xml" : "application/octet";
            text.Append($"<Default Extension=\"{Encode(extension)}\" ContentType=\"{type}\" />");
        }

        foreach (string path in paths.Where(path => Path.GetExtension(path).Length == 0))
        {
            text.Append($"<Override PartName=\"/{Encode(path)}\" ContentType=\"application/octet\" />");
        }

        return Encoding.UTF8.GetBytes(text.Append("</Types>\n").ToString());
    }

    /// <summary>Text of others: what XML cannot hold becomes a space.</summary>
    private static string Encode(string text) => WebUtility.HtmlEncode(string.Concat(text.Select(c => c < ' ' || c is '\uFFFE' or '\uFFFF' ? ' ' : c)));
}
