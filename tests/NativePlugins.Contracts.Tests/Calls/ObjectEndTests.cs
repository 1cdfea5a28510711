using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativePlugins.Abi;
using NativePlugins.Contracts.Interop;

namespace NativePlugins.Contracts.Tests.Calls;

/// <summary>The end of objects that were given to the other side, at the moments that calls seldom meet.</summary>
public class ObjectEndTests
{
    private readonly GivenSide _giver = new();
    private readonly GivenSide _taker = new();

    [Fact]
    public void An_object_whose_hand_over_has_not_ended_is_not_released_with_the_instance()
    {
        var outlet = new Outlet();
        ObjectReference reference = _taker.Take<IOutlet>(_giver.Given.Give<IOutlet>(outlet), isHandOver: true);

        _taker.Invalidate();
        _taker.ReleaseAll(waitsForCalls: false);
        Assert.Equal(1, _giver.GivenCount);

        reference.Leave();
        Assert.Equal(0, _giver.GivenCount);
    }

    [Fact]
    public async Task An_object_whose_end_waits_for_a_call_is_released_by_that_call_when_its_instance_has_ended()
    {
        var flushed = new Flushed();
        ObjectReference reference = _taker.Take<IFlushed>(_giver.Given.Give<IFlushed>(flushed), isHandOver: true);
        ValueTask ending = reference.DisposeAsync();
        _taker.Invalidate();
        _taker.IsOpen = false;
        _taker.ReleaseAll(waitsForCalls: false);
        Assert.False(ending.IsCompleted);

        reference.Leave();

        Assert.Equal(0, _giver.GivenCount);
        await ending;
    }

    [Fact]
    public void An_object_that_nobody_wants_is_released_by_the_last_who_was_handed_it()
    {
        var outlet = new Outlet();
        ObjectReference first = _taker.Take<IOutlet>(_giver.Given.Give<IOutlet>(outlet));
        ObjectReference second = _taker.Take<IOutlet>(_giver.Given.Give<IOutlet>(outlet));
        Assert.Same(first, second);

        first.Discard();
        Assert.Equal((1, false), (_giver.GivenCount, outlet.IsEnded));

        second.Discard();
        Assert.Equal((0, true), (_giver.GivenCount, outlet.IsEnded));
    }

    [Fact]
    public void A_hand_over_that_fails_after_the_object_was_released_takes_no_other_object_back()
    {
        var outlet = new Outlet();
        var other = new Outlet();
        GivenObject given = _giver.Given.Give<IOutlet>(outlet);
        _taker.Take<IOutlet>(given).Dispose();
        _giver.Given.Give<IOutlet>(other);

        given.Undo();

        Assert.Equal(1, _giver.GivenCount);
    }

    [Fact]
    public void A_result_that_cannot_be_handed_over_is_disposed_of()
    {
        var outlet = new Outlet();
        _giver.Reclaim();

        Assert.Throws<ObjectDisposedException>(() => GivenObject.OfResult<IOutlet>(_giver.Side, 0, outlet));

        Assert.True(outlet.IsEnded);
    }

    [Fact]
    public void A_result_that_is_refused_and_throws_at_its_end_completes_its_call_once()
    {
        var completions = new List<int>();
        var context = GCHandle.Alloc(completions);
        ObjectReference callee = _taker.Take<IOutlet>(_giver.Given.Give<IOutlet>(new Outlet()));
        AnswerLater(callee.Context, new Outlet { Failure = new IOException("not flushed") }, context);

        Assert.Equal([np.NP_OK], completions);
        Assert.Equal("not flushed", Assert.Single(_giver.Failures).Message);
        context.Free();
    }

    [Fact]
    public async Task A_stream_that_is_disposed_of_before_its_first_item_ends_its_owner()
    {
        var flushed = new Flushed();
        var items = new StreamItems<int>(flushed, (_, _) => throw new InvalidOperationException());

        await items.GetAsyncEnumerator().DisposeAsync();

        Assert.True(flushed.IsEnded);
    }

    private static unsafe void AnswerLater(nint callee, IOutlet result, GCHandle completions)
    {
        var refusing = new np_completion { struct_size = (uint)sizeof(np_completion), context = (void*)GCHandle.ToIntPtr(completions), complete = &Refuse };
        new AsyncAnswer(callee, (nint)(&refusing), 0).Follow<IOutlet?, OptionalObjectShape<IOutlet>>(Task.FromResult<IOutlet?>(result));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe int Refuse(void* context, int status, void* data, nuint size, np_error_info* error)
    {
        ((List<int>)GCHandle.FromIntPtr((nint)context).Target!).Add(status);
        return np.NP_E_INVALID_ARGUMENT;
    }

    private sealed class Outlet : IOutlet
    {
        public Exception? Failure { get; init; }

        public bool IsEnded { get; private set; }

        public void Write(string text)
        {
        }

        public IOutlet Open(string name) => this;

        public void Dispose()
        {
            IsEnded = true;
            if (Failure is not null)
            {
                throw Failure;
            }
        }
    }

    private sealed class Flushed : IFlushed
    {
        public bool IsEnded { get; private set; }

        public void Add(int value)
        {
        }

        public ValueTask DisposeAsync()
        {
            IsEnded = true;
            return default;
        }
    }
}
