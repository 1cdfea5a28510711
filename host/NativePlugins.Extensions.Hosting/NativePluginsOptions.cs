using NativePlugins.Host;

namespace NativePlugins.Extensions.Hosting;

/// <summary>
/// Which plugins an application loads when it starts, and how. Read once, when the host starts; validated then.
/// </summary>
/// <remarks>
/// Bound from the section <c>NativePlugins</c> of the application's configuration, in which an unknown key is an error, and
/// then changed by what the application configures in code. What a plugin itself is configured with stands elsewhere, in
/// <c>Plugins:&lt;id&gt;</c>. What is not here can be set with <c>PostConfigure&lt;PluginHostOptions&gt;</c>.
/// </remarks>
public sealed class NativePluginsOptions
{
    /// <summary>The section of the configuration that is bound to these options: <c>NativePlugins</c>.</summary>
    public const string SectionName = "NativePlugins";

    /// <inheritdoc cref="PluginHostOptions.Directories"/>
    public IList<string> Directories { get; } = [];

    /// <inheritdoc cref="PluginHostOptions.SearchEnvironment"/>
    public bool SearchEnvironment { get; set; } = true;

    /// <inheritdoc cref="PluginHostOptions.SearchHostDirectory"/>
    public bool SearchHostDirectory { get; set; } = true;

    /// <inheritdoc cref="PluginHostOptions.SearchUserDirectory"/>
    public bool SearchUserDirectory { get; set; }

    /// <summary>
    /// Whether every plugin in the plugin directories is loaded when the host starts, or only the
    /// <see cref="Required"/> ones. One that is refused is logged and degrades the health, and the application starts
    /// without it. Libraries that are no plugins and have no manifest are passed over. Default: true.
    /// </summary>
    public bool LoadDiscovered { get; set; } = true;

    /// <summary>
    /// The plugins without which the application does not start: the id, and the versions that will do, in the syntax of
    /// <see cref="PluginVersionRange"/>. They are loaded first, in the order of their ids. Default: none.
    /// </summary>
    public IDictionary<string, string> Required { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <inheritdoc cref="PluginHostOptions.AllowUntrustedDirectories"/>
    public bool AllowUntrustedDirectories { get; set; }

    /// <inheritdoc cref="PluginHostOptions.AllowExecutableStack"/>
    public bool AllowExecutableStack { get; set; }

    /// <inheritdoc cref="PluginHostOptions.AllowSharedSymbols"/>
    public bool AllowSharedSymbols { get; set; }

    /// <inheritdoc cref="PluginHostOptions.LifecycleDeadline"/>
    public TimeSpan LifecycleDeadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc cref="PluginHostOptions.DrainDeadline"/>
    public TimeSpan DrainDeadline { get; set; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc cref="PluginHostOptions.MaxResidentImages"/>
    public int? MaxResidentImages { get; set; }

    /// <inheritdoc cref="PluginHostOptions.WarnResidentImages"/>
    public int? WarnResidentImages { get; set; }

    /// <summary>
    /// Where plugins run, <c>InProcess</c> or <c>Process</c>, unless <c>Plugins:&lt;id&gt;:Isolation</c> says it of one;
    /// see <see cref="PluginIsolation"/>. Default: <c>InProcess</c>.
    /// </summary>
    public string Isolation { get; set; } = PluginIsolation.InProcess.Name;

    /// <summary>
    /// What is done for who is developing a plugin. Default: nothing; in the environment Development managed assemblies are loaded as plugins
    /// all the same, where the application runs under the JIT (<see cref="PluginDevelopmentOptions.AllowManaged"/>).
    /// </summary>
    public PluginDevelopmentOptions Development { get; set; } = new();

    /// <inheritdoc cref="PluginHostOptions.Worker"/>
    public PluginWorkerOptions Worker { get; set; } = new();

    /// <inheritdoc cref="PluginHostOptions.Reload"/>
    public PluginReloadOptions? Reload { get; set; }

    /// <inheritdoc cref="PluginHostOptions.DataLimits"/>
    public NativePluginsDataLimits DataLimits { get; set; } = new();

    /// <inheritdoc cref="PluginHostOptions.DataDirectory"/>
    public string? DataDirectory { get; set; }

    /// <summary>Adds a plugin to <see cref="Required"/>; to what is required of it already, both must be fulfilled.</summary>
    /// <param name="id">The plugin's id.</param>
    /// <param name="versions">The versions that will do, for example <c>&gt;= 1.2.0</c>; any by default.</param>
    /// <returns>These options.</returns>
    public NativePluginsOptions Require(string id, string versions = "*")
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentNullException.ThrowIfNull(versions);
        Required[id] = Required.TryGetValue(id, out string? before) && before.Trim() != "*"
            ? versions.Trim() == "*" ? before : $"{before} {versions}"
            : versions;
        return this;
    }
}
