using Microsoft.Extensions.Logging.Abstractions;
using NativePlugins.Abi;
using NativePlugins.Contracts;
using NativePlugins.Host.Forwarding;
using NativePlugins.Host.Lifecycle;
using NativePlugins.Host.Platform;
using NativePlugins.Host.Resolution;
using NativePlugins.Host.Services;
using NativePlugins.Host.Staging;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Isolation;

/// <summary>The whole worker: it loads one plugin into this process, and does with it what the application asks for.</summary>
internal sealed class WorkerServer
{
    /// <summary>The most bytes of output or state that travel at once.</summary>
    public const int MaxPiece = 1 << 20;

    private readonly Channel _channel;
    private readonly ThreadWatch _threads;
    private readonly ServiceRequests _services;
    private readonly ForwardedCalls _calls;
    private volatile PluginInstance? _instance;
    private volatile bool _isLoading;
    private volatile bool _isDestroyed;
    private TimeSpan _deadline;

    private WorkerServer(WorkerLink link)
    {
        _channel = new Channel(link, isWorker: true, Serve) { Broken = _ => ProcessEnd.Now(np.NP_E_INVALID_ARGUMENT) };
        _threads = new ThreadWatch(_channel.ReportThreadGone, () => link.IsOpen, EndWithoutChannel);
        _calls = new ForwardedCalls(new ChannelCalls(_channel, _ => np.NP_E_IO, _ => ProcessEnd.Now(np.NP_E_INVALID_ARGUMENT)));
        _services = new ServiceRequests(_channel, _calls);
    }

    /// <summary>Serves the application that has started this process, until it wants no more.</summary>
    /// <returns>The process's exit status.</returns>
    public static int Run()
    {
        WorkerLink link;
        try
        {
            WorkerSystem.Current.EnterSandbox();
            link = WorkerSystem.Current.Join(Lane.MemorySize);
            ProcessEnd.Prepare();
            LastWords.Decline();
            if (!TryGreet(link))
            {
                return 0;
            }
        }
        catch (IOException e)
        {
            Console.Error.WriteLine(e.Message);
            return np.NP_E_FAILED;
        }

        var server = new WorkerServer(link);
        server._channel.ReceiveAll();
        server.End(link);
        return 0;
    }

    private static void EndWithoutChannel()
    {
        Console.Error.WriteLine("The plugin has closed the channel to its application, so its process ends.");
        ProcessEnd.Now(1);
    }

    private static bool TryGreet(WorkerLink link)
    {
        byte[] bytes = new byte[ChannelGreeting.Size];
        for (int received = 0; received < bytes.Length;)
        {
            int read = link.Receive(bytes.AsSpan(received));
            if (read == 0)
            {
                return false;
            }

            received += read;
        }

        ChannelGreeting? greeting = ChannelGreeting.Read(bytes);
        if (greeting is { ChannelVersion: ChannelGreeting.Version, Filter: not WorkerFilter.None and var filter })
        {
            WorkerSystem.Current.EnterFilter(filter);
        }

        new ChannelGreeting(ChannelGreeting.Version, -1).WriteTo(bytes);
        if (!link.Send(bytes) || greeting?.ChannelVersion != ChannelGreeting.Version)
        {
            return false;
        }

        if (greeting.Value.FileModeMask >= 0)
        {
            WorkerSystem.Current.SetFileModeMask(greeting.Value.FileModeMask);
        }

        return true;
    }

    /// <summary>
    /// The application sends no more. If it has closed its plugin, the process ends as programs do, with exit handlers and destructors. Else
    /// the application is gone, and so is this process.
    /// </summary>
    private void End(WorkerLink link)
    {
        if (!_isDestroyed && !link.IsOpen)
        {
            // It was the plugin who has closed it, which the watch of the threads has not noticed yet.
            EndWithoutChannel();
        }

        if (!_isDestroyed)
        {
            ProcessEnd.Now(0);
        }

        try
        {
            _instance!.Close(isReplaced: false, _deadline, NullLogger.Instance);
        }
        catch (PluginException)
        {
            // The library holds the loader, and the application ends this process at its deadline.
        }
    }

    private Answer Serve(IncomingCall call) => _threads.Watch(() =>
    {
        try
        {
            return call.Operation == Operation.Load ? Load(LoadRequest.Read(call.Read())) : Serve(call, _instance ?? throw new ChannelException("no plugin"));
        }
        catch (ChannelException)
        {
            // The application does not keep to the rules: there is nobody to serve.
            ProcessEnd.Now(np.NP_E_INVALID_ARGUMENT);
            throw;
        }
    });

    private Answer Serve(IncomingCall call, PluginInstance instance)
    {
        switch (call.Operation)
        {
            case Operation.Start:
                return Answered(instance.Start());
            case Operation.Stop:
                return Answered(instance.Stop());
            case Operation.Destroy:
                CallResult destroyed = instance.Destroy();
                _isDestroyed = true;
                return Answered(destroyed);
            case Operation.OpenService:
                return _services.Open(instance, call.Read().Text());
            case Operation.RunCommand:
                return _services.RunCommand(call);
            case Operation.OpenContract:
                return _services.OpenContract(call.Read());
            case Operation.CallFunction or Operation.CompleteCall or Operation.CancelCall:
                return ChannelCalls.Serve(_calls, call);
            case Operation.SaveState:
                return _services.SaveState(call.Read());
            case Operation.LoadState:
                return _services.LoadState(call.Read());
            default:
                throw new ChannelException($"the unknown request {(int)call.Operation}");
        }
    }

    public static Answer Answered(CallResult result) => new(result.Status, new PayloadWriter().Error(result.Error));

    private Answer Load(LoadRequest request)
    {
        if (_isLoading)
        {
            throw new ChannelException("a second plugin");
        }

        _isLoading = true;
        _deadline = request.Deadline;
        try
        {
            var loader = new PluginLoader(
                request.Verification, new InstanceLoader(Options(request), NullLogger.Instance), request.Deadline,
                new PluginLocator(new PluginSearch { Directories = [], IncludeEnvironment = false, IncludeHostDirectory = false, AllowUntrustedDirectories = request.Verification.AllowUntrustedDirectories }),
                staging: null, NullLogger.Instance);
            var timings = new PluginTimings();
            StagedPlugin? staged = request.Staged.Count == 0 ? null : new StagedPlugin(Path.GetDirectoryName(request.Staged[0].Path)!, request.Staged);
            VerifiedPlugin plugin = loader.Verify(request.File, staged);
            loader.RequireDependencies(plugin);
            _instance = loader.MapAndCreate(plugin, timings).Instance;
            return new Answer(np.NP_OK, new PayloadWriter().Error(null).Flag(true).Int64(timings.Map.Ticks).Int64(timings.Start.Ticks));
        }
        catch (PluginException e)
        {
            return new Answer(np.NP_OK, RemoteFailures.Write(new PayloadWriter().Error(null).Flag(false), e));
        }
    }

    private InstanceOptions Options(LoadRequest request) => new()
    {
        Deadline = request.Deadline,
        MaxResidentImages = null,
        WarnResidentImages = int.MaxValue,
        AllowSharedSymbols = request.AllowSharedSymbols,
        CountThreads = false,
        ApplicationName = request.ApplicationName,
        ApplicationVersion = request.ApplicationVersion,
        CreateServices = (plugin, directory) =>
        {
            var services = new RemoteHostServices(_channel, _calls, directory);
            services.Describe(plugin);
            return new InstanceServices(services, new CallerActivities(), new InstanceObjects(plugin, new PluginDataLimits(), NullLogger.Instance));
        },
    };
}
