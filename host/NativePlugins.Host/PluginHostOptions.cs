using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NativePlugins.Contracts;
using NativePlugins.Host.Platform;
using NativePlugins.Host.Resolution;
using NativePlugins.Host.Services;
using NativePlugins.Host.Staging;
using NativePlugins.Host.Verification;

namespace NativePlugins.Host;

/// <summary>How a <see cref="PluginHost"/> finds, checks and runs plugins.</summary>
/// <remarks>
/// The host reads the options once, in its constructor. Later changes have no effect on it.
/// </remarks>
public sealed class PluginHostOptions
{
    private static readonly TimeSpan s_maxDeadline = TimeSpan.FromDays(1);

    private List<OfferedContract> _offered = [];

    /// <summary>
    /// Directories to search, first to last. A relative one is relative to <see cref="AppContext.BaseDirectory"/>, never to the current
    /// directory. Default: none.
    /// </summary>
    public IList<string> Directories { get; } = [];

    /// <summary>
    /// Whether the directories in the environment variable <c>NATIVE_PLUGINS_PATH</c> are searched after <see cref="Directories"/>. They
    /// never are in secure execution (<see cref="PluginHost.IsSecureExecution"/>). Default: true.
    /// </summary>
    public bool SearchEnvironment { get; set; } = true;

    /// <summary>
    /// Whether the application's own directory and its subdirectory <c>plugins</c> are searched after these. Default: true.
    /// </summary>
    public bool SearchHostDirectory { get; set; } = true;

    /// <summary>
    /// Whether <see cref="PluginHost.UserPluginDirectory"/> is searched last: what this user has installed. Default: false.
    /// </summary>
    public bool SearchUserDirectory { get; set; }

    /// <summary>
    /// Whether plugins, and the libraries that they need, are loaded from files and directories that users other than their owner and root
    /// may write to. Default: false.
    /// </summary>
    public bool AllowUntrustedDirectories { get; set; }

    /// <summary>
    /// Whether a plugin is loaded if it, or a library that it needs, makes the stacks of the whole process executable. Default: false.
    /// </summary>
    public bool AllowExecutableStack { get; set; }

    /// <summary>
    /// Whether a plugin is loaded, or reloaded, if the system's loader would let it share variables with another library, or with its own
    /// older build, without either knowing. This happens to C++ that g++ has compiled with visible inline variables or static variables of
    /// inline functions (STB_GNU_UNIQUE). If two such variables differ in size, the code of one writes past the other. Default: false.
    /// </summary>
    public bool AllowSharedSymbols { get; set; }

    /// <summary>
    /// Whether <see cref="PluginHost.Load(string, CancellationToken)"/> also starts the plugin. Default: true.
    /// </summary>
    public bool StartOnLoad { get; set; } = true;

    /// <summary>
    /// Whether the manifest beside a library is read, and must agree with the library's description. If false, manifests are ignored, as a
    /// tool needs that writes manifests. Default: true.
    /// </summary>
    public bool CheckManifest { get; set; } = true;

    /// <summary>
    /// Says of which bytes plugins must consist; for what is installed from packages, an <c>InstalledPluginVerifier</c> of
    /// NativePlugins.Distribution. A plugin of which it knows that is copied into a directory of this user alone, compared while it is copied,
    /// checked there and loaded from there, at each load and reload, and in a worker process too: what is done to the installed files
    /// meanwhile changes nothing. Another byte is a <see cref="PluginFileDiffersException"/>. The copy is made where
    /// <see cref="PluginReloadOptions.StagingDirectory"/> says, also if <see cref="PluginReloadOptions.Staging"/> is off. Default (null): files
    /// are loaded as they are.
    /// </summary>
    public PluginVerifier? Verifier { get; set; }

