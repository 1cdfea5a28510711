namespace NativePlugins.Cli.Tests.CommandLine;

/// <summary>What host would not do with rights that its user does not have.</summary>
public class SecureExecutionTests
{
    [Theory]
    [InlineData("host inspect", "inspect", "file")]
    [InlineData("host manifest", "manifest", "file")]
    [InlineData("host manifest", "--describe-in-child", "mark", "file")]
    [InlineData("host pack", "pack", "folder")]
    [InlineData("host install", "install", "id")]
    [InlineData("host update", "update")]
    [InlineData("host outdated", "outdated")]
    [InlineData("host remove", "remove", "id")]
    [InlineData("host restore", "restore")]
    [InlineData("host verify", "verify")]
    [InlineData("host keygen", "keygen", "name")]
    [InlineData("host sign", "sign", "file")]
    [InlineData("host trust", "trust", "list")]
    [InlineData("--config", "--config", "file", "plugin")]
    [InlineData("--config", "--config=file", "list")]
    [InlineData("--staging-dir", "watch", "--staging-dir", "dir", "plugin")]
    [InlineData("--project", "watch", "--project", "file")]
    public void What_reads_or_writes_what_the_user_names_is_refused(string refused, params string[] arguments) =>
        Assert.Equal(refused, SecureExecution.FindRefused(HostCommandLine.Split(arguments, new HostSettings())));

    [Theory]
    [InlineData("plugin", "--config", "the plugin's")]
    [InlineData("run", "plugin")]
    [InlineData("watch", "plugin")]
    [InlineData("list")]
    [InlineData("explain", "NP1010")]
    public void Running_and_listing_installed_plugins_is_not(params string[] arguments) =>
        Assert.Null(SecureExecution.FindRefused(HostCommandLine.Split(arguments, new HostSettings())));
}
