using System.Runtime.InteropServices;
using System.Text;
using NativePlugins.Abi;

namespace NativePlugins.Sdk.Tests.Hosting;

/// <summary>One instance of a plugin, called through its np_plugin. Disposing it ends its life in the legal order.</summary>
internal sealed unsafe class Instance(np_plugin* plugin) : IDisposable
{
    private np_plugin* _plugin = plugin;

    public np_plugin* Table => _plugin;

    public Outcome Start()
    {
        using var sinks = new SinkRecorder();
        int status = _plugin->start(_plugin->context, sinks.ErrorSink);
        return new Outcome(status, sinks.Error);
    }

    public Outcome Stop()
    {
        using var sinks = new SinkRecorder();
        int status = _plugin->stop(_plugin->context, sinks.ErrorSink);
        return new Outcome(status, sinks.Error);
    }

    public int Destroy()
    {
        int status = _plugin->destroy(_plugin->context);
        if (status != np.NP_E_INVALID_STATE)
        {
            _plugin = null;
        }

        return status;
    }

    public (int Status, nint Service) GetService(string id)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(id);
        fixed (byte* start = bytes)
        {
            void* service = (void*)1;
            int status = _plugin->get_service(_plugin->context, (sbyte*)start, (nuint)bytes.Length, &service);
            return (status, (nint)service);
        }
    }

    public RunOutcome Run(params string[] arguments) => Run(new CallOptions(), arguments);

    public RunOutcome Run(CallOptions options, params string[] arguments)
    {
        (int found, nint service) = GetService("np.command/1");
        Assert.Equal(np.NP_OK, found);
        var command = (np_command*)service;

        byte[][] texts = [.. arguments.Select(Encoding.UTF8.GetBytes)];
        GCHandle[] pins = [.. texts.Select(text => GCHandle.Alloc(text, GCHandleType.Pinned))];
        sbyte** starts = stackalloc sbyte*[texts.Length + 1];
        nuint* lengths = stackalloc nuint[texts.Length + 1];
        for (int i = 0; i < texts.Length; i++)
        {
            starts[i] = texts[i].Length == 0 ? null : (sbyte*)pins[i].AddrOfPinnedObject();
            lengths[i] = (nuint)texts[i].Length;
        }

        byte[] trace = Encoding.UTF8.GetBytes(options.TraceParent);
        using var output = new SinkRecorder(options.SizeDifference, options.Refusal);
        using var error = new SinkRecorder(options.SizeDifference);
        fixed (byte* traceStart = trace)
        {
            using var call = new NativeTable<np_command_call>(
                new np_command_call
                {
                    argument_count = (uint)texts.Length,
                    arguments = starts,
                    argument_lengths = lengths,
                    output = options.NullOutput ? null : output.Sink,
                    error_output = error.Sink,
                    cancellation = options.Cancellation == null ? null : options.Cancellation.Table,
                    traceparent = (sbyte*)traceStart,
                    traceparent_length = (nuint)trace.Length,
                },
                options.CallSizeDifference ?? options.SizeDifference);
            int exitStatus = -99;
            int status = command->run(command->context, call.Pointer, &exitStatus, error.ErrorSink);
            Array.ForEach(pins, pin => pin.Free());
            return new RunOutcome(status, exitStatus, output.Text, error.Text, error.Error);
        }
    }

    public void Dispose()
    {
        if (_plugin != null)
        {
            _ = Stop();
            _ = Destroy();
        }
    }
}

internal sealed record CallOptions
{
    public string TraceParent { get; init; } = "";

    public FakeCancellation? Cancellation { get; init; }

    public int SizeDifference { get; init; }

    public int? CallSizeDifference { get; init; }

    public int? Refusal { get; init; }

    public bool NullOutput { get; init; }
}
