namespace NativePlugins.Cli;

internal static class Program
{
    private static int Main(string[] arguments) =>
        HostProgram.RunProcess(arguments, StandardStream.OpenOutput(), StandardStream.OpenError());
}
