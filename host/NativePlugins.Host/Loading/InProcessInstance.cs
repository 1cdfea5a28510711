using Microsoft.Extensions.Logging;
using NativePlugins.Abi;
using NativePlugins.Host.Calls;
using NativePlugins.Host.Platform;
using NativePlugins.Host.Resolution;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Loading;

/// <summary>
/// An instance in this process: a mapped image, the instance that its create has made, and the tables through which it sees the host.
/// </summary>
/// <param name="file">Where the library is installed.</param>
/// <param name="id">The plugin's id.</param>
/// <param name="image">The plugin's code.</param>
/// <param name="native">The instance that its create has made.</param>
/// <param name="table">The host, as the instance sees it.</param>
internal sealed class InProcessInstance(ResolvedPlugin file, string id, PluginImage image, NativeInstance native, HostTable table) : PluginInstance
{
    private const string MemoryId = "np.memory/1";

    private readonly nint _name = LastWords.NameOf(id);

    public override CallResult Start() => Call("start"u8, native.Start);

    public override CallResult Stop() => Call("stop"u8, native.Stop);

    // A library that is about to be unmapped need not give memory back first.
    public override CallResult Trim()
    {
        using LastWords.Call call = LastWords.Enter(_name, "np.memory/1"u8);
        return image.IsPinned && native.GetService(MemoryId, out nint memory) == np.NP_OK && NativeState.IsMemory(memory)
            ? new CallResult(NativeState.Trim(memory))
            : new CallResult(np.NP_OK);
    }

    public override CallResult Destroy()
    {
        using LastWords.Call call = LastWords.Enter(_name, "destroy"u8);
        return new CallResult(native.Destroy());
    }

    public override CallResult OpenService(string id, out OpenedService? service)
    {
        using LastWords.Call call = LastWords.Enter(_name, "get_service"u8);
        int status = native.GetService(id, out nint found);
        service = found == 0 ? null : new InProcessService(found, _name);
        return new CallResult(status);
    }

    public override ServiceSlot CreateSlot(ICallTarget target, string id, OpenedService service) =>
        new InProcessSlot(target, id, (InProcessService)service);

    public override void Abandon() => image.Pin();

    public override PluginRetiredImage Close(bool isReplaced, TimeSpan deadline, ILogger logger)
    {
        if (!isReplaced)
        {
            table.Return();
            return ImageEnd.Close(image, file, deadline, logger);
        }

        // If its code stays mapped, a thread of it may still run. Such a thread keeps a table without services, and never reaches
        // another instance's.
        table.Revoke();
        PluginRetiredImage end = ImageEnd.Close(image, file, deadline, logger);
        if (end == PluginRetiredImage.Unmapped)
        {
            table.Return();
        }

        return end;
    }

    private CallResult Call(ReadOnlySpan<byte> step, Func<CallFrame, int> call)
    {
        using LastWords.Call current = LastWords.Enter(_name, step);
        CallFrame frame = CallFrame.Rent();
        int status = call(frame);
        return new CallResult(status, frame.Return());
    }
}
