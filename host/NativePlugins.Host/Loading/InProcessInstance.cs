using Microsoft.Extensions.Logging;
using NativePlugins.Abi;
using NativePlugins.Host.Calls;
using NativePlugins.Host.Resolution;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Loading;

/// <summary>
/// An instance in this process: a mapped image, the instance that its create has made, and the tables through which it sees the host.
/// </summary>
/// <param name="file">Where the library is installed.</param>
/// <param name="image">The plugin's code.</param>
/// <param name="native">The instance that its create has made.</param>
/// <param name="table">The host, as the instance sees it.</param>
internal sealed class InProcessInstance(ResolvedPlugin file, PluginImage image, NativeInstance native, HostTable table) : PluginInstance
{
    private const string MemoryId = "np.memory/1";

    public override CallResult Start() => Call(native.Start);

    public override CallResult Stop() => Call(native.Stop);

    // A library that is about to be unmapped need not give memory back first.
    public override CallResult Trim() => image.IsPinned && native.GetService(MemoryId, out nint memory) == np.NP_OK && NativeState.IsMemory(memory)
        ? new CallResult(NativeState.Trim(memory))
        : new CallResult(np.NP_OK);

    public override CallResult Destroy() => new(native.Destroy());

    public override CallResult OpenService(string id, out OpenedService? service)
    {
        int status = native.GetService(id, out nint found);
        service = found == 0 ? null : new InProcessService(found);
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

    private static CallResult Call(Func<CallFrame, int> call)
    {
        CallFrame frame = CallFrame.Rent();
        int status = call(frame);
        return new CallResult(status, frame.Return());
    }
}
