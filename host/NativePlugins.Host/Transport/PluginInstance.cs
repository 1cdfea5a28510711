using Microsoft.Extensions.Logging;
using NativePlugins.Host.Calls;

namespace NativePlugins.Host.Transport;

/// <summary>
/// One instance of a plugin, wherever it runs: all that the plugin's life does with it. What is above this knows no address of the
/// plugin's.
/// </summary>
/// <remarks>
/// The calls return the plugin's status and throw nothing. Each may hang: who makes one does so on a thread that it can give up. The
/// order of the calls is the caller's to keep; the state diagram stands at the top of <c>native_plugins.h</c>.
/// </remarks>
internal abstract class PluginInstance
{
    public abstract CallResult Start();

    public abstract CallResult Stop();

    /// <summary>Lets the plugin give memory back (np.memory/1), if it will be of no use and stays where it is.</summary>
    public abstract CallResult Trim();

    public abstract CallResult Destroy();

    /// <summary>Asks for a service by its id.</summary>
    /// <returns>The plugin's status; NP_E_NOT_FOUND where it has none.</returns>
    public abstract int OpenService(string id, out OpenedService? service);

    /// <summary>Makes the place in which the application keeps a service of the plugin's, whichever generation serves.</summary>
    public abstract ServiceSlot CreateSlot(ICallTarget target, string id, OpenedService service);

    /// <summary>A call into it did not return: whatever happens, nothing of it is freed any more.</summary>
    public abstract void Abandon();

    /// <summary>After <see cref="Destroy"/> has returned: frees what can be freed of it.</summary>
    /// <param name="isReplaced">Whether other generations follow, so that its code may go on where it stays.</param>
    /// <param name="deadline">How long that may take.</param>
    /// <param name="logger">Told if it took longer, and has ended after all.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="PluginLoaderHeldException">A library, this one or another, keeps it from being closed.</exception>
    public abstract PluginRetiredImage Close(bool isReplaced, TimeSpan deadline, ILogger logger);
}
