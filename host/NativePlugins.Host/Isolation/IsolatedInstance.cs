using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NativePlugins.Abi;
using NativePlugins.Host.Calls;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Isolation;

/// <summary>An instance in a worker process. When the process has ended, each call returns that as its failure.</summary>
internal sealed class IsolatedInstance(Worker worker, HostRequests requests, PluginDescription plugin) : PluginInstance
{
    private readonly ConcurrentBag<IsolatedService> _services = [];

    public override PluginException? Failure => worker.Failure;

    public override void WhenFailed(Action<PluginException> work) => worker.WhenFailed(work);

    public override bool IsElsewhere => true;

    public override CallResult Start() => Change("start", Operation.Start, PluginWorkerState.Started);

    public override CallResult Stop() => Change("stop", Operation.Stop, PluginWorkerState.Created);

    public override void NoteGeneration(int number) => worker.Status.SetGeneration(number);

    public override void NoteRestarts(int count) => worker.Status.SetRestarts(count);

    // The memory goes back with the process.
    public override CallResult Trim() => new(np.NP_OK);

    public override CallResult Destroy() => worker.Call("destroy", Operation.Destroy, new PayloadWriter());

    public override CallResult OpenService(string id, out OpenedService? service)
    {
        OpenedTable opened = default;
        CallResult result = worker.Call($"get_service({id})", Operation.OpenService, new PayloadWriter().Text(id), (ref PayloadReader reader) =>
            opened = new OpenedTable(reader.UInt32(), reader.UInt32(), reader.Flag(), reader.Flag()));
        service = null;
        if (result is { Failure: null, Status: np.NP_OK })
        {
            var found = new IsolatedService(worker, requests, plugin, id, opened);
            _services.Add(found);
            service = found;
        }

        return result;
    }

    public override ServiceSlot CreateSlot(ICallTarget target, string id, OpenedService service) => new IsolatedSlot(target, id, (IsolatedService)service);

    public override void Abandon() => worker.End("a call into it did not return in time");

    public override PluginRetiredImage Close(bool isReplaced, TimeSpan deadline, ILogger logger)
    {
        requests.Plugin.Services.Host.End();
        worker.Close(deadline);
        while (_services.TryTake(out IsolatedService? service))
        {
            service.Close();
        }

        return PluginRetiredImage.Unmapped;
    }
    private CallResult Change(string call, Operation operation, PluginWorkerState next)
    {
        CallResult result = worker.Call(call, operation, new PayloadWriter());
        if (result is { Failure: null, Status: np.NP_OK })
        {
            worker.Status.SetState(next);
        }

        return result;
    }
}
