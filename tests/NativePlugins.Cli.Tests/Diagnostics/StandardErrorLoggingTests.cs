using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace NativePlugins.Cli.Tests.Diagnostics;

public class StandardErrorLoggingTests
{
    [Theory]
    [InlineData(false, null, LogLevel.Information, false)]
    [InlineData(false, null, LogLevel.Warning, true)]
    [InlineData(true, null, LogLevel.Warning, false)]
    [InlineData(true, null, LogLevel.Error, true)]
    [InlineData(true, LogLevel.Trace, LogLevel.Trace, true)]
    [InlineData(false, LogLevel.None, LogLevel.Critical, false)]
    public void The_level_decides(bool quiet, object? level, LogLevel of, bool isShown) =>
        Assert.Equal(isShown, Log(new HostSettings { Quiet = quiet, LogLevel = (LogLevel?)level }, of, "m").Length != 0);

    [Fact]
    public void A_record_is_a_line_and_what_follows_its_first_is_indented() =>
        Assert.Equal("warning hello_c: one\n  two \\u001B[31m\n", Log(new HostSettings(), LogLevel.Warning, "one\ntwo \u001b[31m"));

    [Fact]
    public void As_JSON_a_record_is_an_object_on_its_line()
    {
        using JsonDocument document = JsonDocument.Parse(Log(new HostSettings { Json = true }, LogLevel.Error, "one\ntwo"));

        JsonElement log = document.RootElement.GetProperty("log");
        Assert.Equal("error", log.GetProperty("level").GetString());
        Assert.Equal("hello_c", log.GetProperty("source").GetString());
        Assert.Equal("one\ntwo", log.GetProperty("message").GetString());
    }

    private static string Log(HostSettings settings, LogLevel level, string message)
    {
        using var error = new MemoryStream();
        using StandardStream stream = StandardStream.Over(error);
        using var loggers = new StandardErrorLogging(new HostTerminal(stream, stream, settings));
        loggers.CreateLogger("hello_c").Log(level, 0, message, null, static (text, _) => text);
        return Encoding.UTF8.GetString(error.ToArray());
    }
}