    /// <summary>
    /// How long each step of a plugin may take before the plugin is put in quarantine. The steps are map, entry, create, start, stop and
    /// destroy. More than zero and at most one day, or <see cref="Timeout.InfiniteTimeSpan"/>. Default: 10 seconds.
    /// </summary>
    public TimeSpan LifecycleDeadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long stopping waits for calls in flight: zero to one day, or <see cref="Timeout.InfiniteTimeSpan"/>.
    /// Default: 5 seconds.
    /// </summary>
    public TimeSpan DrainDeadline { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How many NativeAOT libraries may be resident in the process: 1 to <see cref="PluginHost.ResidentImageLimit"/>, which is also the
    /// default (null).
    /// </summary>
    public int? MaxResidentImages { get; set; }

    /// <summary>
    /// The number of resident NativeAOT libraries from which on each further one is logged as a warning: 1 or more. Default (null): three
    /// quarters of the limit.
    /// </summary>
    public int? WarnResidentImages { get; set; }

    /// <summary>
    /// How plugins are replaced while they are in use. Default (null): they cannot be replaced. A plugin then runs from where it is
    /// installed, and loading it needs no copy.
    /// </summary>
    public PluginReloadOptions? Reload { get; set; }

    /// <summary>
    /// The clock for two times of <see cref="PluginReloadOptions"/>: <see cref="PluginReloadOptions.QuietPeriod"/> and
    /// <see cref="PluginReloadOptions.PollInterval"/>. Default: the system's clock.
    /// </summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// Where plugins run, if neither the load nor the configuration (<c>Plugins:&lt;id&gt;:Isolation</c>) says so. Default:
    /// <see cref="PluginIsolation.InProcess"/>.
    /// </summary>
    public PluginIsolation Isolation { get; set; } = PluginIsolation.InProcess;

    /// <summary>What the worker processes of isolated plugins are started with.</summary>
    public PluginWorkerOptions Worker { get; set; } = new();

    /// <summary>What is done for who is developing a plugin. Default: nothing.</summary>
    public PluginDevelopmentOptions Development { get; set; } = new();

    /// <summary>Where the host and its plugins log to. Default: nowhere.</summary>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>The application's configuration. A plugin sees only its section <c>Plugins:&lt;id&gt;</c>. Default: none.</summary>
    public IConfiguration? Configuration { get; set; }

    /// <summary>
    /// The directory in which each plugin gets a data directory of its own, named after its id. A relative one is relative to
    /// <see cref="AppContext.BaseDirectory"/>. Default (null): <c>native-plugins</c> in
    /// <see cref="System.Environment.SpecialFolder.LocalApplicationData"/>; in secure execution (<see cref="PluginHost.IsSecureExecution"/>) the
    /// same place below the user's directory according to the system's list of users.
    /// </summary>
    public string? DataDirectory { get; set; }

    /// <summary>The application's name, as plugins see it. Default: empty.</summary>
    public string ApplicationName { get; set; } = "";

    /// <summary>The application's version, as plugins see it. Default: empty.</summary>
    public string ApplicationVersion { get; set; } = "";

    /// <summary>
    /// How much data a call through a contract may bring, in either direction. A plugin in C# has the default limits on its own side.
    /// Default: 64 levels and 1 GiB.
    /// </summary>
    public PluginDataLimits DataLimits { get; set; } = new();

    /// <summary>For tests.</summary>
    internal ProcessEnvironment Environment { get; set; } = ProcessEnvironment.Current;

    internal IReadOnlyList<OfferedContract> Offered => _offered;

    private bool MakesCopies => Verifier is not null || Reload is { Staging: true };

    /// <summary>Lets plugins call an object of the application by its contract. They ask for it by the contract's id.</summary>
    /// <typeparam name="T">The contract: an interface with <see cref="PluginContractAttribute"/>.</typeparam>
    /// <param name="implementation">
    /// The object. Plugins may call it from any thread, several at once. If the contract is <see cref="ContractThreading.Serialized"/>,
    /// each plugin makes one call at a time. A plugin that calls it after the plugin was destroyed gets an error.
    /// </param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">An object for this contract was offered already.</exception>
    public PluginHostOptions Offer<T>(T implementation)
        where T : class, IPluginContract<T>
    {
        ArgumentNullException.ThrowIfNull(implementation);
        OfferedContract offered = OfferedContract.Of(implementation);
        if (_offered.Exists(other => other.ServiceId == offered.ServiceId))
        {
            throw new ArgumentException($"{offered.ServiceId} is offered already.", nameof(implementation));
        }

        _offered.Add(offered);
        return this;
    }

    /// <summary>Returns a checked copy.</summary>
    /// <exception cref="ArgumentException">A value is null or out of its range.</exception>
    internal PluginHostOptions Validated()
    {
        ArgumentNullException.ThrowIfNull(LoggerFactory);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        ArgumentNullException.ThrowIfNull(DataLimits);
        ArgumentNullException.ThrowIfNull(Isolation);
        ArgumentNullException.ThrowIfNull(Worker);
        ArgumentNullException.ThrowIfNull(ApplicationName);
        ArgumentNullException.ThrowIfNull(ApplicationVersion);
        CheckDeadline(LifecycleDeadline, TimeSpan.FromTicks(1), nameof(LifecycleDeadline));
        CheckDeadline(DrainDeadline, TimeSpan.Zero, nameof(DrainDeadline));
        if (MaxResidentImages is int max)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(max, 1, nameof(MaxResidentImages));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(max, PluginHost.ResidentImageLimit, nameof(MaxResidentImages));
        }

        if (WarnResidentImages is int warn)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(warn, 1, nameof(WarnResidentImages));
        }

