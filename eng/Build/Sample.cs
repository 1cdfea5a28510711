namespace NativePlugins.Build;

/// <summary>A sample application.</summary>
/// <param name="Name">That of its program, and of its folder below <c>host/samples</c>.</param>
/// <param name="Contracts">The folder, there as well, of the contracts that it shares with its plugins.</param>
/// <param name="Plugins">The folder of its plugins, which are no parts of the product.</param>
internal sealed record Sample(string Name, string Contracts, string Plugins)
{
    public static Sample ImageTool { get; } = new("imagetool", "imaging", "plugins-native/filters");

    public static Sample LogPipe { get; } = new("logpipe", "logs", "plugins-native/logging");

    public static IReadOnlyList<Sample> All { get; } = [ImageTool, LogPipe];

    public static Sample Find(string name) =>
        All.FirstOrDefault(sample => sample.Name == name)
        ?? throw new BuildException($"There is no sample '{name}'; there are: {string.Join(", ", All.Select(sample => sample.Name))}.", ExitCode.Usage);
}
