using System.Reflection;
using NativePlugins.Sdk;
using NativePlugins.Testing.Interop;

namespace NativePlugins.Testing;

/// <summary>A plugin as its entry describes it, before anything of it has run.</summary>
public sealed class TestPlugin
{
    private readonly PluginEntry _entry;

    private TestPlugin(PluginEntry entry) => _entry = entry;

    /// <summary>Its id.</summary>
    public string Id => _entry.Id;

    /// <summary>Its name for people.</summary>
    public string Name => _entry.Name;

    /// <summary>Its version.</summary>
    public string Version => _entry.Version;

    /// <summary>The plugin that a class is.</summary>
    /// <typeparam name="TPlugin">The class with <see cref="PluginAttribute"/>.</typeparam>
    /// <exception cref="ArgumentException">The class's assembly is not a plugin's.</exception>
    public static TestPlugin Of<TPlugin>()
        where TPlugin : class => Of(typeof(TPlugin).Assembly);

    /// <summary>The plugin that an assembly is.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="assembly"/> is null.</exception>
    /// <exception cref="ArgumentException">The assembly is not a plugin's: it has no generated entry.</exception>
    public static TestPlugin Of(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return new TestPlugin(new PluginEntry(assembly));
    }

    /// <summary>Creates an instance.</summary>
    /// <param name="host">The host that it is given. It must outlive the instance.</param>
    /// <exception cref="TestFaultException">The plugin refused, or its constructor threw.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="host"/> is null.</exception>
    public TestInstance Create(TestHost host)
    {
        TestOutcome outcome = TryCreate(host, out TestInstance? instance);
        return instance ?? throw new TestFaultException("Creating the plugin", outcome.Status, outcome.Error);
    }

    /// <summary>Creates an instance, or says why that failed.</summary>
    /// <param name="host">The host that it is given. It must outlive the instance.</param>
    /// <param name="instance">The instance, or null.</param>
    /// <exception cref="ArgumentNullException"><paramref name="host"/> is null.</exception>
    public TestOutcome TryCreate(TestHost host, out TestInstance? instance)
    {
        ArgumentNullException.ThrowIfNull(host);
        var watch = new ThreadWatch();
        (InstanceCalls? calls, TestOutcome outcome) = watch.Run(() => _entry.Create(host.Tables));
        instance = calls is null ? null : new TestInstance(calls, watch);
        return outcome;
    }
}
