using System.Text.Json;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>What becomes of lines in logpipe, whatever plugins do.</summary>
public class LogPipeTests
{
    private static readonly string[] s_pipeline = ["Pipeline:Sources:0=-", "Pipeline:Parsers:0=logfmt", "Pipeline:Sinks:0=jsonl"];

    [Fact]
    public void A_line_becomes_a_record()
    {
        using var pipe = new LogPipeRun(s_pipeline);

        pipe.Run("time=2026-02-03T04:05:06.5+01:00 level=warn msg=\"the disk is full\" disk=sda1 free= disk=sdb1").Exits(0);

        Assert.Equal(
            """{"source":"-","line":1,"time":"2026-02-03T04:05:06.5+01:00","severity":"Warning","message":"the disk is full","fields":{"disk":"sdb1","free":""}}""",
            pipe.Records.Single().GetRawText());
    }

    [Fact]
    public void A_line_in_no_known_form_is_the_message_of_its_record()
    {
        using var pipe = new LogPipeRun(s_pipeline);

        pipe.Run("out of memory", "", "level=error").Exits(0);

        Assert.Equal(["out of memory", "", "level=error"], pipe.Records.Select(record => record.GetProperty("message").GetString()));
    }

    [Theory]
    [InlineData("time=yesterday msg=what", "logfmt: time: 2026-02-03T04:05:06Z or the like was expected.")]
    [InlineData("msg=many 0=0 1=1 2=2 3=3 4=4 5=5 6=6 7=7 8=8 9=9 a=a b=b c=c d=d e=e f=f g=g h=h i=i j=j k=k l=l m=m n=n o=o p=p q=q r=r s=s t=t u=u v=v w=w", "logfmt: A line with 32 fields at most was expected.")]
    public void A_line_that_a_parser_fails_on_goes_on_as_it_is_with_what_went_wrong(string line, string error)
    {
        using var pipe = new LogPipeRun(s_pipeline);

        pipe.Run(line, "msg=after").Exits(0);

        JsonElement[] records = pipe.Records;
        Assert.Equal([line, "after"], records.Select(record => record.GetProperty("message").GetString()));
        Assert.Equal(error, records[0].GetProperty("fields").GetProperty("parser_error").GetString());
    }

    [Theory]
    [InlineData("debug", 5)]
    [InlineData("warning", 3)]
    [InlineData("error", 2)]
    public void The_filter_keeps_what_is_at_least_as_bad_as_its_setting_or_does_not_say(string severity, int kept)
    {
        using var pipe = new LogPipeRun([.. s_pipeline, "Pipeline:Filters:0=least", $"Plugins:least:severity={severity}"]);

        pipe.Run("msg=a level=debug", "msg=b level=info", "msg=c level=warn", "msg=d level=error", "who knows").Exits(0);

        Assert.Equal(kept, pipe.Records.Length);
    }

    [Fact]
    public void What_a_sink_could_not_flush_is_told_and_there_for_the_next_flush()
    {
        using var scratch = new Scratch();
        using var pipe = new LogPipeRun(s_pipeline) { Target = Path.Combine(scratch.PathOf("later"), "records.jsonl") };
        using HostProcess process = pipe.Start();
        LogPipeRun.Feed(process, "msg=first");
        process.WaitForOutput("Not flushed");

        scratch.Folder("later");
        LogPipeRun.Feed(process, "msg=second");
        process.WaitForEnd().Exits(0);

        Assert.Equal(["first", "second"], pipe.Records.Select(record => record.GetProperty("message").GetString()));
    }

