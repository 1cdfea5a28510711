namespace NativePlugins.Host.Lifecycle;

/// <summary>How long a plugin may take.</summary>
/// <param name="LifecycleDeadline">For each call that may hang.</param>
/// <param name="DrainDeadline">For calls in flight to end.</param>
/// <param name="IsReloadable">Whether it can be replaced, so that its gate may be closed for a while.</param>
internal sealed record LifecycleOptions(TimeSpan LifecycleDeadline, TimeSpan DrainDeadline, bool IsReloadable);
