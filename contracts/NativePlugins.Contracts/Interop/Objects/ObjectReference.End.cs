using NativePlugins.Abi;

namespace NativePlugins.Contracts.Interop;

/// <content>The end of an object of the other side's.</content>
internal sealed partial class ObjectReference
{
    /// <summary>Disposes of the object. Throws what its end does, unless calls are in flight, or its instance cannot be called now.</summary>
    public void Dispose()
    {
        if (owner.Received.Close(this) && TryRelease() is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>The same where the end may take long.</summary>
    public unsafe ValueTask DisposeAsync()
    {
        if (_native.finish == null)
        {
            return owner.Received.Close(this) && TryRelease() is { } failure ? ValueTask.FromException(failure) : default;
        }

        var idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref _idle, idle, null) is not null)
        {
            return default;
        }

        if (!owner.Received.Close(this))
        {
            // The last call may have left it to this thread meanwhile.
            Volatile.Write(ref _idle, null);
            ReleaseUnwatched();
            return default;
        }

        if (Volatile.Read(ref _state) < OneCall)
        {
            idle.TrySetResult();
        }

        return new ValueTask(FinishAsync(idle.Task));
    }

    /// <summary>The proxy was collected.</summary>
    public void Leak()
    {
        if (owner.Received.Close(this))
        {
            owner.OnLeaked(contract.ServiceId);
            ReleaseUnwatched();
        }
    }

    /// <summary>Releases the object if it is time, and reports what its end throws.</summary>
    public void ReleaseUnwatched()
    {
        if (TryRelease() is { } failure)
        {
            owner.OnReleaseFailed(contract.ServiceId, failure);
        }
    }

    /// <summary>Gives all references back, and returns what went wrong. Only for who has claimed that.</summary>
    public unsafe Exception? Release()
    {
        Exception? failure = null;
        nint sink = ContractErrors.SinkFor(this);
        try
        {
            for (int i = 0; i < _references; i++)
            {
                int status = _native.release(_native.context, (np_error_sink*)sink);
                if (status != np.NP_OK)
                {
                    failure ??= owner.Side.ToException($"{contract.ServiceId} Dispose", ContractErrors.Take(sink, status), default, IsStream);
                }
            }
        }
        finally
        {
            owner.Received.Released(this);
        }

        return failure;
    }

    // The other side may be about to change: who disposes of an object does not wait for that.
    private Exception? TryRelease()
    {
        ref int entered = ref owner.TryEnter(out bool isEntered);
        if (!isEntered)
        {
            owner.Received.Postpone();
            entered = ref owner.TryEnter(out isEntered);
            if (!isEntered)
            {
                return null;
            }
        }

        try
        {
            return TryClaim() ? Release() : null;
        }
        finally
        {
            owner.Leave(ref entered);
        }
    }

    private async Task FinishAsync(Task idle)
    {
        await idle.ConfigureAwait(false);
        using IDisposable? kept = HoldToFinish(out bool isHeld);
        if (!isHeld)
        {
            // It is released without having been finished, when the instance ends or goes on.
            Volatile.Write(ref _idle, null);
            ReleaseUnwatched();
            return;
        }

        Exception? failure = null;
        if (TryClaim())
        {
            try
            {
                await Finish().ConfigureAwait(false);
            }
            catch (Exception e)
            {
                failure = e;
            }

            failure = Release() is { } released ? failure ?? released : failure;
        }

        if (failure is not null)
        {
            throw failure;
        }
    }

    private IDisposable? HoldToFinish(out bool isHeld)
    {
        ref int entered = ref owner.TryEnter(out isHeld);
        if (!isHeld)
        {
            return null;
        }

        IDisposable? kept = owner.Hold();
        owner.Leave(ref entered);
        return kept;
    }

    private unsafe Task<bool> Finish()
    {
        AsyncCall<bool, NoShape>? call = null;
        try
        {
            call = new AsyncCall<bool, NoShape>(Hold(null), owner.Side, $"{contract.ServiceId} DisposeAsync", default) { IsOfStream = IsStream };
            nint sink = ContractErrors.SinkFor(this);
            int status = _native.finish(_native.context, (np_completion*)call.Completion, (np_error_sink*)sink);
            return call.Returned(status, sink);
        }
        catch (Exception e)
        {
            return AsyncCall<bool, NoShape>.NotCalled(call, e);
        }
    }
}