    [Fact]
    public void A_sink_that_cannot_be_flushed_at_the_end_ends_it_with_status_74_and_the_reason()
    {
        using var scratch = new Scratch();
        using var pipe = new LogPipeRun(s_pipeline) { Target = Path.Combine(scratch.PathOf("missing"), "records.jsonl") };

        HostResult result = pipe.Run("msg=lost").Exits(74);

        Assert.Contains("jsonl: ", result.Output, StringComparison.Ordinal);
        Assert.Contains("Not flushed", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SIGTERM_takes_all_that_was_read_to_the_sink_and_ends_it_with_status_0()
    {
        using var pipe = new LogPipeRun(s_pipeline);
        using HostProcess process = pipe.Start("Pipeline:BatchSize=1");
        Task feeding = Task.Run(() =>
        {
            try
            {
                while (true)
                {
                    LogPipeRun.Feed(process, Enumerable.Repeat("msg=x", 1000));
                }
            }
            catch (IOException)
            {
                // It does not read any more.
            }
        });
        process.WaitForOutput("jsonl: ");

        process.Signal("TERM");
        Assert.True(process.WaitForEnd(TimeSpan.FromMinutes(2)));
        await feeding;
        string output = process.WaitForEnd().Exits(0).Output;

        int written = pipe.Records.Length;
        Assert.Contains($"lines read: {written}, ", output, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(1, written), pipe.Records.Select(record => record.GetProperty("line").GetInt32()));
    }

    [Fact]
    public void A_file_is_followed_as_it_grows()
    {
        using var pipe = new LogPipeRun(s_pipeline);
        string file = pipe.Write("app.log", "msg=first");
        using HostProcess process = pipe.Start($"Pipeline:Sources:0={file}", "Pipeline:Follow=true");
        process.WaitForOutput("jsonl: 1 records");

        File.AppendAllText(file, "msg=second\nmsg=thi");
        Assert.True(SpinWait.SpinUntil(() => File.ReadAllLines(pipe.Target).Length == 2, TimeSpan.FromMinutes(2)));
        process.Signal("TERM");
        process.WaitForEnd().Exits(0);

        Assert.Equal(["first", "second", "thi"], pipe.Records.Select(record => record.GetProperty("message").GetString()));
    }

    [Theory]
    [InlineData("Pipeline:Sinks:0=gone", 66, "NP1001: ")]
    [InlineData("Pipeline:Sinks:0=logfmt", 76, "logs.sink/1")]
    [InlineData("Pipeline:Sink:0=jsonl", 78, "logpipe: Pipeline: ")]
    [InlineData("Pipeline:Sources:1=", 78, "logpipe: Pipeline:Sources: expected paths, or - for standard input, found an empty one.")]
    [InlineData("Pipeline:BatchSize=0", 78, "logpipe: Pipeline:BatchSize: expected 1 to 65536, found 0.")]
    [InlineData("Plugins:least:severity=terrible", 78, "severity: debug, information, warning or error was expected.")]
    public void A_pipeline_that_cannot_be_ends_it_before_it_begins(string setting, int status, string reason)
    {
        using var pipe = new LogPipeRun([.. s_pipeline, "Pipeline:Filters:0=least", setting]);

        Assert.Contains(reason, pipe.Run("msg=x").Exits(status).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-x=1", "logpipe: The short switch '-x=1' is not defined")]
    [InlineData("missing.json", "logpipe: The configuration file 'missing.json' was not found")]
    public void A_command_line_that_cannot_be_is_said_in_a_line(string argument, string reason) =>
        Assert.StartsWith(reason, HostProcess.RunProgram(Repository.LogPipe, new HostEnvironment(), argument).Exits(78).Error, StringComparison.Ordinal);

    [Fact]
    public void Where_a_file_of_the_configuration_is_wrong_is_said()
    {
        using var pipe = new LogPipeRun();
        string file = pipe.Write("wrong.json", "{ \"Pipeline\": ");

        string error = HostProcess.RunProgram(Repository.LogPipe, new HostEnvironment(), file).Exits(78).Error;

        Assert.Contains("wrong.json", error, StringComparison.Ordinal);
        Assert.Contains("LineNumber", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_is_missing_ends_it_with_status_74_and_the_others_are_read()
    {
        using var pipe = new LogPipeRun([.. s_pipeline, "Pipeline:Sources:1=missing.log"]);

        Assert.Contains("The source missing.log cannot be read: ", pipe.Run("msg=x").Exits(74).Output, StringComparison.Ordinal);
        Assert.Single(pipe.Records);
    }
}
