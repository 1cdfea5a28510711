using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativePlugins.Abi;

namespace NativePlugins.Contracts.Interop;

/// <summary>Takes the reports of calls that fail. For the host's library, the SDK and generated code.</summary>
/// <remarks>
/// A report comes on the calling thread, so it waits in that thread until the proxy sees the status: a call that succeeds
/// pays nothing. The sinks live as long as the process; owners share them by hash, so that a report which somebody made and
/// then returned NP_OK is not taken for another's.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class ContractErrors
{
    private const int SinkCount = 64;
    private const int MaxTypeBytes = 1024;
    private const int MaxMessageBytes = 64 * 1024;
    private const int MaxDetailBytes = 256 * 1024;

    private static readonly np_error_sink* s_sinks = Allocate();

    [ThreadStatic]
    private static ContractError? t_reported;

    [ThreadStatic]
    private static nint t_sink;

    /// <summary>The address of the np_error_sink for the calls of one owner.</summary>
    public static nint SinkFor(object owner) => (nint)(s_sinks + (RuntimeHelpers.GetHashCode(owner) & (SinkCount - 1)));

    /// <summary>Throws the exception for a call that has returned a status other than NP_OK.</summary>
    /// <param name="side">The caller's side.</param>
    /// <param name="sink">The error sink that the call was given.</param>
    /// <param name="call">The contract and the member.</param>
    /// <param name="status">The status.</param>
    /// <param name="cancellationToken">The call's token.</param>
    [DoesNotReturn]
    public static void Throw(ContractSide side, nint sink, string call, int status, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(side);
        throw side.ToException(call, Take(sink, status), cancellationToken);
    }

    /// <summary>The report of the call that has just failed on this thread with <paramref name="status"/>.</summary>
    internal static ContractError Take(nint sink, int status)
    {
        ContractError? reported = t_sink == sink ? t_reported : null;
        t_reported = null;
        return reported is not null && reported.Status == status ? reported : new ContractError(status, "", "", "");
    }

    /// <summary>Copies a report; null when it is none.</summary>
    internal static ContractError? Read(np_error_info* info) =>
        info == null || info->struct_size < np_error_info.FrozenMinimum ? null : new ContractError(
            info->code,
            Utf8Text.Decode(info->type, nuint.Min(info->type_length, MaxTypeBytes)),
            Utf8Text.Decode(info->message, nuint.Min(info->message_length, MaxMessageBytes)),
            Utf8Text.Decode(info->detail, nuint.Min(info->detail_length, MaxDetailBytes)));

    private static np_error_sink* Allocate()
    {
        var sinks = (np_error_sink*)NativeMemory.AllocZeroed(SinkCount, (nuint)sizeof(np_error_sink));
        for (int i = 0; i < SinkCount; i++)
        {
            sinks[i] = new np_error_sink { struct_size = (uint)sizeof(np_error_sink), context = sinks + i, report = &Report };
        }

        return sinks;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Report(void* context, np_error_info* info)
    {
        try
        {
            if (Read(info) is not { } error)
            {
                return np.NP_E_INVALID_ARGUMENT;
            }

            t_reported = error;
            t_sink = (nint)context;
            return np.NP_OK;
        }
        catch (Exception)
        {
            return np.NP_E_FAULT;
        }
    }
}
