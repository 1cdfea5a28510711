using Microsoft.Extensions.Hosting;

namespace NativePlugins.Extensions.Hosting.Tests;

public class RequirementTests
{
    [Fact]
    public void A_required_plugin_of_a_version_that_will_do_is_loaded_once()
    {
        using var application = new Application().With("echo").WithManifest("echo", "1.0.0")
            .Configured(options => options.Require("echo", ">= 1.0"))
            .Started();

        Assert.Equal(["echo"], application.Ids);
    }

    [Fact]
    public void The_manifest_refuses_another_version_before_anything_of_the_plugin_runs()
    {
        // The entry of this plugin gives a wrong magic number: were it called, the refusal would be another one.
        using var application = new Application().With("wrong_magic").WithManifest("wrong_magic", "1.1.9")
            .Configured(options => options.Require("wrong_magic", ">= 1.2"));

        PluginRequirementException refusal = Assert.Throws<PluginRequirementException>(() => application.Host.Start());

        Assert.Equal(("NP4010", 76), (refusal.Code, refusal.Error.ExitCode));
        Assert.Equal("the application needs the plugin 'wrong_magic' >= 1.2", refusal.Summary);
        Assert.Equal("wrong_magic >= 1.2", refusal.Expected);
        Assert.StartsWith("wrong_magic 1.1.9 (", refusal.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_manifest_the_plugin_itself_says_its_version()
    {
        using var application = new Application().With("echo").Configured(options => options.Require("echo", "> 1.0.0"));

        PluginRequirementException refusal = Assert.Throws<PluginRequirementException>(() => application.Host.Start());

        Assert.StartsWith("echo 1.0.0 (", refusal.Found, StringComparison.Ordinal);
        Assert.Empty(application.Plugins.All);
    }

    [Fact]
    public void A_library_that_is_called_like_the_plugin_and_is_another_one_will_not_do()
    {
        using var application = new Application().With("named_library").Configured(options => options.Require("named_library"));

        PluginRequirementException refusal = Assert.Throws<PluginRequirementException>(() => application.Host.Start());

        Assert.Equal("named_library *", refusal.Expected);
    }

    [Fact]
    public void A_required_plugin_that_is_not_there_is_not_found()
    {
        using var application = new Application().Configured(options => options.Require("missing"));

        PluginNotFoundException refusal = Assert.Throws<PluginNotFoundException>(() => application.Host.Start());

        Assert.Equal(("NP1001", 66), (refusal.Code, refusal.Error.ExitCode));
    }

    [Fact]
    public void A_required_plugin_that_is_refused_keeps_its_own_error()
    {
        using var application = new Application().With("start_fails").Configured(options => options.Require("start_fails"));

        Assert.Throws<PluginStartFailedException>(() => application.Host.Start());
    }
}
