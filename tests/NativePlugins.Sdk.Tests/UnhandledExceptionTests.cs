using NativePlugins.Sdk.Interop;
using NativePlugins.Sdk.Tests.Hosting;
using NativePlugins.Testing.Interop;

namespace NativePlugins.Sdk.Tests;

/// <summary>Alone: what ends the process is told to every host in it, also to those of other tests.</summary>
[CollectionDefinition(nameof(UnhandledExceptionTests), DisableParallelization = true)]
[Collection(nameof(UnhandledExceptionTests))]
public class UnhandledExceptionTests
{
    [Fact]
    public void An_exception_that_nothing_catches_is_logged_to_each_host_that_has_an_instance()
    {
        using var host = new TestHost();
        using var former = new TestHost();
        PluginUnderTest.Scripted.Create(former).Dispose();
        using TestInstance instance = PluginUnderTest.Scripted.Create(host);

        UnhandledExceptions.Report(new InvalidOperationException("lost"));

        TestLogRecord record = Assert.Single(host.Log);
        Assert.Equal(PluginLogLevel.Critical, record.Level);
        Assert.Equal("System.InvalidOperationException: lost", record.Detail);
        Assert.Empty(former.Log);
    }
}
