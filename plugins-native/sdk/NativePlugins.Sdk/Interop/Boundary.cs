using NativePlugins.Abi;
using NativePlugins.Contracts.Interop;
using NativePlugins.Sdk.Text;

namespace NativePlugins.Sdk.Interop;

/// <summary>What an export does instead of letting an exception leave: it would end the process.</summary>
internal static unsafe class Boundary
{
    /// <summary>Reports an exception to the caller and returns the status that stands for it.</summary>
    public static int Report(np_error_sink* error, Exception exception, bool cancellationRequested = false)
    {
        int status = exception switch
        {
            OperationCanceledException when cancellationRequested => np.NP_E_CANCELLED,
            PluginConfigurationException => np.NP_E_CONFIGURATION,
            PluginStateException => np.NP_E_UNSUPPORTED,
            OutOfMemoryException => np.NP_E_OUT_OF_MEMORY,
            SinkRefusedException refused => refused.Status,
            _ => np.NP_E_FAULT,
        };
        try
        {
            Report(
                error, status, ExceptionText.Type(exception), ExceptionText.Message(exception), ExceptionText.Detail(exception));
        }
        catch (Exception)
        {
            // There is no memory for the text; the caller gets the status without it.
        }

        return status;
    }

    /// <summary>Reports that the caller broke a rule, and returns <paramref name="status"/>.</summary>
    public static int Refuse(np_error_sink* error, int status, string message)
    {
        try
        {
            Report(error, status, "", message, "");
        }
        catch (Exception)
        {
            // There is no memory for the text here either.
        }

        return status;
    }

    private static void Report(np_error_sink* error, int code, string type, string message, string detail)
    {
        if (error == null || error->struct_size < np_error_sink.FrozenMinimum || error->report == null)
        {
            return;
        }

        using var typeText = new Utf8Argument(type, nameof(type), stackalloc byte[Utf8Argument.StackSize]);
        using var messageText = new Utf8Argument(message, nameof(message), stackalloc byte[Utf8Argument.StackSize]);
        using var detailText = new Utf8Argument(detail, nameof(detail), stackalloc byte[Utf8Argument.StackSize]);
        fixed (byte* typeStart = typeText.Bytes)
        fixed (byte* messageStart = messageText.Bytes)
        fixed (byte* detailStart = detailText.Bytes)
        {
            var info = new np_error_info
            {
                struct_size = (uint)sizeof(np_error_info),
                code = code,
                type = (sbyte*)typeStart,
                type_length = (nuint)typeText.Bytes.Length,
                message = (sbyte*)messageStart,
                message_length = (nuint)messageText.Bytes.Length,
                detail = (sbyte*)detailStart,
                detail_length = (nuint)detailText.Bytes.Length,
            };
            _ = error->report(error->context, &info);
        }
    }
}
