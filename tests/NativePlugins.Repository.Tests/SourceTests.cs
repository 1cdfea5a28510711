using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NativePlugins.Repository.Tests;

public partial class SourceTests
{
    private static readonly string[] s_mayBeUnsafe =
    [
        "abi/NativePlugins.Abi/",
        "contracts/NativePlugins.Contracts/Interop/",
        "host/NativePlugins.Binary/Diagnosis/",
        "host/NativePlugins.Host/Forwarding/", "host/NativePlugins.Host/Loading/",
        "host/NativePlugins.Host/Isolation/WorkerStatus.cs", "host/NativePlugins.Host/Platform/LastWords.cs",
        "plugins-native/sdk/NativePlugins.Sdk/Interop/",
        "plugins-native/sdk/NativePlugins.Testing/Interop/",
        "tests/",
    ];

    // The libraries and the program choose once, in one place each. The SDK has neither of them in a plugin's library, and asks once.
    private static readonly string[] s_mayAskForTheSystem =
    [
        "host/NativePlugins.Binary/Files/FileSystem.cs",
        "host/NativePlugins.Host/Platform/HostSystem.cs",
        "host/NativePlugins.Cli/Platform/ProcessSystem.cs",
        "plugins-native/sdk/NativePlugins.Sdk/Text/ConsoleRedirection.cs",
    ];

    private static readonly string[] s_productFolders = ["abi/", "host/", "plugins-native/"];

    // The ABI is one header by design: whoever writes a plugin in any language needs this file and no other. The second is a frozen copy of it.
    private static readonly string[] s_mayBeLong = ["abi/native_plugins.h", "tests/fixtures/abi/frozen_v1.h"];

    private static readonly string[] s_binary = [".png", ".bin", ".so", ".dylib", ".dll", ".o", ".a"];

    [Fact]
    public void Unsafe_code_stays_in_the_folders_that_touch_the_ABI()
    {
        var offending = RepositoryFiles.Named(".cs")
            .Where(file => !file.EndsWith(".g.cs", StringComparison.Ordinal) && !s_mayBeUnsafe.Any(folder => file.StartsWith(folder, StringComparison.Ordinal)))
            .Where(file => SyntaxFactory.ParseTokens(RepositoryFiles.Text(file)).Any(token => token.IsKind(SyntaxKind.UnsafeKeyword)));

        Assert.Empty(offending);
    }

    [Fact]
    public void Only_the_places_that_choose_ask_which_operating_system_it_is()
    {
        var asking = RepositoryFiles.Named(".cs")
            .Where(file => s_productFolders.Any(folder => file.StartsWith(folder, StringComparison.Ordinal)))
            .Where(file => AsksForTheSystem().IsMatch(RepositoryFiles.Text(file)));

        Assert.Equal(s_mayAskForTheSystem.Order(StringComparer.Ordinal), asking.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_file_names_a_path_of_somebodys_machine()
    {
        var offending = RepositoryFiles.All
            .Where(file => !s_binary.Contains(Path.GetExtension(file), StringComparer.Ordinal))
            .SelectMany(file => MachinePath().Matches(RepositoryFiles.Text(file)).Select(match => $"{file}: {match.Value}"));

        Assert.Empty(offending);
    }

    [Fact]
    public void Nothing_is_left_for_later_in_the_code()
    {
        var offending = RepositoryFiles.Named(".cs", ".c", ".h", ".cpp", ".rs", ".sh", ".ps1", ".props", ".targets", ".csproj")
            .SelectMany(file => LeftForLater().Matches(RepositoryFiles.Text(file)).Select(match => $"{file}: {match.Value}"));

        Assert.Empty(offending);
    }

    [Fact]
    public void No_source_file_that_somebody_has_written_is_longer_than_300_lines()
    {
        const int Most = 300;
        var offending = RepositoryFiles.Named(".cs", ".c", ".h", ".cpp", ".hpp", ".rs", ".sh", ".ps1")
            .Append(".ci/run")
            .Where(file => !file.EndsWith(".g.cs", StringComparison.Ordinal) && !s_mayBeLong.Contains(file, StringComparer.Ordinal))
            .Select(file => (Name: file, Lines: RepositoryFiles.Text(file).TrimEnd('\n').Split('\n').Length))
            .Where(file => file.Lines > Most)
            .Select(file => $"{file.Name}: {file.Lines} lines");

        Assert.Empty(offending);
    }

    [Fact]
    public void Every_relative_link_in_the_documents_leads_to_a_file()
    {
        var offending = RepositoryFiles.Named(".md")
            .SelectMany(file => Link().Matches(RepositoryFiles.Text(file))
                .Select(match => match.Groups[1].Value.Split('#')[0])
                .Where(target => target.Length > 0 && !target.Contains(':', StringComparison.Ordinal) && !Path.Exists(Path.Combine(Path.GetDirectoryName(RepositoryFiles.PathOf(file))!, target)))
                .Select(target => $"{file}: {target}"));

        Assert.Empty(offending);
    }

    [GeneratedRegex("""(?<![\w.$}])(/(?:root|home/\w+|Users/\w+|work|workspace)/|[A-Za-z]:\\Users\\\w)""")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\bOperatingSystem\s*\.\s*Is|\bIsOSPlatform\b|\bOSVersion\b|\bOSDescription\b")]
    private static partial Regex AsksForTheSystem();

    [GeneratedRegex(@"\b(?:TO[D]O|FIX[M]E|XX[X]|HA[C]K)\b|Not[I]mplementedException")]
    private static partial Regex LeftForLater();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
