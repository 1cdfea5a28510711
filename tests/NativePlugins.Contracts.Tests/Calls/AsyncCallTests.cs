using NativePlugins.Abi;
using NativePlugins.Contracts.Interop;

namespace NativePlugins.Contracts.Tests.Calls;

/// <summary>The life of an asynchronous call on its caller's side. Alone, as it looks at which frames are in use.</summary>
[Collection(nameof(AsyncCallTests))]
[CollectionDefinition(nameof(AsyncCallTests), DisableParallelization = true)]
public class AsyncCallTests
{
    [Fact]
    public void The_lease_lasts_until_the_function_has_returned_though_the_call_has_completed_and_let_go()
    {
        using var work = new InProcess<IWork>(new Work());
        var log = new LeaseLog();

        Task<int> call = Proxy<IWork>(work.Table, log).AddLater(1, 2, isLater: false).AsTask();

        Assert.True(call.IsCompletedSuccessfully);
        Assert.Equal(["lease", "hold", "hold ends", "lease ends"], log.Events);
    }

    [Fact]
    public void A_refused_lease_is_the_outcome_of_the_call()
    {
        using var work = new InProcess<IWork>(new Work());

        Task<int> call = Proxy<IWork>(work.Table, new LeaseLog { IsRefused = true }).AddLater(1, 2, isLater: false).AsTask();

        Assert.IsType<IOException>(Assert.Single(call.Exception!.InnerExceptions));
    }

    [Fact]
    public async Task A_second_completion_is_refused_and_does_not_complete_the_next_call()
    {
        AsyncCall<int, ValueShape<int>> first = Call(default);
        nint completion = first.Completion;
        Task<int> outcome = first.Returned(np.NP_OK, 0);
        Assert.Equal(np.NP_OK, Complete(completion, 7));

        AsyncCall<int, ValueShape<int>> second = Call(default);
        Task<int> next = second.Returned(np.NP_OK, 0);

        Assert.Equal(np.NP_E_INVALID_STATE, Complete(completion, 8));
        Assert.False(next.IsCompleted);
        Assert.Equal(np.NP_OK, Complete(second.Completion, 9));
        Assert.Equal((7, 9), (await outcome, await next));
    }

    [Fact]
    public void The_completion_of_a_call_is_that_of_no_other_for_hundreds_of_calls()
    {
        nint first = Completed(), last = first;
        for (int i = 0; i < 500; i++)
        {
            last = Completed();
            Assert.NotEqual(first, last);
        }

        Assert.Equal(np.NP_E_INVALID_STATE, Complete(first, 8));

        static nint Completed()
        {
            AsyncCall<int, ValueShape<int>> call = Call(default);
            _ = call.Returned(np.NP_OK, 0);
            nint completion = call.Completion;
            Assert.Equal(np.NP_OK, Complete(completion, 7));
            return completion;
        }
    }

    [Fact]
    public void A_call_that_the_function_itself_refuses_as_cancelled_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        AsyncCall<int, ValueShape<int>> call = Call(source.Token);
        source.Cancel();

        Assert.True(call.Returned(np.NP_E_CANCELLED, 0).IsCanceled);
    }

    [Fact]
    public async Task A_serialized_call_from_within_the_function_of_an_asynchronous_one_is_refused()
    {
        using var reporter = new InProcess<ILater>(new Reporter());
        Task<int>? inner = null;
        var progress = new ProgressRecorder { Then = () => inner = reporter.Proxy.Report(new ProgressRecorder()).AsTask() };

        Assert.Equal(1, await reporter.Proxy.Report(progress));

        Assert.IsType<InvalidOperationException>(inner!.Exception?.InnerException);
        Assert.Equal(1, await reporter.Proxy.Report(new ProgressRecorder()));
    }

    private static AsyncCall<int, ValueShape<int>> Call(CancellationToken token) => new(new Held(0, new LeaseLog()), new Side(), "test", token);

    private static unsafe int Complete(nint completion, int value) =>
        ((np_completion*)completion)->complete(((np_completion*)completion)->context, np.NP_OK, &value, sizeof(int), null);

    private static T Proxy<T>(nint table, LeaseLog log)
        where T : class, IPluginContract<T> =>
        T.CreateProxy<Link, Lease>(new Link(table, log), ContractTurns.For(T.Descriptor), T.Descriptor.Minor);

    private sealed class LeaseLog
    {
        public bool IsRefused { get; init; }

        public List<string> Events { get; } = [];
    }

    private sealed class Reporter : ILater
    {
        public ValueTask<int> Report(IProgressSink progress)
        {
            progress.Report(0, "");
            return new ValueTask<int>(1);
        }
    }

    private readonly struct Link(nint table, LeaseLog log) : IContractLink<Lease>
    {
        public nint ErrorSink => 0;

        public ContractSide Side { get; } = new Side();

        public Lease Enter() => log.IsRefused ? throw new IOException("refused") : new Lease(table, log);

        public IContractHold Hold() => new Held(table, log);
    }

    private readonly ref struct Lease : IContractLease
    {
        private readonly LeaseLog _log;

        public Lease(nint table, LeaseLog log)
        {
            Table = table;
            _log = log;
            log.Events.Add("lease");
        }

        public nint Table { get; }

        public nint Context => ContractTable.ContextOf(Table);

        public void Dispose() => _log.Events.Add("lease ends");
    }

    private sealed class Held : IContractHold
    {
        private readonly LeaseLog _log;

        public Held(nint table, LeaseLog log)
        {
            Table = table;
            _log = log;
            log.Events.Add("hold");
        }

        public nint Table { get; }

        public nint Context => ContractTable.ContextOf(Table);

        public void Dispose() => _log.Events.Add("hold ends");
    }

    private sealed class Side : ContractSide
    {
        protected override Exception ToFault(string callee, ContractError reported, bool isDeclared) => new IOException(callee);

        protected override string Escape(string text) => text;
    }
}
