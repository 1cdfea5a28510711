using System.Runtime.CompilerServices;
using NativePlugins.Sdk;
using NativePlugins.Testing.Interop;

namespace NativePlugins.Testing;

/// <summary>
/// A host for tests, behind the ABI that every host has. It gives a plugin settings and directories, and records what the
/// plugin writes to the log. Dispose of it after its instances, which use its tables.
/// </summary>
/// <remarks>
/// What a plugin calls is safe for several threads at once. Change <see cref="Settings"/> and the other properties only while
/// no call into the plugin runs.
/// </remarks>
public sealed class TestHost : IDisposable
{
    private readonly HostTables _tables;
    private readonly List<TestLogRecord> _log = [];
    private string? _dataDirectory;
    private bool _madeDataDirectory;

    /// <summary>A host with log, configuration and paths.</summary>
    public TestHost() => _tables = new HostTables(this);

    /// <summary>What the plugin sees as the application's name. "NativePlugins.Testing" by default.</summary>
    public string Name { get; init; } = "NativePlugins.Testing";

    /// <summary>What the plugin sees as the application's version. "1.0.0" by default.</summary>
    public string Version { get; init; } = "1.0.0";

    /// <summary>The plugin's section of the configuration. Keys are case-insensitive, levels are separated by ':'. Empty by default.</summary>
    public IDictionary<string, string> Settings { get; } = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The ids of the services that this host offers: np.log/1, np.config/1 and np.paths/1 by default. Remove one to see what the plugin does without.</summary>
    public ISet<string> Services { get; init; } = new HashSet<string>(StringComparer.Ordinal) { "np.log/1", "np.config/1", "np.paths/1" };

    /// <summary>The least level that the log keeps. <see cref="PluginLogLevel.Trace"/> by default.</summary>
    public PluginLogLevel MinimumLevel { get; init; } = PluginLogLevel.Trace;

    /// <summary>What configuration and paths fail with, when they are to: a status (NP_E_…, negative) and its text. Null by default.</summary>
    public TestError? ServiceFailure { get; set; }

    /// <summary>The directory that the plugin is told it is installed in. The tests' own by default.</summary>
    public string InstalledDirectory { get; init; } = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);

    /// <summary>The plugin's data directory. By default a new one, removed when the host is disposed.</summary>
    public string DataDirectory
    {
        get
        {
            lock (_log)
            {
                if (_dataDirectory is null)
                {
                    _dataDirectory = Directory.CreateTempSubdirectory("native-plugin-test-").FullName;
                    _madeDataDirectory = true;
                }

                return _dataDirectory;
            }
        }

        init => _dataDirectory = value;
    }

    /// <summary>What the plugin has logged so far, in order.</summary>
    public IReadOnlyList<TestLogRecord> Log
    {
        get
        {
            lock (_log)
            {
                return [.. _log];
            }
        }
    }

    /// <summary>Creates an instance of the plugin that a class is, and starts it.</summary>
    /// <typeparam name="TPlugin">The class with <see cref="PluginAttribute"/>.</typeparam>
    /// <exception cref="TestFaultException">Creating or starting it failed.</exception>
    /// <exception cref="ArgumentException">The assembly of the class is not a plugin's.</exception>
    public TestInstance Start<TPlugin>()
        where TPlugin : class
    {
        TestInstance instance = Create<TPlugin>();
        TestOutcome outcome = instance.Start();
        if (outcome.IsSuccess)
        {
            return instance;
        }

        instance.Dispose();
        throw new TestFaultException("Starting the plugin", outcome.Status, outcome.Error);
    }

    /// <summary>Creates an instance of the plugin that a class is, without starting it.</summary>
    /// <typeparam name="TPlugin">The class with <see cref="PluginAttribute"/>.</typeparam>
    /// <exception cref="TestFaultException">Creating it failed.</exception>
    /// <exception cref="ArgumentException">The assembly of the class is not a plugin's.</exception>
    public TestInstance Create<TPlugin>()
        where TPlugin : class => TestPlugin.Of<TPlugin>().Create(this);

    /// <summary>
    /// Creates, starts, uses, stops and destroys instances of a plugin, one after the other, and looks at what they leave: after
    /// each stop no thread of the plugin's may run, and in the end every plugin object must have been collected.
    /// </summary>
    /// <typeparam name="TPlugin">The class with <see cref="PluginAttribute"/>.</typeparam>
    /// <param name="use">What is done with each started instance.</param>
    /// <param name="rounds">How many instances: 1 or more, 10 by default.</param>
    /// <exception cref="TestLeakException">Something was left.</exception>
    /// <exception cref="TestFaultException">Creating, starting or stopping failed.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rounds"/> is less than 1.</exception>
    public void AssertNothingStays<TPlugin>(Action<TestInstance>? use = null, int rounds = 10)
        where TPlugin : class
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        var plugins = new List<WeakReference>();
        for (int i = 0; i < rounds; i++)
        {
            plugins.Add(Round<TPlugin>(use));
        }

        int alive = Collected.CountAlive(plugins);
        if (alive > 0)
        {
            throw new TestLeakException(
                $"{alive} of {rounds} objects of {typeof(TPlugin)} are still referenced after their instances were destroyed. " +
                "Look for event handlers, static fields, timers and tasks that hold them.");
        }
    }

    /// <summary>Frees the host's tables, and removes the data directory that it made.</summary>
    public void Dispose()
    {
        _tables.Dispose();
        if (_madeDataDirectory && Directory.Exists(_dataDirectory))
        {
            Directory.Delete(_dataDirectory, recursive: true);
        }
    }

    internal HostTables Tables => _tables;

    /// <summary>Bytes that every table of the host has more, or fewer, than version 1.0.</summary>
    internal int SizeDifference { get; init; }

    /// <summary>The same for the services alone.</summary>
    internal int ServiceSizeDifference { get; init; }

    internal void Record(TestLogRecord record)
    {
        lock (_log)
        {
            _log.Add(record);
        }
    }

    // A method of its own and not inlined: locals of the caller would keep the instance from being collected.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference Round<TPlugin>(Action<TestInstance>? use)
        where TPlugin : class
    {
        using TestInstance instance = Start<TPlugin>();
        use?.Invoke(instance);
        instance.Stop().EnsureSuccess();
        instance.AssertNoThreadRuns();
        return new WeakReference(instance.GetPlugin<TPlugin>());
    }
}
