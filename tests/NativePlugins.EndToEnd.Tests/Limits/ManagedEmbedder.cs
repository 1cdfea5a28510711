namespace NativePlugins.EndToEnd.Tests;

/// <summary>The embedder under the JIT, with what the test adds to the runtime's configuration.</summary>
internal static class ManagedEmbedder
{
    /// <summary>Switches off the helper that hands each signal to the library that it is for.</summary>
    public const string WithoutDispatcher = "\"NativePlugins.SignalDispatcher.IsSupported\": false";

    public static HostResult Run(params string[] arguments) => RunWith(null, new HostEnvironment(), arguments);

    public static HostResult RunWith(string? property, HostEnvironment environment, params string[] arguments)
    {
        using HostProcess process = Start(property, environment, arguments);
        return process.WaitForEnd();
    }

    public static HostProcess Start(string? property, HostEnvironment environment, params string[] arguments)
    {
        string configuration = Path.Combine(NativeFixtures.Directory, $"{Guid.NewGuid():N}.runtimeconfig.json");
        File.WriteAllText(configuration, $$"""
            {
              "runtimeOptions": {
                "tfm": "net10.0",
                "framework": { "name": "Microsoft.NETCore.App", "version": "10.0.0" },
                "configProperties": { {{(property is null ? "" : property + ",")}} "System.Globalization.Invariant": true }
              }
            }
            """);
        return HostProcess.Start(
            Environment.ProcessPath!, environment, ["exec", "--runtimeconfig", configuration, Repository.ManagedEmbedder, .. arguments]);
    }
}
