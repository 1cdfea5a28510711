namespace NativePlugins.Host.Lifecycle;

/// <summary>How long a plugin may take.</summary>
/// <param name="LifecycleDeadline">The time for each call that may hang.</param>
/// <param name="DrainDeadline">The time in which calls in flight must end.</param>
/// <param name="IsReloadable">Whether the plugin can be replaced, so that its gate may be closed for a while.</param>
internal sealed record LifecycleOptions(TimeSpan LifecycleDeadline, TimeSpan DrainDeadline, bool IsReloadable);
