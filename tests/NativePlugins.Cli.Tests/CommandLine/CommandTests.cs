namespace NativePlugins.Cli.Tests.CommandLine;

public class CommandTests
{
    [Fact]
    public void Without_arguments_a_short_help_is_an_error()
    {
        HostRun run = HostRun.Of();

        Assert.Equal(64, run.Status);
        Assert.Empty(run.Output);
        Assert.Contains("Usage:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_names_every_command_and_option_and_no_reserved_word()
    {
        string help = HostRun.Of("--help").Output;

        Assert.All(CommandNames.All, command => Assert.Contains($"  {command.Name} ", help, StringComparison.Ordinal));
        Assert.All(CommonOptions.All, option => Assert.Contains(option.Name, help, StringComparison.Ordinal));
        Assert.DoesNotContain(help.Split([' ', '\n']), CommandNames.IsReserved);
    }

    [Theory]
    [InlineData("run", "host run [options] <plugin> [args…]")]
    [InlineData("list", "host list [options] [dir…]")]
    [InlineData("inspect", "host inspect [options] <file|dir>…")]
    [InlineData("manifest", "host manifest [options] <file>")]
    [InlineData("explain", "host explain [options] [code]")]
    [InlineData("pack", "host pack [options] <folder>…")]
    [InlineData("install", "host install [options] <id[@range]>")]
    [InlineData("update", "host update [options] [id…]")]
    [InlineData("outdated", "host outdated [options] [id…]")]
    [InlineData("remove", "host remove [options] <id>…")]
    [InlineData("restore", "host restore [options]\n")]
    [InlineData("verify", "host verify [options] [package…]")]
    [InlineData("keygen", "host keygen [options] <name>")]
    [InlineData("sign", "host sign [options] <file>…")]
    [InlineData("trust", "host trust [options] <add|remove|list> [id]")]
    public void Every_command_has_its_help_with_all_options(string command, string usage)
    {
        HostRun run = HostRun.Of(command, "--help");

        Assert.Equal(0, run.Status);
        Assert.Contains(usage, run.Output, StringComparison.Ordinal);
        Assert.All(CommonOptions.All, option => Assert.Contains(option.Name, run.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("list", "--jsn")]
    [InlineData("manifest", "--outpt", "x")]
    [InlineData("explain", "--jsn", "NP1001")]
    public void An_unknown_option_of_a_command_is_refused_with_the_nearest_one(params string[] arguments)
    {
        HostRun run = HostRun.Of(arguments);

        Assert.Equal(64, run.Status);
        Assert.Contains("Did you mean --", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("manifest")]
    [InlineData("manifest", "a", "b")]
    [InlineData("explain", "NP1001", "NP1002")]
    [InlineData("list", "--timeout")]
    [InlineData("list", "--timeout", "never")]
    public void Words_that_are_missing_or_too_many_are_a_usage_error(params string[] arguments) =>
        Assert.Equal(64, HostRun.Of(arguments).Status);

    [Fact]
    public void Options_count_before_and_after_a_command()
    {
        Assert.StartsWith("{", HostRun.Of("--json", "explain", "NP1001").Output, StringComparison.Ordinal);
        Assert.StartsWith("{", HostRun.Of("explain", "NP1001", "--json").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void After_two_dashes_a_command_takes_no_more_options() =>
        Assert.Contains("'--json'", HostRun.Of("explain", "--", "--json").Error, StringComparison.Ordinal);

    [Fact]
    public void The_value_of_an_option_may_follow_an_equals_sign() =>
        Assert.Equal(0, HostRun.Of("explain", "--timeout=5s", "NP1001").Status);

    [Fact]
    public void Response_files_are_not_read() =>
        Assert.Contains("'@nosuch'", HostRun.Of("explain", "@nosuch").Error, StringComparison.Ordinal);

    [Fact]
    public void A_word_that_is_neither_suggests_the_nearest_command()
    {
        HostRun run = HostRun.Of("lisst");

        Assert.Equal(66, run.Status);
        Assert.Contains("did you mean the command `host list`?", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void After_run_no_command_is_suggested() =>
        Assert.DoesNotContain("`host list`?", HostRun.Of("run", "lisst").Error, StringComparison.Ordinal);

    [Fact]
    public void Version_names_the_product_the_runtime_and_the_ABI()
    {
        string[] lines = HostRun.Of("-V").Output.Split('\n');

        Assert.Equal($"host {Product.Version}", lines[0]);
        Assert.StartsWith("runtime CoreCLR ", lines[1], StringComparison.Ordinal);
        Assert.Equal("ABI 1.0", lines[2]);
    }
}
