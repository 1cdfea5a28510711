using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text;
using NativePlugins.Abi;

namespace NativePlugins.Contracts.Interop;

/// <summary>What the functions of a table do besides calling their object. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class ContractThunk
{
    /// <summary>Reports an exception, which must not leave the function, and returns the status that stands for it.</summary>
    /// <param name="error">The address of the caller's np_error_sink, or 0.</param>
    /// <param name="exception">The exception.</param>
    public static int Report(nint error, Exception exception) => Report(error, exception, isOfStream: false);

    /// <param name="isOfStream">Whether a stream has thrown it, of which an <see cref="IOException"/> is no fault.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int Report(nint error, Exception exception, bool isOfStream)
    {
        int status = StatusOf(exception, isOfStream);
        var sink = (np_error_sink*)error;
        if (sink != null && sink->struct_size >= np_error_sink.FrozenMinimum && sink->report != null)
        {
            try
            {
                using var text = new ErrorText(status, exception);
                np_error_info info = text.Info;
                _ = sink->report(sink->context, &info);
            }
            catch (Exception)
            {
                // There is no memory for the text; the caller gets the status without it.
            }
        }

        return status;
    }

    /// <summary>Throws what stands for a broken rule of the contract: a NULL where there must be something.</summary>
    /// <param name="address">The address.</param>
    /// <param name="name">The parameter.</param>
    /// <exception cref="ArgumentException">It is NULL.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Require(void* address, string name)
    {
        if (address == null)
        {
            ThrowNull(name);
        }
    }

    /// <summary>Checks the result's np_sink.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static void RequireSink(void* sink)
    {
        if (sink == null || ((np_sink*)sink)->struct_size < np_sink.FrozenMinimum || ((np_sink*)sink)->write == null)
        {
            throw new ArgumentException("The result is no complete np_sink.");
        }
    }

    /// <summary>Checks the np_sink of a parameter that is out or ref.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static void RequireSink(void* sink, string name)
    {
        if (sink == null || ((np_sink*)sink)->struct_size < np_sink.FrozenMinimum || ((np_sink*)sink)->write == null)
        {
            throw new ArgumentException($"{name} is no complete np_sink.");
        }
    }

    /// <summary>A text of the caller's. What is no UTF-8 becomes U+FFFD.</summary>
    /// <exception cref="ArgumentException">It is NULL with a length, or too long.</exception>
    public static string Text(sbyte* text, nuint length, string name) =>
        Encoding.UTF8.GetString(Span<byte>(text, length, name));

    /// <summary>Elements of the caller's.</summary>
    /// <exception cref="ArgumentException">They are NULL with a length, or more than a span can have.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<T> Span<T>(void* items, nuint length, string name)
        where T : unmanaged
    {
        if ((items == null && length != 0) || length > (nuint)Array.MaxLength)
        {
            ThrowSpan(items == null, length, name);
        }

        return new Span<T>(items, (int)length);
    }

    /// <summary>Hands a text over as the result, and returns the status of the caller's sink.</summary>
    public static int Write(void* sink, string? text)
    {
        using var bytes = new Utf8Argument(text ?? "", nameof(text), stackalloc byte[Utf8Argument.StackSize]);
        return Write(sink, bytes.Bytes);
    }

    /// <summary>Hands an array over as the result, and returns the status of the caller's sink.</summary>
    public static int Write<T>(void* sink, T[]? items)
        where T : unmanaged
    {
        ReadOnlySpan<T> span = items;
        fixed (T* start = span)
        {
            return ((np_sink*)sink)->write(((np_sink*)sink)->context, start, (nuint)span.Length * (nuint)sizeof(T));
        }
    }

    internal static int StatusOf(Exception exception, bool isOfStream) => exception switch
    {
        IOException when isOfStream => np.NP_E_IO,
        ArgumentException or DataRuleException => np.NP_E_INVALID_ARGUMENT,
        InvalidOperationException => np.NP_E_INVALID_STATE,
        NotSupportedException => np.NP_E_UNSUPPORTED,
        OperationCanceledException => np.NP_E_CANCELLED,
        OutOfMemoryException => np.NP_E_OUT_OF_MEMORY,
        _ => np.NP_E_FAULT,
    };

    private static int Write(void* sink, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            return ((np_sink*)sink)->write(((np_sink*)sink)->context, start, (nuint)bytes.Length);
        }
    }

    private static void ThrowNull(string name) => throw new ArgumentException($"{name} is NULL.");

    private static void ThrowSpan(bool isNull, nuint length, string name) => throw new ArgumentException(
        isNull ? $"{name} is NULL, and its length is {length}." : $"{name} has {length} elements; {Array.MaxLength} at most are possible.");
}
