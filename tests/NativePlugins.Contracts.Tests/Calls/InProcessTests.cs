namespace NativePlugins.Contracts.Tests.Calls;

/// <summary>C# to C# in one process, under the JIT: the proxy calls the functions that the generator has emitted for the callee.</summary>
public class InProcessTests
{
    public static TheoryData<string> WorkNames => [.. WorkChecks.All.Keys];

    public static TheoryData<string> SettingsNames => [.. SettingsChecks.All.Keys];

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
}
