using System.Text.RegularExpressions;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>
/// What a fault does to an application on CoreCLR that carries NativeAOT libraries: the same with the dispatcher as in the chain of
/// handlers that the runtimes make without it.
/// </summary>
public partial class FaultTests
{
    public static TheoryData<string, string, string> Endings { get; } = new()
    {
        { "application", "overflow", "signal 6" },
        { "application", "null-call", "signal 11" },
        { "application", "abort", "signal 6" },
        { "application", "unhandled", "signal 6" },
        { "application", "division", "exit 0" },
        { "plugin", "overflow", "signal 6" },
        { "plugin", "null-call", "signal 11" },
        { "plugin", "bad-read", "signal 6" },
        { "plugin", "stray-call", "signal 11" },
        { "plugin", "division", "exit 0" },
        { "native", "overflow", "signal 6" },
        { "native", "null-call", "signal 11" },
        { "native", "abort", "signal 6" },
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public void A_process_ends_with_the_dispatcher_as_without(string who, string how, string ending)
    {
        string[] arguments = ["ending", who, how, Repository.Probe, NativeFixtures.PathOf("ends_badly")];

        HostResult with = ManagedEmbedder.Run(arguments);
        HostResult without = ManagedEmbedder.RunWith(ManagedEmbedder.WithoutDispatcher, new HostEnvironment(), arguments);

        Assert.Equal((ending, ending), (with.Ended, without.Ended));
        Assert.StartsWith("itself: caught, plugin: caught\n", with.Output, StringComparison.Ordinal);
        Assert.Equal((without.Output, FirstLine(without.Error)), (with.Output, FirstLine(with.Error)));
    }

    [Fact]
    public void A_runtime_that_hangs_at_its_start_does_not_keep_others_from_theirs()
    {
        using var scratch = new Scratch();
        string[] hanging = [SaidToBeNativeAot(scratch, "first"), SaidToBeNativeAot(scratch, "second")];

        HostResult result = ManagedEmbedder.Run(["start-turn", Repository.Probe, .. hanging]).Exits(0);

        Assert.Equal(
            """
            NP5004: entry of the plugin 'first' did not return in time: none; the plugin is in quarantine
            loaded
            NP5004: the turn to start the runtime of the plugin 'N' did not return in time: none; the runtime of the plugin 'second' is still starting

            """,
            OfCopies().Replace(result.Output, "'N'"));
    }

    [Fact]
    public void A_signal_from_outside_ends_the_process_with_the_dispatcher_as_without()
    {
        Assert.Equal(EndBySignal(ManagedEmbedder.WithoutDispatcher), EndBySignal(null));
    }

    [Fact]
    public void A_crash_dump_is_written_with_the_dispatcher_as_without()
    {
        Assert.Equal(WritesDump(ManagedEmbedder.WithoutDispatcher), WritesDump(null));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(ManagedEmbedder.WithoutDispatcher)]
    public void Handlers_of_others_before_between_and_after_are_called_as_they_expect(string? property)
    {
        HostResult result = ManagedEmbedder.RunWith(
            property, new HostEnvironment(), "foreign-handler", Repository.Probe, NativeFixtures.PathOf("fault_grabber"));

        string seen = property is null ? "5, 5, 5" : "1, 3, 5";
        Assert.Equal($"itself: caught\nplugins: caught, caught, caught, caught\nthe handlers saw: {seen}\n", result.Exits(0).Output);
    }

    [Fact]
    public void A_plugin_in_C_that_takes_the_signals_of_faults_is_reported()
    {
        HostResult result = HostProcess.Run(NativeFixtures.PathOf("fault_grabber")).Exits(0);

        Assert.Contains("has changed what the process does on signals: SIGSEGV, SIGBUS", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_runtime_of_a_plugin_in_CSharp_is_not_reported()
    {
        HostResult result = HostProcess.Run(Repository.Probe, "null-reference").Exits(0);

        Assert.Equal("", result.Error);
    }

    private static string SaidToBeNativeAot(Scratch scratch, string stem)
    {
        string library = scratch.Fixture("entry_hangs", $"lib{stem}.so");
        scratch.Write($"lib{stem}.plugin.json", """
            {
              "manifestVersion": 1, "id": "entry_hangs", "name": "Hangs", "version": "1.0.0", "abi": "1.0", "services": [], "language": "C",
              "runtime": "nativeaot", "runtimeVersion": "10.0.0", "rid": "any", "library": "lib%.so", "files": []
            }
            """.Replace("%", stem, StringComparison.Ordinal));
        return library;
    }

    private static string EndBySignal(string? property)
    {
        using HostProcess process = ManagedEmbedder.Start(
            property, new HostEnvironment(), "ending", "application", "wait", Repository.Probe, NativeFixtures.PathOf("ends_badly"));
        process.WaitForOutput("waiting");
        process.Signal("SEGV");
        process.Input.WriteLine("still here");
        HostResult result = process.WaitForEnd();
        return $"{result.Ended}: {result.Output}";
    }

    private static bool WritesDump(string? property)
    {
        using var scratch = new Scratch();
        string dump = scratch.PathOf("dump");
        var environment = new HostEnvironment { Variables = { ["DOTNET_DbgEnableMiniDump"] = "1", ["DOTNET_DbgMiniDumpType"] = "1", ["DOTNET_DbgMiniDumpName"] = dump } };

        ManagedEmbedder.RunWith(
            property, environment, "ending", "plugin", "null-call", Repository.Probe, NativeFixtures.PathOf("ends_badly"));

        return File.Exists(dump);
    }

    [GeneratedRegex(@"'\d+'")]
    private static partial Regex OfCopies();

    // Without the dispatcher nobody says which plugin it was.
    private static string FirstLine(string text) => text.Split('\n').First(line => !line.StartsWith("NativePlugins: ", StringComparison.Ordinal));
}
