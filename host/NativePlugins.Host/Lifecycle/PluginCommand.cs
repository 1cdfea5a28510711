using System.Diagnostics;
using NativePlugins.Abi;

namespace NativePlugins.Host;

/// <summary>One run of a plugin's command, <c>np.command/1</c>.</summary>
internal static class PluginCommand
{
    public const string Id = "np.command/1";

    public static int Run(
        Plugin plugin, PluginGeneration generation, nint table, IReadOnlyList<string> arguments, CommandCall command)
    {
        CallerActivities callers = generation.Parts.Services.Callers;
        using PluginTelemetry.CommandScope scope = PluginTelemetry.BeginCommand(generation.Parts.Description);
        long start = Stopwatch.GetTimestamp();
        string? traceParent = callers.Join();
        CallFrame frame = CallFrame.Rent(command);
        int status, exitStatus;
        PluginRemoteError? error;
        try
        {
            status = NativeInstance.Run(table, arguments, traceParent, frame, out exitStatus);
        }
        finally
        {
            error = frame.Return();
            callers.Leave(traceParent);
        }

        generation.Parts.Timings.LastCall = Stopwatch.GetElapsedTime(start);
        if (status == np.NP_OK)
        {
            scope.Returned(exitStatus);
            return exitStatus;
        }

        command.WriterFailure?.Throw();
        throw status == np.NP_E_CANCELLED && command.CancellationToken.IsCancellationRequested
            ? new OperationCanceledException(command.CancellationToken)
            : PluginFailures.FromCall(plugin, Id, status, error);
    }
}
