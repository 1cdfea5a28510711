using FsCheck;
using FsCheck.Fluent;

namespace NativePlugins.Cli.Tests.CommandLine;

public class HostCommandLineTests
{
    private static readonly Gen<string> s_words = Gen.Elements(
        "-v", "--", "-", "", "--set", "--set=a=b", "a=b", "--timeout", "3s", "run", "list", "--nosuch", "-vq", "x", "--json=1", "--help");

    [Fact]
    public void All_that_follows_the_plugin_is_the_plugins()
    {
        HostCommandLine line = Split("--json", "run", "-v", "hello_world", "--json", "--help", "--", "-q", "@file");

        Assert.Equal(HostCommandKind.Run, line.Kind);
        Assert.Equal("hello_world", line.Word);
        Assert.Equal(["--json", "--help", "--", "-q", "@file"], line.Rest);
        Assert.True(line.Settings is { Json: true, Verbose: true, Quiet: false, ShowHelp: false });
    }

    [Fact]
    public void No_argument_of_a_plugin_is_ever_changed()
    {
        Gen<string> words = Gen.OneOf(
            s_words, ArbMap.Default.GeneratorFor<string>().Select(word => word ?? ""));
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(words.ArrayOf().ToArbitrary(), given =>
        {
            HostCommandLine line = Split(["hello_world", .. given]);
            return line.Word == "hello_world" && line.Rest.SequenceEqual(given);
        }));
    }

    [Fact]
    public void Any_arguments_are_split_or_refused_as_usage()
    {
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(s_words.ArrayOf().ToArbitrary(), arguments =>
        {
            try
            {
                return Split(arguments) is not null;
            }
            catch (CliException e)
            {
                return e.Report.ExitCode == ExitCodes.Usage;
            }
        }));
    }

    [Theory]
    [InlineData("list", HostCommandKind.Command)]
    [InlineData("manifest", HostCommandKind.Command)]
    [InlineData("explain", HostCommandKind.Command)]
    [InlineData("hello", HostCommandKind.Run)]
    [InlineData("./list", HostCommandKind.Run)]
    [InlineData("--help", HostCommandKind.Help)]
    [InlineData("-V", HostCommandKind.Version)]
    public void The_first_word_decides(string word, object kind) => Assert.Equal(kind, Split(word).Kind);

    [Theory]
    [InlineData("run")]
    [InlineData("list")]
    [InlineData("validate")]
    public void After_run_every_word_is_a_plugin(string word)
    {
        HostCommandLine line = Split("run", word, "a");

        Assert.Equal(HostCommandKind.Run, line.Kind);
        Assert.Equal(word, line.Word);
        Assert.False(line.IsBare);
    }

    [Fact]
    public void Watch_takes_a_plugin_and_leaves_what_follows_it_alone()
    {
        HostCommandLine line = Split("watch", "--json", "--staging-dir", "s", "hello", "--project", "-x");

        Assert.Equal(HostCommandKind.Watch, line.Kind);
        Assert.Equal("hello", line.Word);
        Assert.Equal(["--project", "-x"], line.Rest);
        Assert.True(line.Settings.Json);
        Assert.Null(line.Settings.Watch.Project);
        Assert.Equal(Path.GetFullPath("s"), line.Settings.Watch.StagingDirectory);
    }

    [Fact]
    public void Watch_with_a_project_takes_no_plugin()
    {
        HostCommandLine line = Split("watch", "--project", "Hello.csproj", "Ada", "--json");

        Assert.Equal((HostCommandKind.Watch, "", "Hello.csproj"), (line.Kind, line.Word, line.Settings.Watch.Project));
        Assert.Equal(["Ada", "--json"], line.Rest);
        Assert.False(line.Settings.Json);
    }

    [Fact]
    public void Watch_without_a_plugin_or_project_is_wrong_usage() =>
        Assert.Equal("NP8001", Assert.Throws<CliException>(() => Split("watch", "--json")).Report.Code);

    [Fact]
    public void Options_of_watch_are_unknown_elsewhere() =>
        Assert.Equal("NP8001", Assert.Throws<CliException>(() => Split("run", "--staging-dir", "s", "hello")).Report.Code);

    [Fact]
    public void After_two_dashes_a_word_that_looks_like_an_option_is_a_plugin()
    {
        Assert.Equal("--json", Split("--", "--json").Word);
        Assert.Equal("list", Split("--", "list").Word);
    }

    [Theory]
    [InlineData("validate")]
    [InlineData("top")]
    [InlineData("help")]
    [InlineData("header")]
    [InlineData("new")]
    public void A_reserved_word_is_refused_with_the_way_to_run_such_a_plugin(string word)
    {
        ErrorReport report = Assert.Throws<CliException>(() => Split(word)).Report;

        Assert.Equal(64, report.ExitCode);
        Assert.Contains("reserved", report.Summary, StringComparison.Ordinal);
        Assert.Contains($"`host run {word}`", report.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_option_is_refused_with_the_nearest_one()
    {
        ErrorReport report = Assert.Throws<CliException>(() => Split("--plugin-dri", "x")).Report;

        Assert.Equal("NP8001", report.Code);
        Assert.Contains("--plugin-dir?", report.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--set")]
    [InlineData("--json=true", "x")]
    [InlineData("--color", "blue", "x")]
    [InlineData("--log-level", "loud", "x")]
    [InlineData("--set", "novalue", "x")]
    [InlineData("--set", "=v", "x")]
    [InlineData("--set", "a::b=v", "x")]
    [InlineData("--config", "", "x")]
    [InlineData("--json")]
    [InlineData("run")]
    public void What_cannot_be_understood_is_a_usage_error(params string[] arguments) =>
        Assert.Equal(64, Assert.Throws<CliException>(() => Split(arguments)).Report.ExitCode);

    [Fact]
    public void Values_are_taken_after_a_space_or_an_equals_sign_and_the_last_one_counts()
    {
        HostSettings settings = Split("--timeout=3s", "--timeout", "4s", "--set", "a=b=c", "--set=d=", "x").Settings;

        Assert.Equal(TimeSpan.FromSeconds(4), settings.Timeout);
        Assert.Equal([new PluginSetting("a", "b=c"), new PluginSetting("d", "")], settings.Sets);
    }

    [Fact]
    public void A_plugin_directory_is_relative_to_the_current_one() =>
        Assert.Equal([Path.GetFullPath("some")], Split("--plugin-dir", "some", "x").Settings.PluginDirectories);

    private static HostCommandLine Split(params string[] arguments) => HostCommandLine.Split(arguments, new HostSettings());
}
