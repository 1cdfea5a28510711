using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using NativePlugins.Host;

namespace NativePlugins.Contracts.Tests.Calls;

/// <summary>Contracts of real plugins, under the JIT and in a program that NativeAOT has compiled.</summary>
public class PluginTests(TestPlugins plugins) : IClassFixture<TestPlugins>
{
    public static IEnumerable<object[]> Checks =>
        TestPlugins.Names.SelectMany(plugin => PluginChecks.Of(plugin).Keys.Select(check => new object[] { plugin, check }));

    public static TheoryData<string> RogueNames => [.. RogueChecks.All.Keys];

    public static IEnumerable<object[]> OldChecks =>
        TestPlugins.OldNames.SelectMany(plugin => PluginChecks.Old.Keys.Select(check => new object[] { plugin, check }));

    public static TheoryData<string> ObjectRules => [.. ObjectRuleChecks.All.Keys];

    public static TheoryData<string> EventRules => [.. EventRuleChecks.All.Keys];

    public static TheoryData<string> StreamRules => [.. StreamRuleChecks.All.Keys];

    [Theory]
    [MemberData(nameof(Checks))]
    public void Contract(string plugin, string check) => PluginChecks.All[check](plugins[plugin]);

    [Theory]
    [MemberData(nameof(OldChecks))]
    public void Old_contract(string plugin, string check) => PluginChecks.Old[check](plugins[plugin]);

    [Theory]
    [MemberData(nameof(RogueNames))]
    public void Rogue(string check) => RogueChecks.All[check](plugins["rogue_c"].Get<IRogue>());

    [Theory]
    [MemberData(nameof(ObjectRules))]
    public void Object_rule(string check) => ObjectRuleChecks.All[check](plugins[ObjectRuleChecks.PluginId]);

    [Theory]
    [MemberData(nameof(EventRules))]
    public void Event_rule(string check) => EventRuleChecks.All[check](plugins[EventRuleChecks.PluginId]);

    [Theory]
    [MemberData(nameof(StreamRules))]
    public void Stream_rule(string check) => StreamRuleChecks.All[check](plugins[StreamRuleChecks.PluginId]);

    [Fact]
    public void Any_value_crosses_to_C_and_back() => AnyValue(plugins["contract_c"].Get<ITypes>());

    [Fact]
    public void Any_value_crosses_to_CSharp_and_back() => AnyValue(plugins["contract_probe"].Get<ITypes>());

    [Fact]
    public void Any_data_crosses_to_C_and_back() => AnyData(plugins["contract_c"]);

    [Fact]
    public void Any_data_crosses_to_CSharp_and_back() => AnyData(plugins["contract_probe"]);

    [CppFact]
    public void Any_data_crosses_to_Cpp_and_back() => AnyData(plugins["contract_cpp"]);

    [RustFact]
    public void Any_data_crosses_to_Rust_and_back() => AnyData(plugins["contract_rust"]);

    [Fact]
    public void The_application_sets_the_limits_of_data()
    {
        using var host = new PluginHost(new PluginHostOptions
        {
            AllowUntrustedDirectories = true, CheckManifest = false, DataLimits = new PluginDataLimits { Bytes = 1024 },
        });
        IRecords records = host.Load(plugins.PathOf("contract_c")).Get<IRecords>();

        Assert.Single(records.EchoTexts(["short"]));
        Assert.Throws<InvalidDataException>(() => records.EchoTexts([new string('x', 1024)]));
    }

    [Fact]
    public void All_plugins_that_offer_a_contract_are_found_and_one_with_another_of_that_id_is_left_out()
    {
        using PluginHost host = PluginChecks.Host(new Store());
        host.Load(plugins.PathOf("contract_c"));
        Plugin old = host.Load(plugins.PathOf("old_evolving_c"));

        Assert.Equal(old, Assert.Single(host.GetAll<IEvolving>()).Plugin);
        Assert.Empty(host.GetAll<FrozenContracts.IChanged>());
        old.Stop();
        Assert.Empty(host.GetAll<IEvolving>());
    }

    [Fact]
    [Trait("Category", "Published")]
    public void All_of_it_holds_in_a_program_that_NativeAOT_has_compiled()
    {
        string[] all = [.. TestPlugins.Names.Select(plugins.PathOf), plugins.PathOf("rogue_c"), plugins.PathOf("old_evolving_c"), plugins.PathOf("old_evolving"), plugins.PathOf(ObjectRuleChecks.PluginId), plugins.PathOf(EventRuleChecks.PluginId), plugins.PathOf(StreamRuleChecks.PluginId)];

        ProgramRun run = ProgramRun.Of(new ProcessStartInfo(TestTarget.PathOf("artifacts/fixtures/contract_checks"), all));

        string[] lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([], lines.Where(line => !line.StartsWith("passed ", StringComparison.Ordinal)));
        Assert.Equal(TestPlugins.Names.Sum(name => PluginChecks.Of(name).Count) + (2 * PluginChecks.Old.Count) + RogueChecks.All.Count + WorkChecks.All.Count + SettingsChecks.All.Count + TaskChecks.All.Count + ShapeChecks.All.Count + ValueChecks.All.Count + RecordChecks.All.Count + FigureChecks.All.Count + ExchangeChecks.All.Count + ObjectChecks.All.Count + CallbackChecks.All.Count + EventChecks.All.Count + StreamChecks.All.Count + PipeChecks.All.Count + ObjectRuleChecks.All.Count + EventRuleChecks.All.Count + StreamRuleChecks.All.Count + 4, lines.Length);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    private static void AnyData(Plugin plugin) => FsCheck.Check.One(Config.QuickThrowOnFailure, Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        seed =>
        {
            ValueChecks.RoundTrip(plugin.Get<IValues>(), new System.Random(seed));
            RecordChecks.RoundTrip(plugin.Get<IRecords>(), new System.Random(seed));
            FigureChecks.RoundTrip(plugin.Get<IFigures>(), new System.Random(seed));
            ExchangeChecks.RoundTrip(plugin.Get<IExchange>(), new System.Random(seed));
        }));

    private static void AnyValue(ITypes types)
    {
        FsCheck.Check.One(Config.QuickThrowOnFailure, Prop.ForAll(
            ArbMap.Default.GeneratorFor<int>().Select(seed => Sample.Of(new System.Random(seed))).ToArbitrary(),
            sample => TypeChecks.RoundTrip(types, sample)));
        FsCheck.Check.One(Config.QuickThrowOnFailure, Prop.ForAll(
            ArbMap.Default.ArbFor<Tuple<long, double, float>>(),
            ArbMap.Default.ArbFor<Tuple<string, string, bool>>(),
            ArbMap.Default.ArbFor<Tuple<byte[], double[]>>(),
            (numbers, texts, arrays) => TypeChecks.RoundTrip(types, new Sample
            {
                Int64 = numbers.Item1,
                Double = numbers.Item2,
                Single = numbers.Item3,
                First = texts.Item1 ?? "",
                Second = texts.Item2 ?? "",
                Bool = texts.Item3,
                Bytes = arrays.Item1 ?? [],
                Doubles = arrays.Item2 ?? [],
            })));
    }
}
