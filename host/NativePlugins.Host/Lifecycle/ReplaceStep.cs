namespace NativePlugins.Host.Lifecycle;

/// <summary>The steps in which a generation takes the place of another: <see cref="PluginLifecycle.Replace"/>.</summary>
internal enum ReplaceStep
{
    /// <summary>The gate is closed, and calls in flight end.</summary>
    Drain,

    /// <summary>No call is inside.</summary>
    Migrate,

    /// <summary>The new generation takes the old one's place.</summary>
    Commit,

    /// <summary>The gate is open again, for the old generation or the new one.</summary>
    End,
}
