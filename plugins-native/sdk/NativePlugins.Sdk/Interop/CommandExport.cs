using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativePlugins.Abi;

namespace NativePlugins.Sdk.Interop;

/// <summary>The function of np.command/1.</summary>
internal static unsafe class CommandExport
{
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int Run(void* context, np_command_call* call, int* exitStatus, np_error_sink* error)
    {
        try
        {
            if (exitStatus == null || Problem(call) is not null)
            {
                return Boundary.Refuse(
                    error, np.NP_E_INVALID_ARGUMENT, exitStatus == null ? "exit_status is NULL." : Problem(call)!);
            }

            PluginInstance instance = InstanceTable.InstanceOf(context);
            if (!instance.IsStarted)
            {
                return Boundary.Refuse(
                    error, np.NP_E_INVALID_STATE, $"run is legal only in the state started; this instance is {instance.StateName}.");
            }

            return Run(instance.Command!, new CommandCall(call), exitStatus, error);
        }
        catch (Exception exception)
        {
            return Boundary.Report(error, exception);
        }
    }

    private static int Run(ICommand command, CommandCall call, int* exitStatus, np_error_sink* error)
    {
        int status = np.NP_OK;
        int exit = 0;
        CommandCall? outer = call.Enter();
        try
        {
            exit = command.Run(new CommandContext(call));
        }
        catch (Exception exception)
        {
            status = Boundary.Report(error, exception, call.IsCancellationRequested);
        }

        CommandCall.Leave(outer);
        try
        {
            call.Complete();
        }
        catch (Exception exception) when (status == np.NP_OK)
        {
            status = Boundary.Report(error, exception);
        }
        catch (Exception)
        {
            // The command's own failure is the one to report.
        }

        if (status == np.NP_OK)
        {
            *exitStatus = exit;
        }

        return status;
    }

    /// <summary>Which rule of the header the call breaks, or null.</summary>
    private static string? Problem(np_command_call* call)
    {
        if (call == null)
        {
            return "The call is NULL.";
        }

        if (call->struct_size < np_command_call.FrozenMinimum)
        {
            return $"np_command_call has {call->struct_size} bytes; at least {np_command_call.FrozenMinimum} are expected.";
        }

        if (call->argument_count > 0 && (call->arguments == null || call->argument_lengths == null))
        {
            return $"There are {call->argument_count} arguments, but one of their arrays is NULL.";
        }

        if (call->cancellation != null && call->cancellation->struct_size < np_cancellation.FrozenMinimum)
        {
            return $"np_cancellation has {call->cancellation->struct_size} bytes; "
                + $"at least {np_cancellation.FrozenMinimum} are expected.";
        }

        return Problem(call->output, "output") ?? Problem(call->error_output, "error_output");
    }

    private static string? Problem(np_sink* sink, string name) =>
        sink == null ? $"{name} is NULL."
        : sink->struct_size < np_sink.FrozenMinimum || sink->write == null
            ? $"{name} is no complete np_sink: it has {sink->struct_size} bytes, and at least {np_sink.FrozenMinimum} and a write function are expected."
        : null;
}
