using static NativePlugins.TestContracts.Geometry.Plane.Shapes;

namespace NativePlugins.Contracts.Tests.Calls;

/// <summary>C# to C# in one process, under the JIT: the proxy calls the functions that the generator has emitted for the callee.</summary>
public class InProcessTests
{
    public static TheoryData<string> WorkNames => [.. WorkChecks.All.Keys];

    public static TheoryData<string> SettingsNames => [.. SettingsChecks.All.Keys];

    public static TheoryData<string> TaskNames => [.. TaskChecks.All.Keys];

    public static TheoryData<string> ValueNames => [.. ValueChecks.All.Keys];

    public static TheoryData<string> RecordNames => [.. RecordChecks.All.Keys];

    public static TheoryData<string> FigureNames => [.. FigureChecks.All.Keys];

    public static TheoryData<string> ExchangeNames => [.. ExchangeChecks.All.Keys];

    public static TheoryData<string> ObjectNames => [.. ObjectChecks.All.Keys];

    public static TheoryData<string> CallbackNames => [.. CallbackChecks.All.Keys];

    public static TheoryData<string> EventNames => [.. EventChecks.All.Keys];

    public static TheoryData<string> StreamNames => [.. StreamChecks.All.Keys];

    public static TheoryData<string> PipeNames => [.. PipeChecks.All.Keys];

    public static TheoryData<string> ShapeNames => [.. ShapeChecks.All.Keys];

    [Fact]
    public async Task Items_that_do_not_heed_their_token_do_not_keep_who_leaves_them()
    {
        var stubborn = new StubbornStreams();
        using var streams = new InProcess<IStreams>(stubborn);

        await foreach (long _ in streams.Proxy.Wait())
        {
            break;
        }

        Assert.Equal(1, await streams.Proxy.Sum(stubborn.Numbers(), 1, CancellationToken.None));
        Assert.Equal((2, 0), (stubborn.Begun, stubborn.Ended));
        stubborn.GoOn();
        Check.Until(() => stubborn.Ended == 2, "they end when they like");
    }

    [Fact]
    public void Values_at_the_edges_of_every_type_arrive_in_every_position()
    {
        using var types = new InProcess<ITypes>(new Types());

        foreach (Sample sample in TypeChecks.Edges)
        {
            TypeChecks.RoundTrip(types.Proxy, sample);
        }
    }

    [Theory]
    [MemberData(nameof(WorkNames))]
    public void Work(string name)
    {
        using var work = new InProcess<IWork>(new Work());

        WorkChecks.All[name](work.Proxy);
    }

    [Theory]
    [MemberData(nameof(ObjectNames))]
    public void Objects(string name)
    {
        using var archive = new InProcess<IArchive>(new Archive());

        ObjectChecks.All[name](archive.Proxy);
    }

    [Theory]
    [MemberData(nameof(CallbackNames))]
    public void Callbacks(string name)
    {
        using var callbacks = new InProcess<ICallbacks>(new Callbacks());

        CallbackChecks.All[name](callbacks.Proxy);
    }

    [Theory]
    [MemberData(nameof(EventNames))]
    public void Events(string name)
    {
        using var signals = new InProcess<ISignals>(new Signals());

        EventChecks.All[name](signals.Proxy);
    }

    [Theory]
    [MemberData(nameof(StreamNames))]
    public void Streams(string name)
    {
        using var streams = new InProcess<IStreams>(new Streams());

        StreamChecks.All[name](streams.Proxy);
    }

    [Theory]
    [MemberData(nameof(PipeNames))]
    public void Pipes(string name)
    {
        using var pipes = new InProcess<IPipes>(new Pipes());

        PipeChecks.All[name](pipes.Proxy);
    }

    [Theory]
    [MemberData(nameof(SettingsNames))]
    public void Settings(string name)
    {
        using var settings = new InProcess<ISettings>(new Settings());

        SettingsChecks.All[name](settings.Proxy);
    }

    [Fact]
    public void A_property_that_the_other_side_does_not_know_runs_its_default_bodies()
    {
        using var settings = new InProcess<ISettings>(new Settings(), minor: 0);

        SettingsChecks.A_property_that_the_other_side_does_not_know_runs_its_default_bodies(settings.Proxy);
    }

    [Theory]
    [MemberData(nameof(TaskNames))]
    public void Tasks(string name)
    {
        using var tasks = new InProcess<ITasks>(new Tasks());

        TaskChecks.All[name](tasks.Proxy);
    }

    [Theory]
    [MemberData(nameof(FigureNames))]
    public void Figures(string name)
    {
        using var figures = new InProcess<IFigures>(new Figures());

        FigureChecks.All[name](figures.Proxy);
    }

    [Theory]
    [MemberData(nameof(ExchangeNames))]
    public void Exchange(string name)
    {
        using var exchange = new InProcess<IExchange>(new Exchange());

        ExchangeChecks.All[name](exchange.Proxy);
    }

    [Theory]
    [MemberData(nameof(ShapeNames))]
    public void Shapes(string name)
    {
        using var shape = new InProcess<IResizable>(new Shape());

        ShapeChecks.All[name](shape.Proxy);
    }

    [Theory]
    [MemberData(nameof(ValueNames))]
    public void Values(string name)
    {
        using var values = new InProcess<IValues>(new ValueObject());

        ValueChecks.All[name](values.Proxy);
    }

    [Theory]
    [MemberData(nameof(RecordNames))]
    public void Records(string name)
    {
        using var records = new InProcess<IRecords>(new Records());

        RecordChecks.All[name](records.Proxy);
    }

    [Fact]
    public async Task Null_in_place_of_a_task_is_a_fault_of_the_callee_and_not_of_its_caller()
    {
        using var tasks = new InProcess<ITasks>(new NoTasks());

        IOException ending = await Assert.ThrowsAsync<IOException>(() => tasks.Proxy.FailLater(""));
        IOException sum = await Assert.ThrowsAsync<IOException>(() => tasks.Proxy.AddLater(1, 2, isLater: false));

        Assert.All([ending, sum], e => Assert.Contains("The member has returned null and not a task.", e.Message, StringComparison.Ordinal));
    }

    private sealed class StubbornStreams : Streams, IStreams
    {
        private readonly TaskCompletionSource _goesOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _ended;

        public int Begun { get; private set; }

        public int Ended => Volatile.Read(ref _ended);

        public void GoOn() => _goesOn.SetResult();

        IAsyncEnumerable<long> IStreams.Wait() => Numbers().Select(static number => (long)number);

        public async IAsyncEnumerable<int> Numbers()
        {
            Begun++;
            try
            {
                yield return 1;
                yield return 2;
                await _goesOn.Task;
            }
            finally
            {
                Interlocked.Increment(ref _ended);
            }
        }
    }

    private sealed class NoTasks : ITasks
    {
        public Task<int> AddLater(int a, int b, bool isLater) => null!;

        public void Complete()
        {
        }

        public Task Reverse(Memory<byte> bytes, ReadOnlyMemory<byte> added, CancellationToken cancellationToken) => null!;

        public Task<string> EchoText(string value, CancellationToken cancellationToken) => null!;

        public Task<Box[]> EchoBoxes(ReadOnlyMemory<Box> values) => null!;

        public Task<bool> Negate(bool value) => null!;

        public Task WaitLater(CancellationToken cancellationToken) => null!;

        public Task FailLater(string how) => null!;
    }
}
