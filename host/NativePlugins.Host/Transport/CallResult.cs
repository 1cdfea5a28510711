namespace NativePlugins.Host.Transport;

/// <summary>How a call into a plugin ended.</summary>
/// <param name="Status">The status that it returned: NP_OK or one of the errors of <c>native_plugins.h</c>.</param>
/// <param name="Error">What the plugin reported in the call, or null.</param>
/// <param name="Failure">Why the call has no status of the plugin's, if it did not come to its end; else null.</param>
internal readonly record struct CallResult(int Status, PluginRemoteError? Error = null, PluginException? Failure = null);
