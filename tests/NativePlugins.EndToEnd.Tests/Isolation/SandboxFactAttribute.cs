namespace NativePlugins.EndToEnd.Tests;

/// <summary>A test that needs a kernel which can limit all that a sandbox does.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SandboxFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> s_absence = new(Find);

    public SandboxFactAttribute() => Skip = Absence;

    /// <summary>What the kernel lacks; null if it has all.</summary>
    public static string? Absence => s_absence.Value;

    private static string? Find()
    {
        var options = new PluginHostOptions();
        options.Worker.Sandbox = new PluginSandbox();
        using PluginHost host = Isolated.Host(options);
        try
        {
            host.RequireIsolation();
            return null;
        }
        catch (PluginSandboxException e)
        {
            return e.Found;
        }
    }
}
