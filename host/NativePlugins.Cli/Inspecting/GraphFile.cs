using System.Text;
using NativePlugins.Binary;

namespace NativePlugins.Cli;

/// <summary>Where <c>--graph</c> writes to, in the format that the file's name tells.</summary>
internal static class GraphFile
{
    /// <summary>What writes the file, once there is something to write. A name that cannot be used is refused at once.</summary>
    public static Action<IReadOnlyList<BinaryInspection>> Open(string path)
    {
        if (path.Length == 0 || path.Contains('\0'))
        {
            throw CliErrors.BadValue("--graph", "a file's name", path);
        }

        Func<DependencyGraph, string> format = Path.GetExtension(path) switch
        {
            ".dot" or ".gv" => DotText.Format,
            ".svg" => SvgText.Format,
            _ => throw CliErrors.BadValue("--graph", "a name that ends in .dot or .svg", path),
        };
        string full = Path.GetFullPath(path);
        return inspections =>
            AtomicFile.Write(full, Encoding.UTF8.GetBytes(format(DependencyGraph.From(inspections))), CliErrors.GraphWrite);
    }
}
