using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary>One entry of the catalogue that <c>explain</c> knows: the library's and the program's own.</summary>
internal sealed record ErrorEntry(string Code, int ExitCode, string Title, string Explanation, string Advice)
{
    public static ErrorEntry From(PluginError error) =>
        new(error.Code, error.ExitCode, error.Title, error.Explanation, error.Advice);
}
