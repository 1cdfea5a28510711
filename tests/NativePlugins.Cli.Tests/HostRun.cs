using System.Text;

namespace NativePlugins.Cli.Tests;

/// <summary>One run of the whole program inside this process, with streams of its own.</summary>
internal sealed record HostRun(int Status, string Output, string Error)
{
    public static HostRun Of(params string[] arguments)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        using StandardStream outputStream = StandardStream.Over(output);
        using StandardStream errorStream = StandardStream.Over(error);
        int status = HostProgram.Run(arguments, outputStream, errorStream);
        return new HostRun(status, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }
}
