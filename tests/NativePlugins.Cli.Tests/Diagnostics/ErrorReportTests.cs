using System.Text;
using System.Text.Json;
using NativePlugins.Host;

namespace NativePlugins.Cli.Tests.Diagnostics;

public class ErrorReportTests
{
    private static readonly ErrorReport s_report = new("NP5003", 70, "Title", "it failed")
    {
        Expected = "one",
        Found = "two\nthree",
        Advice = "Mend it.",
        Remote = new PluginRemoteError(-2, "T", "m\u001b", "at here\n\u001b[31mat there"),
    };

    [Fact]
    public void The_text_ends_with_the_way_to_more() => Assert.Equal(
        """
        host: NP5003: it failed
          expected: one
          found:    two
                    three
          to do:    Mend it.
          more:     host explain NP5003

        """,
        s_report.ToText(isVerbose: false, isColored: false));

    [Fact]
    public void Verbose_shows_the_plugins_stack_trace_escaped() => Assert.Contains(
        "  trace:    at here\n            \\u001B[31mat there\n", s_report.ToText(isVerbose: true, isColored: false), StringComparison.Ordinal);

    [Fact]
    public void Colour_is_on_the_programs_name_only() =>
        Assert.StartsWith("\u001b[1;31mhost:\u001b[0m NP5003", s_report.ToText(isVerbose: false, isColored: true), StringComparison.Ordinal);

    [Fact]
    public void The_JSON_is_one_line_and_reads_back_the_same()
    {
        string json = Encoding.UTF8.GetString(JsonLine.Write(writer => s_report.WriteAsMember(writer, "error")));

        Assert.Equal(json.Length - 1, json.IndexOf('\n', StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', json);
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.Equal(s_report, ErrorReport.Read(document.RootElement.GetProperty("error")));
    }

    [Fact]
    public void The_text_of_a_plugin_exception_is_its_message_and_one_line_more()
    {
        PluginException e = Assert.ThrowsAny<PluginException>(() =>
        {
            using var host = new PluginHost();
            host.Load("there_is_no_such_plugin");
        });

        Assert.Equal($"host: {e.Message}\n  more:     host explain {e.Code}\n", ErrorReport.From(e).ToText(false, false));
    }

    [Fact]
    public void A_usage_error_is_reported_as_JSON_when_that_was_asked_for_before_it()
    {
        HostRun run = HostRun.Of("--json", "--nosuch");

        using JsonDocument document = JsonDocument.Parse(run.Error);
        Assert.Equal("NP8001", document.RootElement.GetProperty("error").GetProperty("code").GetString());
    }
}
