using NativePlugins.Abi;
using NativePlugins.Contracts.Interop;

namespace NativePlugins.Contracts.Tests.Calls;

/// <summary>Handlers of events that are added and removed while an instance takes over, or ends.</summary>
public class EventRaceTests
{
    [Fact]
    public void A_handler_whose_removal_waits_for_a_reload_is_removed_from_the_instance_that_takes_over()
    {
        using var old = new InProcess<ISignals>(new Signals());
        using var next = new InProcess<ISignals>(new Signals());
        GivenSide newSide = new();
        var way = new Way { Table = old.Table, Objects = new GivenSide() };
        ISignals signals = Proxy<ISignals>(way);
        List<int> heard = [];
        signals.Changed += heard.Add;
        Action commit = ((IContractEvents)signals).Events!.Renew(next.Table, newSide.Side, "signals");
        way.Entering = () =>
        {
            commit();
            (way.Table, way.Objects) = (next.Table, newSide);
        };

        signals.Changed -= heard.Add;

        Assert.Equal(0, next.Proxy.CountHandlers());
    }

    [Fact]
    public unsafe void A_handler_whose_instance_ends_while_it_is_added_is_let_go_of_even_if_its_removal_throws()
    {
        GivenSide giver = new(), taker = new();
        using var export = ContractExport.Create<ISignals>(new Signals(), taker.Side);
        nint context = ContractTable.ContextOf(export.Table);
        GivenObject handler = giver.Given.Give<ISignals>(new Signals());
        np_object native = *(np_object*)handler.Native;
        var failure = new InvalidOperationException("The removal fails.");
        EventSubscriber<ISignals> subscriber = EventSubscriber<ISignals>.Take(context, handler.Native, 0);

        subscriber.Add(taker.Invalidate, () => throw failure);

        Assert.Equal([failure], taker.Failures);
        Assert.Null(taker.Received.Subscribers.Take(context, 0, native));
        Assert.Equal(0, giver.GivenCount);
    }

    private static T Proxy<T>(Way way)
        where T : class, IPluginContract<T> => T.CreateProxy<Link, Lease>(new Link(way), ContractTurns.For(T.Descriptor), T.Descriptor.Minor);

    private sealed class Way
    {
        public required nint Table { get; set; }

        public required GivenSide Objects { get; set; }

        /// <summary>What happens while calls wait to begin.</summary>
        public Action? Entering { get; set; }
    }

    private readonly struct Link(Way way) : IContractLink<Lease>
    {
        public nint ErrorSink { get; } = ContractErrors.SinkFor(way);

        public ContractSide Side => way.Objects.Side;

        public Lease Enter()
        {
            way.Entering?.Invoke();
            return new Lease(way.Table);
        }

        public IContractHold Hold() => throw new NotSupportedException();
    }

    private readonly ref struct Lease(nint table) : IContractLease
    {
        public nint Table { get; } = table;

        public nint Context => ContractTable.ContextOf(Table);

        public void Dispose()
        {
        }
    }
}
