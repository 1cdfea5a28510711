using Microsoft.Extensions.Logging;
using NativePlugins.Host.Calls;

namespace NativePlugins.Host.Transport;

/// <summary>
/// One instance of a plugin, wherever it runs, with everything that happens to it in the plugin's life. The code above this room knows no
/// address in the plugin.
/// </summary>
/// <remarks>
/// The calls return the plugin's status and throw nothing. Each may hang, so it must be made on a thread that can be given up. The caller
/// keeps the order of the calls; the state diagram is at the top of <c>native_plugins.h</c>.
/// </remarks>
internal abstract class PluginInstance
{
    /// <summary>Why the instance is gone although nobody has ended it; null while it is there. In this process it never is gone like that.</summary>
    public virtual PluginException? Failure => null;

    /// <summary>Has something done when <see cref="Failure"/> is there, at once if it is already, on any thread. The work must not take long.</summary>
    public virtual void WhenFailed(Action<PluginException> work)
    {
    }

    /// <summary>Whether its code runs in another process: a call that does not return holds up nothing in this one.</summary>
    public virtual bool IsElsewhere => false;

    /// <summary>Says which generation of the plugin this instance is, for who watches the processes.</summary>
    public virtual void NoteGeneration(int number)
    {
    }

    /// <summary>Says how often the plugin has been started again after its process had ended unasked, for who watches the processes.</summary>
    public virtual void NoteRestarts(int count)
    {
    }

    public abstract CallResult Start();

    public abstract CallResult Stop();

    /// <summary>Lets the plugin give memory back (np.memory/1), if the plugin is of no further use but stays where it is.</summary>
    public abstract CallResult Trim();

    public abstract CallResult Destroy();

    /// <summary>Asks for a service by its id.</summary>
    /// <returns>The plugin's status: NP_E_NOT_FOUND if it has no such service.</returns>
    public abstract CallResult OpenService(string id, out OpenedService? service);

    /// <summary>Makes the slot in which the application holds a service of the plugin, whichever generation serves.</summary>
    public abstract ServiceSlot CreateSlot(ICallTarget target, string id, OpenedService service);

    /// <summary>
    /// Notes that a call into the instance did not return. In this process nothing of it is freed from now on, whatever happens; another
    /// process is ended.
    /// </summary>
    public abstract void Abandon();

    /// <summary>Frees what can be freed of the instance, after <see cref="Destroy"/> has returned.</summary>
    /// <param name="isReplaced">Whether other generations follow, so that its code may go on if it stays mapped.</param>
    /// <param name="deadline">How long this may take.</param>
    /// <param name="logger">Told if it took longer and has ended after all.</param>
    /// <returns>What became of the library.</returns>
    /// <exception cref="PluginLoaderHeldException">The library cannot be closed because it, or another one, holds the system's loader.</exception>
    public abstract PluginRetiredImage Close(bool isReplaced, TimeSpan deadline, ILogger logger);
}
