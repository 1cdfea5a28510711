using System.Diagnostics.CodeAnalysis;

namespace NativePlugins.Sdk;

/// <summary>A plugin that opens something before it is used, and closes it afterwards.</summary>
/// <remarks>The two methods never run at the same time on one instance, but not always on the same thread.</remarks>
public interface IStartable
{
    /// <summary>
    /// Begins work: threads, files and connections are opened here, not in the constructor. When it throws, the
    /// plugin is not started; the host may try again.
    /// </summary>
    void Start();

    /// <summary>
    /// Ends work: when it returns, no thread of the plugin runs. The plugin counts as stopped even when it throws.
    /// </summary>
    [SuppressMessage("Naming", "CA1716", Justification = "The ABI's own word; only Visual Basic reserves it.")]
    void Stop();
}
