using System.Text.RegularExpressions;

namespace NativePlugins.Cli;

/// <summary>What somebody needs to see of what a failed build has written.</summary>
internal static partial class BuildErrors
{
    private const int Most = 20;
    private const int MostLines = 40;
    private const int MostColumns = 200;

    /// <summary>
    /// The errors of MSBuild and of compilers that write as it does, each once, without the project at its end, and with the line of the source
    /// that it is about; or else the last lines.
    /// </summary>
    public static string Of(string text)
    {
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] errors = [.. lines.Where(line => line.Contains("error ", StringComparison.Ordinal)).Select(WithoutProject).Distinct()];
        return errors.Length > 0 ? string.Join('\n', errors.Take(Most).Select(WithSource)) : LastLines(text);
    }

    /// <summary>The last lines, as they are: other compilers show the source themselves.</summary>
    public static string LastLines(string text) =>
        string.Join('\n', text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd()).TakeLast(MostLines));

    private static string WithoutProject(string line) =>
        line.EndsWith(']') && line.LastIndexOf(" [", StringComparison.Ordinal) is > 0 and int at ? line[..at] : line;

    /// <summary>With the source line below it, and a mark below the column.</summary>
    private static string WithSource(string error)
    {
        Match place = Place().Match(error);
        if (!place.Success || !int.TryParse(place.Groups["line"].Value, out int line) || !int.TryParse(place.Groups["column"].Value, out int column)
            || ReadLine(place.Groups["file"].Value, line) is not string source || column < 1 || column > source.Length + 1 || source.Length > MostColumns)
        {
            return error;
        }

        string number = $"{line,6} | ";
        string before = new([.. source[..(column - 1)].Select(c => c == '\t' ? '\t' : ' ')]);
        return $"{error}\n{number}{source}\n{new string(' ', number.Length - 2)}| {before}^";
    }

    private static string? ReadLine(string file, int line)
    {
        try
        {
            return Path.IsPathRooted(file) ? File.ReadLines(file).ElementAtOrDefault(line - 1)?.TrimEnd() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^(?<file>[^()]+)\((?<line>[0-9]{1,6}),(?<column>[0-9]{1,6})(,[0-9]+,[0-9]+)?\): error ")]
    private static partial Regex Place();
}
