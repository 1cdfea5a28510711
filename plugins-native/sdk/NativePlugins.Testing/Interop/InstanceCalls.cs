using System.Runtime.InteropServices;
using System.Text;
using NativePlugins.Abi;
using NativePlugins.Sdk.Interop;

namespace NativePlugins.Testing.Interop;

/// <summary>What a host calls of one instance: the functions of its np_plugin, and of its np_command.</summary>
internal sealed unsafe class InstanceCalls(np_plugin* plugin)
{
    // Stands where the plugin writes its exit status. No command returns it: when it is still there, the plugin wrote none.
    private const int NotWritten = -99;

    private np_plugin* _plugin = plugin;

    public np_plugin* Pointer => _plugin != null ? _plugin : throw new InvalidOperationException("The instance has been destroyed.");

    public bool IsDestroyed => _plugin == null;

    public object Plugin => PluginExport.PluginOf((nint)Pointer);

    public TestOutcome Start()
    {
        using var sinks = new SinkRecorder();
        int status = Pointer->start(_plugin->context, sinks.ErrorSink);
        return new TestOutcome(status, sinks.Error);
    }

    public TestOutcome Stop()
    {
        using var sinks = new SinkRecorder();
        int status = Pointer->stop(_plugin->context, sinks.ErrorSink);
        return new TestOutcome(status, sinks.Error);
    }

    public int Destroy()
    {
        int status = Pointer->destroy(_plugin->context);
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
            int status = Pointer->get_service(_plugin->context, (sbyte*)start, (nuint)bytes.Length, &service);
            return (status, (nint)service);
        }
    }

    public TestRun Run(TestCall options, string[] arguments)
    {
        var command = (np_command*)Command();
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
        using var output = new SinkRecorder(options.SizeDifference, options.OutputRefusal);
        using var error = new SinkRecorder(options.SizeDifference);
        using CancellationTable? own = options.Cancellation is null && options.CancellationToken.CanBeCanceled ? new CancellationTable() : null;
        using CancellationTokenRegistration registration = options.CancellationToken.UnsafeRegister(static table => ((CancellationTable?)table)?.Cancel(), own);
        CancellationTable? cancellation = options.Cancellation ?? own;
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
                    cancellation = cancellation == null ? null : cancellation.Table,
                    traceparent = (sbyte*)traceStart,
                    traceparent_length = (nuint)trace.Length,
                },
                options.CallSizeDifference ?? options.SizeDifference);
            int exitStatus = NotWritten;
            int status = command->run(command->context, call.Pointer, &exitStatus, error.ErrorSink);
            Array.ForEach(pins, pin => pin.Free());
            return new TestRun(status, exitStatus, output.Text, error.Text, error.Error);
        }
    }

    private nint Command()
    {
        (int found, nint service) = GetService("np.command/1");
        return found == np.NP_OK ? service : throw new InvalidOperationException("The plugin has no command: its class does not implement ICommand.");
    }
}
