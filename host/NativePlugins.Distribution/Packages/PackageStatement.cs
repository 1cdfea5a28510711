using System.Text.Json;
using NativePlugins.Binary.Text;
using NativePlugins.Distribution.Archives;

namespace NativePlugins.Distribution.Packages;

/// <summary>What a package says of itself, <c>plugin-package.json</c>: whose it is, and the size and digest of every other file in it.</summary>
/// <param name="StatementVersion">Of this form: 1.</param>
/// <param name="Id">The plugin's id, which is the package's too.</param>
/// <param name="Version">The plugin's version.</param>
/// <param name="Files">In the ordinal order of their paths.</param>
internal sealed record PackageStatement(int StatementVersion, string Id, string Version, IReadOnlyList<PluginPackageFile> Files)
{
    public const string FileName = "plugin-package.json";

    /// <summary>NuGet's own signature, which a feed may add: it need not be stated.</summary>
    public const string FeedSignature = ".signature.p7s";

    /// <summary>The signature of the statement, which cannot be stated either.</summary>
    public const string SignatureName = FileName + MinisignSignature.Extension;

    public const int FormatVersion = 1;
    public const int MaxSize = 8 << 20;

    private const int DigestLength = 64;

    public byte[] ToJson() => JsonFields.Write(writer =>
    {
        writer.WriteNumber("statementVersion", StatementVersion);
        writer.WriteString("id", Id);
        writer.WriteString("version", Version);
        writer.WriteObjects("files", Files, PluginPackageFileJson.Write);
    });

    /// <summary>
    /// Reads a statement. It must be, to the byte, what <see cref="ToJson"/> writes: then no field is there twice, none is unknown, and what is
    /// signed can be read in one way only.
    /// </summary>
    public static PackageStatement Parse(ReadOnlySpan<byte> json, ArchiveFailures failures)
    {
        PackageStatement statement;
        try
        {
            statement = JsonFields.Read(json, static root => new PackageStatement(
                root.Version("statementVersion"), root.Text("id"), root.Text("version"), root.List("files", PluginPackageFileJson.Read)));
        }
        catch (JsonException e)
        {
            throw failures.Malformed($"a statement in {FileName}", UntrustedText.Escape(e.Message));
        }

        if (statement.StatementVersion != FormatVersion)
        {
            throw failures.Malformed($"statementVersion {FormatVersion}", $"{statement.StatementVersion}");
        }

        statement.Require(failures);
        return json.SequenceEqual(statement.ToJson()) ? statement
            : throw failures.Malformed($"{FileName} exactly as it is written when packing", "other fields, another order or other spaces");
    }

    private void Require(ArchiveFailures failures)
    {
        if (!PackageId.IsValidId(Id))
        {
            throw failures.Malformed(PackageId.IdForm, UntrustedText.Quote(Id));
        }

        if (!PackageId.IsValidVersion(Version))
        {
            throw failures.Malformed(PackageId.VersionForm, UntrustedText.Quote(Version));
        }

        string? last = null;
        foreach (PluginPackageFile file in Files)
        {
            if (file.Size < 0 || file.Sha256.Length != DigestLength || !file.Sha256.All(char.IsAsciiHexDigitLower))
            {
                throw failures.Malformed("files with a size and a SHA-256", "one without");
            }

            if (!EntryName.IsValid(file.Path))
            {
                throw failures.BadEntry(EntryName.Form, UntrustedText.Quote(file.Path));
            }

            if (string.CompareOrdinal(last, file.Path) >= 0)
            {
                throw failures.Malformed("files in the order of their paths, each once", UntrustedText.Quote(file.Path));
            }

            last = file.Path;
        }
    }
}