        var copy = (PluginHostOptions)MemberwiseClone();
        copy.Reload = Reload?.Validated();
        copy.Worker = Worker.Validated();
        copy._offered = [.. _offered];
        return copy;
    }

    internal PluginSearch ToSearch() => new()
    {
        Directories = [.. Directories.Select(FullDirectory)],
        IncludeEnvironment = SearchEnvironment,
        IncludeHostDirectory = SearchHostDirectory,
        UserDirectory = SearchUserDirectory ? Environment.UserPluginDirectory : null,
        AllowUntrustedDirectories = AllowUntrustedDirectories,
    };

    internal VerificationOptions ToVerification() => 
        new(AllowUntrustedDirectories, AllowExecutableStack, CheckManifest, Development.AllowManaged && PluginDevelopmentOptions.IsManagedSupported, Verifier);

    /// <summary>What makes private copies; null if no plugin needs one.</summary>
    internal StagingArea? CreateStaging() => MakesCopies
        ? new StagingArea(Reload?.StagingDirectory, environment: Environment) { IsForAll = Reload is { Staging: true } }
        : null;

    internal HostServicesOptions ToServices() => new()
    {
        LoggerFactory = LoggerFactory,
        Configuration = Configuration,
        DataDirectory = DataDirectory,
        Environment = Environment,
        Offered = Offered,
        DataLimits = DataLimits,
    };

    /// <summary>The environment variables that count under these options, without those that are set everywhere, such as HOME.</summary>
    internal IEnumerable<string> VariablesThatCount() =>
    [
        .. SearchEnvironment ? (string[])[PluginSearch.EnvironmentVariable] : [],
        .. MakesCopies && Reload?.StagingDirectory is null ? (string[])[ProcessEnvironment.TemporaryVariable] : [],
        .. DataDirectory is null ? (string[])[ProcessEnvironment.DataVariable] : [],
    ];

    // An empty element stays empty: the search refuses it with its own error.
    private static string FullDirectory(string directory) =>
        string.IsNullOrEmpty(directory) ? "" : Path.GetFullPath(directory, AppContext.BaseDirectory);

    private static void CheckDeadline(TimeSpan value, TimeSpan least, string name)
    {
        if (value != Timeout.InfiniteTimeSpan && (value < least || value > s_maxDeadline))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {least} to {s_maxDeadline}, or infinite.");
        }
    }
}
