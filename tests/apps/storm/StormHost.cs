using Microsoft.Extensions.Configuration;
using NativePlugins.Host;

namespace NativePlugins.Storm;

/// <summary>One host of the storm, and what its plugins are told to do.</summary>
internal sealed class StormHost
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly IConfigurationRoot _settings = new ConfigurationBuilder().AddInMemoryCollection().Build();

    /// <param name="files">The plugins.</param>
    /// <param name="kind">0 runs plugins as they are, 1 from copies, 2 from copies and watches the files.</param>
    public StormHost(StormFiles files, int kind)
    {
        Libraries = kind == 0 ? [files.Unstaged] : [files.Changing, files.Bringer];
        Host = new PluginHost(new PluginHostOptions
        {
            Configuration = _settings,
            LifecycleDeadline = s_patience,
            DrainDeadline = s_patience,
            Directories = { Path.GetDirectoryName(Libraries[0])! },
            Reload = kind == 0 ? null : new PluginReloadOptions
            {
                StagingDirectory = files.Staging,
                CallPatience = s_patience,
                Watch = kind == 2,
                QuietPeriod = TimeSpan.FromMilliseconds(20),
                PollInterval = TimeSpan.FromMilliseconds(200),
            },
        });
    }

    public PluginHost Host { get; }

    /// <summary>What it may load.</summary>
    public string[] Libraries { get; }

    /// <summary>What the next instance does wrong: nothing, <c>create</c>, <c>configuration</c> or <c>start</c>.</summary>
    public void SetFault(string fault)
    {
        foreach (string id in new[] { "storm", "storm_bringer" })
        {
            _settings[$"Plugins:{id}:Fault"] = fault;
        }
    }
}
