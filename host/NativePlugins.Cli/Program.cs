namespace NativePlugins.Cli;

internal static class Program
{
    private static int Main(string[] arguments) =>
        HostProgram.Run(arguments, StandardStream.OpenOutput(), StandardStream.OpenError());
}
