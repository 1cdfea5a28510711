using System.Text.Json;
using NativePlugins.Binary;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Text;
using NativePlugins.Distribution.Files;
using NativePlugins.Distribution.Packages;
using NativePlugins.Distribution.Trust;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Manifests;
using NativePlugins.Host.Platform;

namespace NativePlugins.Distribution;

/// <summary>
/// What one <c>trust.json</c> says: who must have signed which plugins, which keys are revoked, and below which versions nothing is installed.
/// Of the rules for an id, that with the narrowest pattern counts alone. Immutable.
/// </summary>
public sealed class PluginTrustPolicy
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "trust.json";

    private const int FormatVersion = 1;
    private const int MaxSize = 4 << 20;

    internal PluginTrustPolicy(IReadOnlyList<PluginTrustRule> rules, IReadOnlyList<MinisignPublicKey> revoked, IReadOnlyList<PluginVersionFloor> floors)
    {
        Rules = rules;
        Revoked = revoked;
        Floors = floors;
    }

    /// <summary>Says nothing: everything may be installed.</summary>
    public static PluginTrustPolicy Empty { get; } = new([], [], []);

    /// <summary>The policy beside the application.</summary>
    public static string ApplicationFile => Path.Combine(AppContext.BaseDirectory, FileName);

    /// <summary>The policy of this user, <c>native-plugins/trust.json</c> below <c>XDG_CONFIG_HOME</c> or the system's counterpart; null if the user has no such place.</summary>
    public static string? UserFile => !ProcessEnvironment.Current.IsSecure
        && Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify) is var folder && Path.IsPathFullyQualified(folder)
        ? Path.Combine(folder, "native-plugins", FileName) : null;

    /// <summary>The policy of this machine: <c>/etc/native-plugins/trust.json</c>, on Windows in the folder of all users' application data.</summary>
    public static string MachineFile => FileSystem.Current.LibraryFormat == BinaryFormat.Pe
        ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "native-plugins", FileName)
        : $"/etc/native-plugins/{FileName}";

    /// <summary>All of these that there are. Each must allow what is installed, so that the strictest decides.</summary>
    public static IReadOnlyList<string> DefaultFiles => [.. new[] { ApplicationFile, UserFile, MachineFile }.OfType<string>()];

    /// <summary>In the ordinal order of patterns and sources.</summary>
    public IReadOnlyList<PluginTrustRule> Rules { get; }

    /// <summary>What they have signed is refused, whatever a rule says.</summary>
    public IReadOnlyList<MinisignPublicKey> Revoked { get; }

    /// <summary>In the ordinal order of patterns. All that are for an id count.</summary>
    public IReadOnlyList<PluginVersionFloor> Floors { get; }

    /// <summary>Reads a file; <see cref="Empty"/> if there is none.</summary>
    /// <exception cref="PluginTrustPolicyException">It cannot be read, is no policy, or others may change it. Then nothing may be installed.</exception>
    public static PluginTrustPolicy Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (FindProblem(path) is { } problem)
        {
            throw Bad(path, "a file, in a directory, that nobody but this user and the administrator may change", problem, null);
        }

        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            byte[] json = new byte[MaxSize + 1];
            int length = stream.ReadAtLeast(json, json.Length, throwOnEndOfStream: false);
            return length <= MaxSize ? JsonFields.Read(json.AsSpan(0, length), Parse) : throw Bad(path, $"at most {MaxSize:N0} bytes", "more", null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Empty;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw Bad(path, "a trust policy as `host trust` writes it", UntrustedText.Escape(e.Message), e);
        }
        catch (SignatureMalformedException e)
        {
            throw Bad(path, "public keys in minisign's format", $"another text: {e.Found}", e);
        }
    }

    /// <summary>Checks that a package may be installed, as the store does. The digests of its larger files are for <see cref="PluginPackage.Verify"/>.</summary>
    /// <param name="package">The package.</param>
    /// <param name="source">Where it comes from, as <see cref="PluginSource.Name"/>.</param>
    /// <param name="files">The policies. Default (null): <see cref="DefaultFiles"/>.</param>
    /// <returns>The key that a rule names and that has signed it; null if no rule asks for one.</returns>
    /// <exception cref="PluginTrustPolicyException">A policy cannot be used.</exception>
    /// <exception cref="Host.PluginException">A policy does not allow it.</exception>
    public static MinisignPublicKey? Require(PluginPackage package, string source, IReadOnlyList<string>? files = null)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(source);
        return TrustCheck.Read(files ?? DefaultFiles).Require(new TrustCandidate(package.Id, package.Version, source, package.Statement.ToArray(), package.Signature));
    }

    /// <summary>Writes the file in one step. Its folder is made if it is missing.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Write(string path)
    {
        string full = Path.GetFullPath(path), written = $"{full}.{Guid.NewGuid():N}.tmp";
        OwnedFiles.CreateDirectory(Path.GetDirectoryName(full)!);
        try
        {
            using (var stream = new FileStream(written, OwnedFiles.NewFile))
            {
                stream.Write(ToJson());
                stream.Flush(flushToDisk: true);
            }

            File.Move(written, full, overwrite: true);
        }
        catch
        {
            File.Delete(written);
            throw;
        }
    }

    /// <summary>The same with a rule, which takes the place of that of the same pattern and source.</summary>
    /// <exception cref="ArgumentException">The pattern is none.</exception>
    public PluginTrustPolicy With(PluginTrustRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        RequirePattern(rule.Pattern, nameof(rule));
        return new(
            [.. Rules.Where(other => other.Pattern != rule.Pattern || other.Source != rule.Source).Append(rule).OrderBy(other => other.Pattern, StringComparer.Ordinal).ThenBy(other => other.Source, StringComparer.Ordinal)],
            Revoked, Floors);
    }

    /// <summary>The same with a least version, which takes the place of that of the same pattern.</summary>
    /// <exception cref="ArgumentException">The pattern or the version is none.</exception>
    public PluginTrustPolicy With(PluginVersionFloor floor)
    {
        ArgumentNullException.ThrowIfNull(floor);
        RequirePattern(floor.Pattern, nameof(floor));
        return PackageId.IsValidVersion(floor.Version)
            ? new(Rules, Revoked, [.. Floors.Where(other => other.Pattern != floor.Pattern).Append(floor).OrderBy(other => other.Pattern, StringComparer.Ordinal)])
            : throw new ArgumentException(PackageId.VersionForm, nameof(floor));
    }

    /// <summary>The same with a key that is revoked.</summary>
    public PluginTrustPolicy WithRevoked(MinisignPublicKey key) => Revoked.Contains(key) ? this : new(Rules, [.. Revoked, key], Floors);

    /// <summary>The same without the rules of a pattern, and without its least version if the rules for all sources go.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="source">Only the rule for this source; null for all.</param>
    public PluginTrustPolicy Without(string pattern, string? source = null) => new(
        [.. Rules.Where(rule => rule.Pattern != pattern || (source is not null && rule.Source != source))], Revoked,
        source is not null ? Floors : [.. Floors.Where(floor => floor.Pattern != pattern)]);

    /// <summary>The same without a key that was revoked.</summary>
    public PluginTrustPolicy WithoutRevoked(MinisignPublicKey key) => new(Rules, [.. Revoked.Where(other => !other.Equals(key))], Floors);

    internal byte[] ToJson() => JsonFields.Write(writer =>
    {
        writer.WriteNumber("trustVersion", FormatVersion);
        writer.WriteObjects("rules", Rules, static (writer, rule) =>
        {
            writer.WriteString("id", rule.Pattern);
            if (rule.Source is not null)
            {
                writer.WriteString("source", rule.Source);
            }

            if (rule.Keys.Count == 0)
            {
                // Said in so many words: a list that lost its last key must not open what it closed.
                writer.WriteBoolean("unsigned", true);
            }
            else
            {
                writer.WriteTexts("keys", rule.Keys.Select(key => key.ToString()));
            }
        });
        writer.WriteTexts("revoked", Revoked.Select(key => key.ToString()));
        writer.WriteObjects("floors", Floors, static (writer, floor) =>
        {
            writer.WriteString("id", floor.Pattern);
            writer.WriteString("version", floor.Version);
        });
    });

    private static PluginTrustPolicy Parse(JsonElement root)
    {
        root.RequireOnly("trustVersion", "rules", "revoked", "floors");
        if (root.Version("trustVersion") != FormatVersion)
        {
            throw new JsonException($"the field trustVersion is not {FormatVersion}");
        }

        PluginTrustRule[] rules = [.. root.Has("rules") ? root.List("rules", ReadRule) : []];
        PluginVersionFloor[] floors = [.. root.Has("floors") ? root.List("floors", ReadFloor) : []];
        if (rules.DistinctBy(rule => (rule.Pattern, rule.Source)).Count() != rules.Length || floors.DistinctBy(floor => floor.Pattern).Count() != floors.Length)
        {
            throw new JsonException("two rules are for the same ids and source");
        }

        return new PluginTrustPolicy(rules, [.. root.Has("revoked") ? root.Texts("revoked").Select(MinisignPublicKey.Parse) : []], floors);
    }

    private static PluginTrustRule ReadRule(JsonElement rule)
    {
        rule.RequireOnly("id", "source", "keys", "unsigned");
        bool isUnsigned = rule.Has("unsigned") && rule.GetProperty("unsigned").ValueKind == JsonValueKind.True;
        MinisignPublicKey[] keys = [.. rule.Has("keys") ? rule.Texts("keys").Select(MinisignPublicKey.Parse) : []];
        return isUnsigned == (keys.Length == 0) && isUnsigned == rule.Has("unsigned") && isUnsigned != rule.Has("keys")
            ? new PluginTrustRule(ReadPattern(rule), rule.Has("source") ? rule.Text("source") : null, keys)
            : throw new JsonException("a rule has neither keys nor \"unsigned\": true, or both");
    }

    private static PluginVersionFloor ReadFloor(JsonElement floor)
    {
        floor.RequireOnly("id", "version");
        string version = floor.Text("version");
        return SemanticVersion.IsValid(version) ? new PluginVersionFloor(ReadPattern(floor), version) : throw new JsonException("the field version is not a version");
    }

    private static string ReadPattern(JsonElement element) =>
        element.Text("id") is var pattern && IdPattern.IsValid(pattern) ? pattern : throw new JsonException($"the field id is not {IdPattern.Form}");

    private static void RequirePattern(string pattern, string parameter)
    {
        if (!IdPattern.IsValid(pattern))
        {
            throw new ArgumentException($"The pattern is not {IdPattern.Form}.", parameter);
        }
    }

    /// <summary>Who may change it or its directory besides this user and the administrator; null if nobody, or it is not there.</summary>
    private static string? FindProblem(string path)
    {
        FileSystem system = FileSystem.Current;
        return system.GetRealPath(path, out string real).IsNone && system.GetStatus(real, followLinks: true, out FileStatus status).IsNone
            ? new FileTrust(system, ApplicationDirectory.Find(system), "policy")
                .FindProblem(real, status, Path.GetDirectoryName(real), Path.GetDirectoryName(Path.GetFullPath(path)))
            : null;
    }

    private static PluginTrustPolicyException Bad(string path, InvariantText expected, InvariantText found, Exception? cause) =>
        new(new PluginFailure($"the trust policy {UntrustedText.Quote(path)} cannot be used") { Expected = expected.ToText(), Found = found.ToText(), Cause = cause });
}
