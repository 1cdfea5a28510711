using System.Text.Json;
using NativePlugins.Binary;
using NativePlugins.Binary.Files;
using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary>One inspection as a JSON object: docs/inspect.schema.json. JSON escapes what is untrusted.</summary>
internal static class InspectionJson
{
    /// <summary>Grows by one when a member changes its meaning or goes away; new members may come at any time.</summary>
    private const int SchemaVersion = 1;

    // The members of symbols, encoded once: one inspection may have tens of thousands of symbols.
    private static readonly JsonEncodedText s_name = JsonEncodedText.Encode("name");
    private static readonly JsonEncodedText s_version = JsonEncodedText.Encode("version");
    private static readonly JsonEncodedText s_default = JsonEncodedText.Encode("default");
    private static readonly JsonEncodedText s_ordinal = JsonEncodedText.Encode("ordinal");
    private static readonly JsonEncodedText s_forwarder = JsonEncodedText.Encode("forwarder");
    private static readonly JsonEncodedText s_unique = JsonEncodedText.Encode("unique");
    private static readonly JsonEncodedText s_library = JsonEncodedText.Encode("library");
    private static readonly JsonEncodedText s_weak = JsonEncodedText.Encode("weak");

    public static void WriteMembers(Utf8JsonWriter writer, BinaryInspection inspection, IReadOnlyList<PluginConflict> conflicts)
    {
        writer.WriteNumber("schema", SchemaVersion);
        writer.WriteString("path", inspection.Path);
        WriteVerdict(writer, inspection.Verdict);
        writer.WriteString("format", inspection.Format is { } format ? InspectionWords.FormatOf(format) : null);
        WriteNumber(writer, "class", inspection.Bits == 0 ? null : inspection.Bits);
        writer.WriteString("byteOrder", inspection.Format is null ? null : inspection.IsLittleEndian ? "little" : "big");
        writer.WriteString("arch", inspection.Architecture);
        writer.WriteString("system", inspection.System);
        writer.WriteString("cLibrary", inspection.CLibrary);
        writer.WriteString("kind", inspection.Kind is { } kind ? InspectionWords.KindOf(kind) : null);
        writer.WriteString("identity", inspection.Identity);
        writer.WriteBoolean("exportsEntry", inspection.ExportsEntry);
        WriteNumber(writer, "size", inspection.Size);
        writer.WriteString("buildId", inspection.BuildId);
        writer.WriteString("sha256", inspection.Sha256);
        WriteToolchain(writer, inspection.Toolchain);
        WriteDependencies(writer, inspection.Dependencies);
        writer.WriteObjects("searchPaths", inspection.SearchPaths, static (writer, path) =>
        {
            writer.WriteString("kind", path.Kind);
            writer.WriteString("directory", path.Directory);
        });
        WriteExports(writer, inspection.Exports);
        WriteUndefined(writer, "undefined", inspection.Undefined);
        WriteUndefined(writer, "unresolved", inspection.Unresolved);
        WriteLayout(writer, inspection);
        writer.WriteObjects("conflicts", conflicts, static (writer, conflict) =>
        {
            writer.WriteString("code", PluginErrors.DependencyConflict.Code);
            writer.WriteString("name", conflict.Name);
            writer.WriteString("brought", conflict.Brought);
            writer.WriteString("other", conflict.Other);
            writer.WriteString("otherBrought", conflict.OtherBrought);
        });
    }

    private static void WriteVerdict(Utf8JsonWriter writer, BinaryVerdict verdict)
    {
        writer.WriteStartObject("verdict");
        writer.WriteBoolean("loadable", verdict.IsLoadable);
        writer.WriteObjects("reasons", verdict.Reasons, static (writer, reason) =>
        {
            writer.WriteString("code", reason.Code);
            writer.WriteString("message", reason.Message);
            writer.WriteString("expected", reason.Expected);
            writer.WriteString("found", reason.Found);
            writer.WriteString("advice", reason.Advice);
        });
        writer.WriteEndObject();
    }

    private static void WriteToolchain(Utf8JsonWriter writer, BinaryToolchain? toolchain)
    {
        writer.WriteString("language", toolchain?.Language);
        writer.WriteString("runtime", toolchain?.Runtime);
        writer.WriteString("runtimeVersion", toolchain?.RuntimeVersion);
        writer.WriteString("compiler", toolchain?.Compiler);
    }

    private static void WriteDependencies(Utf8JsonWriter writer, IReadOnlyList<BinaryDependency> dependencies) =>
        writer.WriteObjects("dependencies", dependencies, static (writer, dependency) =>
        {
            writer.WriteString("name", dependency.Name);
            writer.WriteBoolean("direct", dependency.IsDirect);
            writer.WriteString("resolved", dependency.Resolved);
            writer.WriteString("reason", InspectionWords.ReasonOf(dependency.Reason));
            writer.WriteString("through", dependency.FoundThrough);
            writer.WriteString("neededBy", dependency.NeededBy);
            writer.WriteBoolean("weak", dependency.IsWeak);
            writer.WriteBoolean("delayed", dependency.IsDelayed);
            writer.WriteArray("versions", dependency.Versions);
            writer.WriteArray("needs", dependency.Needs);
            writer.WriteArray("searched", dependency.Searched);
        });

