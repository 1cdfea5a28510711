using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativePlugins.Abi;

namespace NativePlugins.Contracts.Interop;

/// <summary>The functions of a stream of this side's. No exception leaves one.</summary>
internal static unsafe class StreamFunctions
{
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int Read(void* context, void* buffer, nuint size, nuint* count, np_cancellation* cancellation, np_error_sink* error)
    {
        try
        {
            Stream target = Target(context);
            ContractThunk.Require(count, nameof(count));
            Span<byte> into = ContractThunk.Span<byte>(buffer, AtMost(size), nameof(buffer));
            if (cancellation == null)
            {
                *count = (nuint)target.Read(into);
                return np.NP_OK;
            }

            // A Stream has no other way to be cancelled.
            using var token = new BorrowedToken((nint)cancellation);
            using var memory = new BorrowedMemory<byte>(buffer, into.Length);
            *count = (nuint)Wait(target.ReadAsync(memory.Memory, token.Token));
            return np.NP_OK;
        }
        catch (Exception exception)
        {
            return Report(error, exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int Write(void* context, void* data, nuint size, np_cancellation* cancellation, np_error_sink* error)
    {
        try
        {
            Stream target = Target(context);
            Span<byte> from = ContractThunk.Span<byte>(data, size, nameof(data));
            if (cancellation == null)
            {
                target.Write(from);
                return np.NP_OK;
            }

            using var token = new BorrowedToken((nint)cancellation);
            using var memory = new BorrowedMemory<byte>(data, from.Length);
            Wait(target.WriteAsync(memory.Memory, token.Token));
            return np.NP_OK;
        }
        catch (Exception exception)
        {
            return Report(error, exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int Flush(void* context, np_cancellation* cancellation, np_error_sink* error)
    {
        try
        {
            Stream target = Target(context);
            if (cancellation == null)
            {
                target.Flush();
                return np.NP_OK;
            }

            using var token = new BorrowedToken((nint)cancellation);
            Wait(new ValueTask(target.FlushAsync(token.Token)));
            return np.NP_OK;
        }
        catch (Exception exception)
        {
            return Report(error, exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int Seek(void* context, long offset, int origin, long* position, np_error_sink* error)
    {
        try
        {
            Stream target = Target(context);
            ContractThunk.Require(position, nameof(position));
            *position = target.Seek(offset, origin switch
            {
                np.NP_SEEK_BEGIN => SeekOrigin.Begin,
                np.NP_SEEK_CURRENT => SeekOrigin.Current,
                np.NP_SEEK_END => SeekOrigin.End,
                _ => throw new ArgumentException($"origin is {origin}; NP_SEEK_BEGIN, NP_SEEK_CURRENT or NP_SEEK_END was expected."),
            });
            return np.NP_OK;
        }
        catch (Exception exception)
        {
            return Report(error, exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int GetLength(void* context, long* length, np_error_sink* error)
    {
        try
        {
            Stream target = Target(context);
            ContractThunk.Require(length, nameof(length));
            *length = target.Length;
            return np.NP_OK;
        }
        catch (Exception exception)
        {
            return Report(error, exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int SetLength(void* context, long length, np_error_sink* error)
    {
        try
        {
            Target(context).SetLength(length);
            return np.NP_OK;
        }
        catch (Exception exception)
        {
            return Report(error, exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int ReadAsync(void* context, void* buffer, nuint size, np_cancellation* cancellation, np_completion* completion, np_error_sink* error)
    {
        AsyncAnswer? answer = null;
        try
        {
            Stream target = Target(context);
            answer = Answer(context, cancellation, completion);
            answer.Follow<nuint, ValueShape<nuint>>(GivenStream.Count(target.ReadAsync(answer.Memory<byte>(buffer, AtMost(size), nameof(buffer)), answer.Token)));
            return np.NP_OK;
        }
        catch (Exception exception)
        {
            answer?.End();
            return Report(error, exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int WriteAsync(void* context, void* data, nuint size, np_cancellation* cancellation, np_completion* completion, np_error_sink* error)
    {
        AsyncAnswer? answer = null;
        try
        {
            Stream target = Target(context);
            answer = Answer(context, cancellation, completion);
            answer.Follow(target.WriteAsync(answer.Memory<byte>(data, size, nameof(data)), answer.Token));
            return np.NP_OK;
        }
        catch (Exception exception)
        {
            answer?.End();
            return Report(error, exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int FlushAsync(void* context, np_cancellation* cancellation, np_completion* completion, np_error_sink* error)
    {
        AsyncAnswer? answer = null;
        try
        {
            Stream target = Target(context);
            answer = Answer(context, cancellation, completion);
            answer.Follow(target.FlushAsync(answer.Token));
            return np.NP_OK;
        }
        catch (Exception exception)
        {
            answer?.End();
            return Report(error, exception);
        }
    }

    // A stream is always an object, and this side gives it as a GivenStream only.
    private static Stream Target(void* context) => ((GivenStream)ContractExport.ObjectTarget<IByteStream>((nint)context)).Stream;

    private static AsyncAnswer Answer(void* context, np_cancellation* cancellation, np_completion* completion) =>
        new((nint)context, (nint)completion, (nint)cancellation) { IsOfStream = true };

    // Who reads gets what there is, so a buffer may be larger than a span can be.
    private static nuint AtMost(nuint size) => nuint.Min(size, (nuint)Array.MaxLength);

    private static int Wait(ValueTask<int> reading) => reading.IsCompleted ? reading.GetAwaiter().GetResult() : reading.AsTask().GetAwaiter().GetResult();

    private static void Wait(ValueTask ending)
    {
        if (ending.IsCompleted)
        {
            ending.GetAwaiter().GetResult();
        }
        else
        {
            ending.AsTask().GetAwaiter().GetResult();
        }
    }

    private static int Report(np_error_sink* error, Exception exception) => ContractThunk.Report((nint)error, exception, isOfStream: true);
}
