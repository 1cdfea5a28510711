namespace NativePlugins.Build;

/// <summary>Runs programs for Windows: under Wine, in a prefix of this repository's own, or as they are where this is Windows.</summary>
internal sealed class Wine(Workspace workspace)
{
    // Debian's wine64 puts nothing on the PATH; its wine does.
    private static readonly string[] s_loaders = ["wine64", "wine", "/usr/lib/wine/wine64"];
    private static readonly string[] s_servers = ["wineserver", "wineserver64", "/usr/lib/wine/wineserver64"];

    private readonly string? _loader = s_loaders.FirstOrDefault(IsThere);

    public bool IsAvailable => OperatingSystem.IsWindows() || _loader is not null;

    private string Prefix => Path.Combine(workspace.Artifacts, "windows", "prefix");

    /// <summary>Makes the prefix if there is none, and sets what the runs below inherit.</summary>
    public void Prepare()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Environment.SetEnvironmentVariable("WINEPREFIX", Prefix);
        Environment.SetEnvironmentVariable("WINEDEBUG", "-all");
        if (!File.Exists(Path.Combine(Prefix, "system.reg")))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Prefix)!);

            // Without these, Wine asks whether to fetch Mono and a browser. Only here: CoreCLR's images need mscoree when tests run.
            Environment.SetEnvironmentVariable("WINEDLLOVERRIDES", "mscoree,mshtml=");
            Tool.Require(workspace, "Wine could not make a prefix; remove artifacts/windows and try again.", _loader!, "wineboot", "--init");
            Environment.SetEnvironmentVariable("WINEDLLOVERRIDES", null);
        }
    }

    public ToolResult Run(string program, params IEnumerable<string> arguments) => OperatingSystem.IsWindows()
        ? Tool.Capture(workspace, program, arguments)
        : Tool.Capture(workspace, _loader!, [program, .. arguments]);

    /// <summary>Ends what Wine keeps running for this prefix.</summary>
    public void Leave()
    {
        if (s_servers.FirstOrDefault(IsThere) is { } server && !OperatingSystem.IsWindows())
        {
            Tool.Capture(workspace, server, "-k");
        }
    }

    private static bool IsThere(string program) => Path.IsPathRooted(program) ? File.Exists(program) : Tool.Exists(program);
}
