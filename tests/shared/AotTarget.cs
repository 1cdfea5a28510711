using System.Text.RegularExpressions;

namespace NativePlugins.Tests;

/// <summary>Whether NativeAOT can be had here for the framework that the templates and the documents name.</summary>
internal static partial class AotTarget
{
    private const string Named = "net10.0";

    /// <summary>Why nothing of theirs can be compiled here; null where it can.</summary>
    public static string? Obstacle { get; } = Find();

    private static string? Find()
    {
        string answer = RepositoryFiles.PathOf("artifacts/AotFramework.props");
        string found = File.Exists(answer) ? Framework().Match(File.ReadAllText(answer)).Groups[1].Value : Named;
        return found == Named ? null : $"NativeAOT targets {found} here, as its packages for {Named} cannot be restored";
    }

    [GeneratedRegex("<AotFramework>(.*)</AotFramework>")]
    private static partial Regex Framework();
}
