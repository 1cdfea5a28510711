using NativePlugins.Binary.Files;
using NativePlugins.Host.Platform;
using Xunit;

namespace NativePlugins.Host.Tests.Platform;

/// <summary>What is taken from the environment, and what is not taken in secure execution.</summary>
public sealed class ProcessEnvironmentTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void This_process_has_no_more_rights_than_who_started_it() => Assert.False(PluginHost.IsSecureExecution);

    [Fact]
    public void In_secure_execution_no_variable_is_read() => Assert.Null(Secure().Get("NATIVE_PLUGINS_PATH"));

    [Fact]
    public void Otherwise_it_is() => Assert.Equal("set", new ProcessEnvironment(false, _ => "set", HostSystem.Current).Get("NATIVE_PLUGINS_PATH"));

    [LinuxFact]
    public void In_secure_execution_temporary_files_are_made_in_the_systems_own_place() => Assert.Equal("/tmp", Secure().TemporaryDirectory);

    [LinuxFact]
    public void In_secure_execution_data_lies_below_the_directory_that_the_list_of_users_has() =>
        Assert.Equal(Path.Combine(HomeInList(), ".local/share"), Secure().DataDirectory);

    [Fact]
    public void In_secure_execution_the_user_has_no_directory_of_installed_plugins() => Assert.Null(Secure().UserPluginDirectory);

    [Fact]
    public void Otherwise_it_lies_below_the_users_data()
    {
        var environment = new ProcessEnvironment(false, Environment.GetEnvironmentVariable, HostSystem.Current);

        Assert.Equal(Path.Combine(environment.DataDirectory, "native-plugins-installed"), environment.UserPluginDirectory);
    }

    [LinuxFact]
    public void In_secure_execution_a_user_is_a_number() => Assert.Equal(UserId(), Secure().UserName);

    [Theory]
    [InlineData(0, 1000, 1000, true, true)]      // a file of the administrator
    [InlineData(1000, 1000, 1000, false, true)]  // of the user
    [InlineData(1000, 1000, 1000, true, false)]  // of the user; the program has file capabilities or is set-group-id
    [InlineData(1000, 500, 1000, true, false)]   // of the user; the program is set-user-id
    [InlineData(500, 500, 1000, true, true)]     // of the program's user
    [InlineData(77, 500, 1000, true, false)]     // of another user
    [InlineData(77, 1000, 1000, false, false)]
    public void Whose_files_are_believed(uint owner, uint effectiveUser, uint realUser, bool isSecure, bool isTrusted) =>
        Assert.Equal(isTrusted, UnixFileSystem.IsTrusted(owner, effectiveUser, realUser, isSecure));

    [Fact]
    public void A_host_looks_for_no_plugin_where_the_environment_says_and_logs_that()
    {
        var loggers = new RecordingLogger();
        var options = new PluginHostOptions { Environment = Secure(), SearchHostDirectory = false, LoggerFactory = loggers };
        using var host = new PluginHost(options);

        Assert.Throws<PluginNotFoundException>(() => host.Load("anything"));
        Assert.Contains("ignores NATIVE_PLUGINS_PATH, XDG_DATA_HOME of the environment", Assert.Single(loggers.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_application_says_itself_hides_nothing_and_is_told_of_nothing()
    {
        var loggers = new RecordingLogger();
        var options = new PluginHostOptions
        {
            Environment = Secure(),
            SearchEnvironment = false,
            DataDirectory = _directory.Path,
            Reload = new PluginReloadOptions { StagingDirectory = _directory.Path },
            LoggerFactory = loggers,
        };

        new PluginHost(options).Dispose();

        Assert.Empty(loggers.Messages);
    }

    [Fact]
    public void The_place_for_private_copies_is_named_where_it_would_count()
    {
        var options = new PluginHostOptions { SearchEnvironment = false, DataDirectory = _directory.Path, Reload = new PluginReloadOptions() };

        Assert.Equal(["TMPDIR"], Secure().FindIgnored(options.VariablesThatCount()));
    }

    public void Dispose() => _directory.Dispose();

    private static string UserId() => File.ReadLines("/proc/self/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[2];

    private static string HomeInList() => File.ReadLines("/etc/passwd").Select(line => line.Split(':')).FirstOrDefault(fields => fields[2] == UserId())?[5]
        ?? HostSystem.Current.FindHomeDirectory()!; // The list is in another place than this file.

    /// <summary>In this environment every variable names a directory of the test.</summary>
    private ProcessEnvironment Secure() => new(isSecure: true, _ => _directory.Path, HostSystem.Current);
}
