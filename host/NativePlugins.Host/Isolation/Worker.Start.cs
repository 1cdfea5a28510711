using Microsoft.Extensions.Logging;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Isolation;

/// <content>Its start: the process, the greeting, its limits.</content>
internal sealed partial class Worker
{
    /// <summary>Starts a worker and makes sure that it is one of this version.</summary>
    /// <param name="start">What it is started with.</param>
    /// <param name="options">What the application says about workers.</param>
    /// <param name="requests">Serves what the worker asks for.</param>
    /// <param name="name">The plugin's name, until its id is known.</param>
    /// <param name="applicationName">The application's name, for who lists the workers.</param>
    /// <param name="deadline">How long it may take to answer.</param>
    /// <param name="logger">Told if it ends unasked.</param>
    /// <exception cref="PluginException">It was not started, or is no such worker.</exception>
    public static Worker Start(
        WorkerStart start, PluginWorkerOptions options, HostRequests requests, string name, string applicationName, TimeSpan deadline, ILogger logger)
    {
        WorkerProcess process;
        try
        {
            process = WorkerSystem.Current.Start(start);
        }
        catch (IOException e)
        {
            throw WorkerFailures.NotStarted(start.Path, e.Message);
        }

        var errors = new StandardErrorTail(process, options.ForwardStandardError);
        var worker = new Worker(process, errors, requests, name, applicationName, logger) { Limits = start.Limits };
        if (options.CallDeadline is TimeSpan limit)
        {
            worker._channel.Deadline = new CallDeadline(
                limit, worker._channel.OldestCall, () => worker.Kill(InvariantText.Of($"a call took longer than {limit.TotalSeconds:0.###} s (PluginWorkerOptions.CallDeadline)")));
        }

        worker.Greet(start, options.FileModeMask ?? -1, deadline);
        worker.SetLimits(start.Path);
        new Thread(worker.Receive) { IsBackground = true, Name = "NativePlugins worker" }.UnsafeStart();
        return worker;
    }

    private void Greet(WorkerStart start, int fileModeMask, TimeSpan deadline)
    {
        string path = start.Path;
        WorkerFilter filter = start.Sandbox is null ? WorkerFilter.None : WorkerSystem.Current.FilterFor(start.Sandbox);
        byte[] bytes = new byte[ChannelGreeting.Size];
        new ChannelGreeting(ChannelGreeting.Version, fileModeMask, filter).WriteTo(bytes);
        bool isLate = false;
        int received = 0;
        using (new Timer(
            _ =>
            {
                isLate = true;
                _process.Kill();
            },
            null, deadline, Timeout.InfiniteTimeSpan))
        {
            _process.Send(bytes);
            for (int read = 1; received < bytes.Length && read > 0; received += read)
            {
                read = _process.Receive(bytes.AsSpan(received));
            }
        }

        ChannelGreeting? answer = received == bytes.Length ? ChannelGreeting.Read(bytes) : null;
        if (answer?.ChannelVersion == ChannelGreeting.Version)
        {
            return;
        }

        FindEnd();
        throw isLate ? WorkerFailures.NoAnswer(path, deadline)
            : received == 0 ? WorkerFailures.EndedAtOnce(path, _end!)
            : WorkerFailures.Mismatch(path, answer?.ChannelVersion);
    }

    /// <summary>Now that it is up, and before it is told of its plugin.</summary>
    private void SetLimits(string path)
    {
        if (Limits is null)
        {
            return;
        }

        try
        {
            _process.SetLimits(Limits);
        }
        catch (IOException e)
        {
            _process.Kill();
            FindEnd();
            throw WorkerFailures.NotStarted(path, e.Message);
        }
    }
}
