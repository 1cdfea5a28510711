using NativePlugins.Abi;
using NativePlugins.Contracts.Interop;

namespace NativePlugins.Sdk.Interop;

/// <summary>Calls into np.log/1.</summary>
internal static unsafe class LogService
{
    public static bool IsEnabled(HostTable host, PluginLogLevel level)
    {
        np_log* log = host.Log;
        int enabled = 0;
        return log != null && log->is_enabled(log->context, (int)level, &enabled) == np.NP_OK && enabled != 0;
    }

    public static void Write(
        HostTable host, PluginLogLevel level, string category, string? message, Exception? exception, int eventId)
    {
        np_log* log = host.Log;
        if (log == null)
        {
            return;
        }

        using var categoryText = new Utf8Argument(category, nameof(category), stackalloc byte[Utf8Argument.StackSize]);
        using var messageText = new Utf8Argument(message ?? "", nameof(message), stackalloc byte[Utf8Argument.StackSize]);
        using var detailText = new Utf8Argument(
            exception is null ? "" : ExceptionText.Full(exception), nameof(exception), stackalloc byte[Utf8Argument.StackSize]);
        using var traceText = new Utf8Argument(CommandCall.CurrentTraceParent ?? "", nameof(CommandCall.CurrentTraceParent), stackalloc byte[Utf8Argument.StackSize]);
        fixed (byte* categoryStart = categoryText.Bytes)
        fixed (byte* messageStart = messageText.Bytes)
        fixed (byte* detailStart = detailText.Bytes)
        fixed (byte* traceStart = traceText.Bytes)
        {
            var record = new np_log_record
            {
                struct_size = (uint)sizeof(np_log_record),
                level = (int)level,
                event_id = eventId,
                category = (sbyte*)categoryStart,
                category_length = (nuint)categoryText.Bytes.Length,
                message = (sbyte*)messageStart,
                message_length = (nuint)messageText.Bytes.Length,
                detail = (sbyte*)detailStart,
                detail_length = (nuint)detailText.Bytes.Length,
                traceparent = (sbyte*)traceStart,
                traceparent_length = (nuint)traceText.Bytes.Length,
            };
            _ = log->write(log->context, &record);
        }
    }
}
