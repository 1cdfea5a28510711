using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using NativePlugins.Abi;

namespace NativePlugins.Contracts.Interop;

/// <summary>An asynchronous call as its callee sees it: what came with it stays usable until it completes. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1001", Justification = "End lets go of it.")]
public sealed class AsyncAnswer
{
    private readonly nint _completion;
    private readonly nint _context;
    private readonly ContractSide _side;
    private readonly BorrowedToken _token;
    private List<IDisposable>? _borrowed;
    private List<IHandOver>? _received;

    /// <summary>Takes a call.</summary>
    /// <param name="context">The context of the function that was called.</param>
    /// <param name="completion">The address of the np_completion.</param>
    /// <param name="cancellation">The address of the np_cancellation, or 0.</param>
    /// <exception cref="ArgumentException">One of them is not complete.</exception>
    public unsafe AsyncAnswer(nint context, nint completion, nint cancellation)
    {
        var native = (np_completion*)completion;
        if (native == null || native->struct_size < np_completion.FrozenMinimum || native->complete == null)
        {
            throw new ArgumentException("The completion is no complete np_completion.");
        }

        _context = context;
        _side = ContractExport.SideOf(context);
        _completion = completion;
        _token = new BorrowedToken(cancellation);
    }

    /// <summary>Whether it is a call of a stream, of which an <see cref="IOException"/> is no fault.</summary>
    internal bool IsOfStream { get; init; }

    /// <summary>Cancelled when the caller no longer wants the result.</summary>
    public CancellationToken Token => _token.Token;

    /// <summary>A contract of the caller's, until the call completes.</summary>
    public unsafe T? Borrow<T>(void* table, string name, bool isOptional)
        where T : class, IPluginContract<T>
    {
        var borrowed = new BorrowedContract<T>(_context, (nint)table, name, isOptional);
        (_borrowed ??= []).Add(borrowed);
        return borrowed.Contract;
    }

    /// <summary>An object of the caller's, which is this side's if the call is followed.</summary>
    public unsafe T? Receive<T>(void* native, string name, bool isOptional)
        where T : class, IPluginContract<T>
    {
        var received = new ReceivedContract<T>(_context, (nint)native, name, isOptional);
        (_received ??= []).Add(received);
        return received.Contract;
    }

    /// <summary>Memory of the caller's, until the call completes.</summary>
    public unsafe Memory<T> Memory<T>(void* items, nuint length, string name)
        where T : unmanaged
    {
        _ = ContractThunk.Span<T>(items, length, name);
        var memory = new BorrowedMemory<T>(items, (int)length);
        (_borrowed ??= []).Add(memory);
        return memory.Memory;
    }

    /// <summary>Completes the call when the task does.</summary>
    public void Follow(ValueTask task)
    {
        KeepReceived();
        _ = Finish(task);
    }

    /// <summary>Completes the call when the task does.</summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <typeparam name="TShape">How it crosses.</typeparam>
    public void Follow<T, TShape>(ValueTask<T> task)
        where TShape : IAsyncShape<T>
    {
        KeepReceived();
        _ = Finish<T, TShape>(task);
    }

    /// <summary>Completes the call when the task does.</summary>
    public void Follow(Task? task) => Follow(task is null ? ValueTask.FromException(NoTask()) : new ValueTask(task));

    /// <summary>Completes the call when the task does.</summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <typeparam name="TShape">How it crosses.</typeparam>
    public void Follow<T, TShape>(Task<T>? task)
        where TShape : IAsyncShape<T> => Follow<T, TShape>(task is null ? ValueTask.FromException<T>(NoTask()) : new ValueTask<T>(task));

    /// <summary>Lets go of what came with the call. The completion is not called.</summary>
    public void End()
    {
        _token.Dispose();
        if (_borrowed is not null)
        {
            foreach (IDisposable borrowed in _borrowed)
            {
                borrowed.Dispose();
            }
        }

        if (_received is not null)
        {
            foreach (IHandOver received in _received)
            {
                received.Dispose();
            }
        }
    }

    internal static unsafe int Complete(nint completion, ReadOnlySpan<byte> bytes)
    {
        var native = (np_completion*)completion;
        fixed (byte* start = bytes)
        {
            return native->complete(native->context, np.NP_OK, start, (nuint)bytes.Length, null);
        }
    }

    // The function is about to return NP_OK, which ends the hand-over of what came with the call.
    private void KeepReceived()
    {
        if (_received is null)
        {
            return;
        }

        foreach (IHandOver received in _received)
        {
            received.Keep();
        }
    }

    [SuppressMessage("Usage", "CA2201", Justification = "It is what awaiting the result within one runtime would throw.")]
    private static NullReferenceException NoTask() => new("The member has returned null and not a task.");

    private async Task Finish(ValueTask task)
    {
        Exception? failure = null;
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            failure = e;
        }

        End();
        if (failure is null)
        {
            Complete(_completion, []);
        }
        else
        {
            Fail(failure);
        }
    }

    private async Task Finish<T, TShape>(ValueTask<T> task)
        where TShape : IAsyncShape<T>
    {
        T result;
        try
        {
            result = await task.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            End();
            Fail(e);
            return;
        }

        End();
        Send<T, TShape>(result);
    }

    [SuppressMessage("Design", "CA1031", Justification = "The caller waits for an answer, whatever it is.")]
    private void Send<T, TShape>(T result)
        where TShape : IAsyncShape<T>
    {
        try
        {
            _ = TShape.Send(_side, _completion, result);
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    private unsafe void Fail(Exception exception)
    {
        var native = (np_completion*)_completion;
        int status = ContractThunk.StatusOf(exception, IsOfStream);
        try
        {
            using var text = new ErrorText(status, exception);
            np_error_info info = text.Info;
            _ = native->complete(native->context, status, null, 0, &info);
        }
        catch (OutOfMemoryException)
        {
            _ = native->complete(native->context, status, null, 0, null);
        }
    }
}