    private static void WriteExports(Utf8JsonWriter writer, IReadOnlyList<BinarySymbol> symbols) =>
        writer.WriteObjects("exports", symbols, static (writer, symbol) =>
        {
            writer.WriteString(s_name, symbol.Name);
            writer.WriteString(s_version, symbol.Version);
            writer.WriteBoolean(s_default, symbol.IsDefaultVersion);
            WriteNumber(writer, s_ordinal, symbol.Ordinal);
            writer.WriteString(s_forwarder, symbol.Forwarder);
            writer.WriteBoolean(s_unique, symbol.IsUnique);
        });

    private static void WriteUndefined(Utf8JsonWriter writer, string name, IReadOnlyList<BinarySymbol> symbols) =>
        writer.WriteObjects(name, symbols, static (writer, symbol) =>
        {
            writer.WriteString(s_name, symbol.Name);
            writer.WriteString(s_version, symbol.Version);
            writer.WriteString(s_library, symbol.Library);
            writer.WriteBoolean(s_weak, symbol.IsWeak);
            WriteNumber(writer, s_ordinal, symbol.Ordinal);
        });

    private static void WriteLayout(Utf8JsonWriter writer, BinaryInspection inspection)
    {
        writer.WriteObjects("segments", inspection.Segments, static (writer, segment) =>
        {
            writer.WriteString("name", segment.Name);
            writer.WriteNumber("address", segment.Address);
            writer.WriteNumber("memorySize", segment.MemorySize);
            writer.WriteNumber("fileSize", segment.FileSize);
            writer.WriteString("permissions", segment.Permissions);
        });
        writer.WriteNumber("constructors", inspection.Constructors);
        writer.WriteNumber("destructors", inspection.Destructors);
        WriteStaticTls(writer, inspection.StaticTls);
        WriteProcess(writer, inspection.Process);
        WriteHardening(writer, inspection.Hardening);
        writer.WriteObjects("minimumSystem", inspection.MinimumSystem, static (writer, requirement) =>
        {
            writer.WriteString("name", requirement.Name);
            writer.WriteString("version", requirement.Version);
        });
    }

    private static void WriteStaticTls(Utf8JsonWriter writer, BinaryStaticTls? tls)
    {
        if (tls is null)
        {
            writer.WriteNull("staticTls");
            return;
        }

        writer.WriteStartObject("staticTls");
        writer.WriteNumber("needed", tls.Needed);
        WriteNumber(writer, "left", tls.Left);
        WriteBoolean(writer, "fits", tls.Fits);
        writer.WriteEndObject();
    }

    private static void WriteProcess(Utf8JsonWriter writer, BinaryProcess? process)
    {
        if (process is null)
        {
            writer.WriteNull("process");
            return;
        }

        writer.WriteStartObject("process");
        writer.WriteString("libraryPath", process.LibraryPath);
        if (process.AddressSpace is { } space)
        {
            writer.WriteStartObject("addressSpace");
            writer.WriteNumber("needed", space.Needed);
            writer.WriteNumber("used", space.Used);
            writer.WriteNumber("limit", space.Limit);
            writer.WriteBoolean("fits", space.Fits);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("addressSpace");
        }

        writer.WriteArray("policies", process.Policies);
        writer.WriteEndObject();
    }

    private static void WriteHardening(Utf8JsonWriter writer, BinaryHardening? hardening)
    {
        if (hardening is null)
        {
            writer.WriteNull("hardening");
            return;
        }

        writer.WriteStartObject("hardening");
        writer.WriteString("relro", hardening.Relro is { } relro ? InspectionWords.RelroOf(relro) : null);
        writer.WriteBoolean("executableStack", hardening.HasExecutableStack);
        WriteBoolean(writer, "textRelocations", hardening.HasTextRelocations);
        writer.WriteBoolean("writableCode", hardening.HasWritableCode);
        writer.WriteBoolean("positionIndependent", hardening.IsPositionIndependent);
        WriteBoolean(writer, "controlFlowGuard", hardening.HasControlFlowGuard);
        writer.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, long? value) => WriteNumber(writer, JsonEncodedText.Encode(name), value);

    private static void WriteNumber(Utf8JsonWriter writer, JsonEncodedText name, long? value)
    {
        if (value is long number)
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static void WriteBoolean(Utf8JsonWriter writer, string name, bool? value)
    {
        if (value is bool known)
        {
            writer.WriteBoolean(name, known);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
