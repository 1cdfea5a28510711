using System.Diagnostics;
using NativePlugins.Abi;
using NativePlugins.Host.Calls;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Services;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Lifecycle;

/// <summary>A plugin's command, <c>np.command/1</c>. Thread-safe.</summary>
internal sealed class PluginCommand(PluginLifecycle lifecycle, PluginServices services)
{
    public const string Id = "np.command/1";

    /// <summary>Runs the command on the calling thread.</summary>
    /// <returns>The command's exit status.</returns>
    public int Run(IReadOnlyList<string> arguments, CommandCall command)
    {
        bool isWithin = lifecycle.Gate.IsHeldByCurrentThread;
        if (!lifecycle.Gate.TryEnter(out CallLease call))
        {
            throw lifecycle.Refusal();
        }

        using (call)
        {
            command.CancellationToken.ThrowIfCancellationRequested();
            PluginGeneration generation = lifecycle.Current;
            return Run(generation.Parts, generation.FindCommand(id => services.Open(generation, id, isWithin)), arguments, command);
        }
    }

    private static int Run(LoadedParts parts, OpenedService service, IReadOnlyList<string> arguments, CommandCall command)
    {
        using PluginTelemetry.CommandScope scope = PluginTelemetry.BeginCommand(parts.Description.Id, parts.Description.Version);
        long start = Stopwatch.GetTimestamp();
        string? traceParent = parts.Callers.Join();
        CallResult result;
        int exitStatus;
        try
        {
            result = service.Run(arguments, traceParent, command, out exitStatus);
        }
        finally
        {
            parts.Callers.Leave(traceParent);
        }

        parts.Timings.LastCall = Stopwatch.GetElapsedTime(start);
        if (result.Status == np.NP_OK)
        {
            scope.Returned(exitStatus);
            return exitStatus;
        }

        command.WriterFailure?.Throw();
        throw result.Status == np.NP_E_CANCELLED && command.CancellationToken.IsCancellationRequested
            ? new OperationCanceledException(command.CancellationToken)
            : CallFailures.FromCall(parts.Description, Id, result);
    }
}
