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

    [RustFact]
    public void A_stream_refuses_what_no_host_should_send_and_what_no_stream_should_answer()
    {
        string program = Path.Combine(_folder, OperatingSystem.IsWindows() ? "hostile_streams.exe" : "hostile_streams");
        RustCompiler.Build(program, "bin", Repository.PathOf("tests/contracts/rust/hostile_streams.rs"));

        ProgramRun run = ProgramRun.Of(new ProcessStartInfo(program), limit: TimeSpan.FromMinutes(2));

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            """
            buffer at NULL: -3 buffer is NULL
            count at NULL: -3 count is NULL
            panic: -2 as it was asked to
            error: -10 a bad sector
            more than was asked for: -2 the plugin's stream has read more than was asked for
            data at NULL: -3 data is NULL
            no data at NULL: 0
            origin that is none: -3 origin is none of NP_SEEK_BEGIN, NP_SEEK_CURRENT and NP_SEEK_END
            before the beginning: -10 that is before the beginning of the stream
            position at NULL: -3 position is NULL
            position that is none: -2 the plugin's stream says a position that is none
            method that was forgotten: -6 the stream has no get_length
            length below 0: -3 length is below 0
            no completion: -3 completion is NULL
            panic before it has begun: 0
            it completed: the plugin has panicked
            completion that is dropped: 0
            it completed: the plugin has dropped the call without completing it
            count is 7, write_async is NULL
            too many: -2 the stream says that it has read 4 bytes; 3 at most were asked for
            position below 0: -2 the stream says that its position is -1; 0 or more was expected
            length below 0: -2 the stream says that its length is -1; 0 or more was expected
            no write: -6 the stream has no write
            no set_length: -6 the stream has no set_length
            no flush: 0
            position beyond all: -3 no stream is as long as that
            later, too many: -2 the stream says that it has read 4 bytes; 3 at most were asked for
            later, cut off: -3 the result is too short: 4 bytes, where 8 are needed
            later, not accepted: -10
            no write_async: -6 the stream has no write_async
            reply that is forgotten: 0
            table that is too short: -3 the stream's table is too short: 16 bytes, where 88 are needed
            release: 0
            1 releases
            writer: 0
            flush: 0
            release: -11 permission denied
            2 flushes
            """.ReplaceLineEndings("\n"),
            string.Join('\n', Lines(run)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string[] Lines(ProgramRun run) => [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd())];
}
