using System.Globalization;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>A thousand rounds of load, create, start, run, stop, destroy leave nothing behind.</summary>
public class RoundsTests
{
    // A leak of 1 KB a round would be 1,000.
    private const int MaxKilobytes = 700;

    public static TheoryData<string, bool> Processes { get; } = new()
    {
        { "C", true }, { "C#", true }, { "C", false }, { "C#", false },
    };

    [Theory]
    [MemberData(nameof(Processes))]
    public void A_thousand_rounds_hold_no_more_than_a_hundred(string language, bool isNative)
    {
        string[] command = ["rounds", language == "C" ? NativeFixtures.PathOf("echo") : Repository.Probe, "100", "1000"];
        var environment = new HostEnvironment
        {
            // Neither garbage that waits for its collection nor code that the JIT compiles a second time may pass for a leak: collections are
            // small and frequent, and all code is compiled once.
            Variables =
            {
                ["DOTNET_GCgen0size"] = "40000", ["DOTNET_gcConcurrent"] = "0", ["DOTNET_TieredCompilation"] = "0", ["MALLOC_ARENA_MAX"] = "1",
            },
        };
        HostResult result = isNative
            ? HostProcess.RunProgram(Repository.NativeEmbedder, environment, command)
            : HostProcess.RunProgram(Environment.ProcessPath!, environment, [Repository.ManagedEmbedder, .. command]);

        string[] lines = result.Exits(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Holding before = Holding.Parse(lines[1]);
        Holding after = Holding.Parse(lines[2]);
        Assert.True(after.Kilobytes - before.Kilobytes < MaxKilobytes, result.ToString());
        Assert.True(after.Threads <= before.Threads, result.ToString());
        Assert.True(after.Handles <= before.Handles, result.ToString());
        Assert.True(after.Mappings - before.Mappings < 10, result.ToString());
    }

    private sealed record Holding(long Kilobytes, int Threads, int Handles, int Mappings)
    {
        public static Holding Parse(string line)
        {
            string[] words = line.Split(' ');
            return new(long.Parse(words[1], CultureInfo.InvariantCulture), Number(words[2]), Number(words[3]), Number(words[4]));
        }

        private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
    }
}
