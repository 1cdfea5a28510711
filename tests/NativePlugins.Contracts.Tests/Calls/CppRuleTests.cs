using System.Diagnostics;

namespace NativePlugins.Contracts.Tests.Calls;

/// <summary>What a plugin in C++ answers to what no host should send.</summary>
public sealed class CppRuleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("np-cpp-").FullName;

    [CppFact]
    public void What_does_not_lead_to_memory_is_refused_with_the_member_exceptions_are_errors_and_objects_are_released_once()
    {
        string program = Path.Combine(_folder, OperatingSystem.IsWindows() ? "hostile.exe" : "hostile");
        CppCompiler.BuildProgram(program, Repository.PathOf("tests/contracts/cpp/hostile.cpp"));

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
            nothing put: -2 result was not put
            bad argument: -3 as it was asked to
            exception: -2 as it was asked to
            number: -2 an exception that is no std::exception
            elements at NULL: -3 value is NULL
            no elements at NULL: 0
            no completion: -3 completion is NULL
            no contract: -3 progress is NULL
            completion that is dropped: 0
            it completed: the plugin has dropped the call without completing it
            completion that has ended: -4 it ended
            unknown tag: -3 value: tag is 99, and known are 1, 2, 4, 7
            case at NULL: -3 value.circle is NULL
            below the minimum: -3 value: struct_size is 16, and must be 56 or more
            not aligned: -3 value is not aligned
            larger than is known: 0
            list at NULL: -3 value is NULL with a length of 5
            list of too many: -3 value: 4611686018427387904 elements, which are more than there can be
            list of a text at NULL: -3 value[0] is NULL with a length of 9
            """.ReplaceLineEndings("\n"),
            string.Join('\n', Lines(run).Take(26)));
        Assert.EndsWith("nested deeper than 64 levels", Lines(run)[26], StringComparison.Ordinal);
        Assert.Equal(
            [
                "record without a size: -3 the result is too short: 3 bytes, where 56 are needed", "record that is cut off: -3 the result is too short: 55 bytes, where 56 are needed",
                "record of an older side: 0", "list that is cut off: -3 the result is too short: 8 bytes, where 16 are needed",
                "elements that are cut off: -3 the result is cut off within an element",
                "object that is cut off: -3 the result is too short: 16 bytes, where 40 are needed", "second result: -3 the other side has put a second result", "1 taken",
                "2 handlers, 2 calls",
                "second object: -3 the other side has put a second result", "it was refused with -3, and the first had 1 releases", "no object put: -3 the other side has put no result",
                "object that is dropped in a call that fails: -2 as it was asked to", "0 releases", "object that is dropped in a call that succeeds: 0", "1 releases",
                "object that is too short: -3 feed is no object: it is too short, or has no table or release", "no object: -3 feed is NULL",
            ],
            Lines(run)[27..]);
    }

    [CppFact]
    public void A_stream_refuses_what_no_host_should_send_and_what_no_stream_should_answer()
    {
        string program = Path.Combine(_folder, OperatingSystem.IsWindows() ? "hostile_streams.exe" : "hostile_streams");
        CppCompiler.BuildProgram(program, Repository.PathOf("tests/contracts/cpp/hostile_streams.cpp"));

        ProgramRun run = ProgramRun.Of(new ProcessStartInfo(program), limit: TimeSpan.FromMinutes(2));

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            """
            buffer at NULL: -3 buffer is NULL
            count at NULL: -3 count is NULL
            exception: -2 as it was asked to
            error: -10 a bad sector
            more than was asked for: -2 the plugin's stream has read more than was asked for
            data at NULL: -3 data is NULL
            no data at NULL: 0
            origin that is none: -3 origin is none of NP_SEEK_BEGIN, NP_SEEK_CURRENT and NP_SEEK_END
            position at NULL: -3 position is NULL
            length at NULL: -3 length is NULL
            length below 0: -3 length is below 0
            no completion: -3 completion is NULL
            error before it has begun: -10 a bad sector
            it completed:
            completion that is dropped: 0
            it completed: the plugin has dropped the call without completing it
            count is 7, flush is NULL, flush_async is NULL
            too many: -2 the stream says that it has read 4 bytes; 3 at most were asked for
            position below 0: -2 the stream says that its position is below 0
            length below 0: -2 the stream says that its length is below 0
            no write: -6 the stream has no write
            no set_length: -6 the stream has no set_length
            no flush: 0
            it ended: -2 the stream says that it has read 4 bytes; 3 at most were asked for
            later, too many: 0
            it ended: -3 the result is too short: 4 bytes, where 8 are needed
            later, cut off: 0
            later, not accepted: -10 a bad sector
            no write_async: -6 the stream has no write_async
            table that is too short: -6 the stream has no read
            release: 0
            read after it: -4 there is no stream: it was released, or handed on, or never there
            flush after it: -4 there is no stream: it was released, or handed on, or never there
            second release: 0
            1 releases
            """.ReplaceLineEndings("\n"),
            string.Join('\n', Lines(run)));
    }

    // Hidden visibility hides what is this project's own, and not what comes from the C++ library's headers.
    [GccFact]
    public void The_headers_take_nothing_of_the_standard_library_that_gcc_makes_one_in_the_whole_process()
    {
        string program = Path.Combine(_folder, "hostile");
        CppCompiler.BuildProgram(program, Repository.PathOf("tests/contracts/cpp/hostile.cpp"));

        ProgramRun names = ProgramRun.Of(new ProcessStartInfo("nm", [program]));

        Assert.Contains(Lines(names), line => line.Contains("hostile.cpp", StringComparison.Ordinal) || line.Contains(" T main", StringComparison.Ordinal));
        Assert.DoesNotContain(Lines(names), line => line.Contains(" u ", StringComparison.Ordinal) && (line.Contains("make_shared", StringComparison.Ordinal) || line.Contains("to_chars", StringComparison.Ordinal)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string[] Lines(ProgramRun run) => [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd())];
}
