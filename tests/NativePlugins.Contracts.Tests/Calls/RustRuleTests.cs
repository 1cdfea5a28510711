using System.Diagnostics;

namespace NativePlugins.Contracts.Tests.Calls;

/// <summary>What a plugin in Rust answers to what no host should send.</summary>
public sealed class RustRuleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("np-rust-").FullName;

    [RustFact]
    public void What_does_not_lead_to_memory_is_refused_with_the_member_and_objects_are_released_once()
    {
        string program = Path.Combine(_folder, OperatingSystem.IsWindows() ? "hostile.exe" : "hostile");
        RustCompiler.Build(program, "bin", Repository.PathOf("tests/contracts/rust/hostile.rs"));

        ProgramRun run = ProgramRun.Of(new ProcessStartInfo(program), limit: TimeSpan.FromMinutes(2));

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            """
            data at NULL: -3 figure is NULL
            result at NULL: -3 result is NULL
            no tag: -3 figure: tag is 0, and known are 1, 2, 4, 7
            text at NULL: -3 key is NULL
            text of too many bytes: -3 key: has more elements than there can be
            no sink: -3 result is NULL
            sink that refuses: -7 the caller has refused the result
            panic: -2 as it was asked to
            elements at NULL: -3 value is NULL
            no elements at NULL: 0
            no completion: -3 completion is NULL
            completion that is dropped: 0
            it completed: the plugin has dropped the call without completing it
            unknown tag: -3 value: tag is 99, and known are 1, 2, 4, 7
            case at NULL: -3 value.circle is NULL
            below the minimum: -3 value: struct_size is 16, and must be 56 or more
            not aligned: -3 value is not aligned
            larger than is known: taken
            list at NULL: -3 value is NULL with a length of 5
            list of too many: -3 value: 4611686018427387904 elements, which are more than there can be
            list of a text at NULL: -3 value[0] is NULL with a length of 9
            """.ReplaceLineEndings("\n"),
            string.Join('\n', Lines(run).Take(21)));
        Assert.EndsWith("nested deeper than 64 levels", Lines(run)[21], StringComparison.Ordinal);
        Assert.Equal(
            [
                "record without a size: -3 the result is too short: 3 bytes, where 56 are needed", "record that is cut off: -3 the result is too short: 55 bytes, where 56 are needed",
                "record of an older side: taken", "list that is cut off: -3 the result is too short: 8 bytes, where 16 are needed",
                "object that is cut off: -3 the result is too short: 16 bytes, where 40 are needed",
                "second object: -3 the other side has put a second result", "it was refused with -3, and the first had 1 releases", "no object put: -3 the other side has put no result", "second result: -3 the other side has put a second result", "1 taken",
                "2 handlers, 2 calls",
                "dropped in a call that fails: 0 releases", "dropped in a call that succeeds: 1 releases", "object that is too short: value is no object: it is too short, or has no table",
            ],
            Lines(run)[22..]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string[] Lines(ProgramRun run) => [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd())];
}
