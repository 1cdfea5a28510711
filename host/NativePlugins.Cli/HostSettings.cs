using Microsoft.Extensions.Logging;
using NativePlugins.Distribution;
using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary>When text is coloured.</summary>
internal enum ColorMode
{
    Auto,
    Always,
    Never,
}

/// <summary>What the common options say.</summary>
internal sealed class HostSettings
{
    public List<string> PluginDirectories { get; } = [];

    public bool Json { get; set; }

    public bool Verbose { get; set; }

    public bool Quiet { get; set; }

    public ColorMode Color { get; set; }

    public TimeSpan? Timeout { get; set; }

    /// <summary>Whether plugins run in processes of their own.</summary>
    public bool Isolate { get; set; }

    /// <summary>Whether such a process waits for a debugger.</summary>
    public bool WaitForDebugger { get; set; }

    /// <summary>What they may reach; null for what this process may.</summary>
    public PluginSandbox? Sandbox { get; private set; }

    /// <summary>Where a plugin is to run whatever its configuration says: in a process of its own, if there is to be a sandbox. Else null.</summary>
    public PluginIsolation? RequiredIsolation => Sandbox is null ? null : PluginIsolation.Process;

    /// <summary>Whether only plugins run that are as the lock file of what is installed names them.</summary>
    public bool Verify { get; set; }

    /// <summary>Absolute.</summary>
    public string? ConfigFile { get; set; }

    /// <summary>For each step of a plugin.</summary>
    public TimeSpan LifecycleDeadline => Timeout ?? new PluginHostOptions().LifecycleDeadline;

    /// <summary>Whether code of a plugin's runs in this process.</summary>
    public bool RunsPlugins { get; set; }

    public List<PluginSetting> Sets { get; } = [];

    public LogLevel? LogLevel { get; set; }

    /// <summary>Of <c>host manifest</c>: as it was typed.</summary>
    public string? OutputFile { get; set; }

    /// <summary>Of <c>host inspect</c>.</summary>
    public InspectionSettings Inspection { get; } = new();

    /// <summary>Of <c>host watch</c>.</summary>
    public WatchSettings Watch { get; } = new();

    /// <summary>Of the commands about packages.</summary>
    public InstallSettings Installing { get; } = new();

    /// <summary>Of the commands about keys and signatures.</summary>
    public SigningSettings Signing { get; } = new();

    /// <summary>Of <c>host trust</c>.</summary>
    public TrustSettings Trust { get; } = new();

    public bool ShowHelp { get; set; }

    public bool ShowVersion { get; set; }

    public LogLevel EffectiveLogLevel =>
        LogLevel ?? (Quiet ? Microsoft.Extensions.Logging.LogLevel.Error : Microsoft.Extensions.Logging.LogLevel.Warning);

    /// <summary>Each option about a sandbox asks for one.</summary>
    public PluginSandbox RequireSandbox()
    {
        Isolate = true;
        return Sandbox ??= new PluginSandbox();
    }

    public PluginHostOptions ToOptions(ILoggerFactory loggers)
    {
        var options = new PluginHostOptions
        {
            ApplicationName = "host",
            ApplicationVersion = Product.Version,
            LoggerFactory = loggers,
            LifecycleDeadline = LifecycleDeadline,
            SearchUserDirectory = true,
            Isolation = Isolate ? PluginIsolation.Process : PluginIsolation.InProcess,
            Verifier = Verify ? new InstalledPluginVerifier() : null,
        };
        options.Worker.WaitForDebugger = WaitForDebugger;
        options.Worker.Sandbox = Sandbox;
        RunsPlugins = true;
        foreach (string directory in PluginDirectories)
        {
            options.Directories.Add(directory);
        }

        if (ConfigFile is not null || Sets.Count != 0)
        {
            options.Configuration = RunConfiguration.Build(ConfigFile, Sets);
        }

        return options;
    }
}
