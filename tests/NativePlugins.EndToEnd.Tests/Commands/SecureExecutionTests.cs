namespace NativePlugins.EndToEnd.Tests;

/// <summary>A host that has more rights than the user who starts it believes nothing of what this user chooses.</summary>
[Trait("Category", "Published")]
public class SecureExecutionTests
{
    [RightsTheory]
    [InlineData(HostWithRights.SetUserId)]
    [InlineData(HostWithRights.Capability)]
    public void NATIVE_PLUGINS_PATH_is_ignored_and_the_user_is_told(string kind)
    {
        using HostWithRights host = new(kind);

        HostResult result = host.Run(["NATIVE_PLUGINS_PATH={users}"], "constructor_marker_plugin").Exits(66);

        Assert.False(File.Exists(host.Marker));
        Assert.Contains("warning host: Secure execution: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("ignores NATIVE_PLUGINS_PATH", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Users, result.Error, StringComparison.Ordinal);
    }

    [RightsTheory]
    [InlineData(HostWithRights.SetUserId)]
    [InlineData(HostWithRights.Capability)]
    public void A_list_too_leaves_it_out(string kind)
    {
        using HostWithRights host = new(kind);

        HostResult result = host.Run(["NATIVE_PLUGINS_PATH={users}"], "list");

        Assert.DoesNotContain("constructor_marker_plugin", result.Output, StringComparison.Ordinal);
        Assert.Contains("ignores NATIVE_PLUGINS_PATH", result.Error, StringComparison.Ordinal);
    }

    [RightsTheory]
    [InlineData(HostWithRights.SetUserId)]
    [InlineData(HostWithRights.Capability)]
    public void The_users_own_plugin_is_refused_however_it_is_named(string kind)
    {
        using HostWithRights host = new(kind);

        host.Run([], Path.Combine(host.Users, "libconstructor_marker_plugin.so")).Exits(77);
        host.Run([], "--plugin-dir", host.Users, "constructor_marker_plugin").Exits(77);

        Assert.False(File.Exists(host.Marker));
    }

    [RightsTheory]
    [InlineData(HostWithRights.SetUserId)]
    [InlineData(HostWithRights.Capability)]
    public void Verbose_says_so_also_where_nothing_is_ignored(string kind)
    {
        using HostWithRights host = new(kind);

        Assert.Contains("host: secure execution: ", host.Run([], "-v", "hello_world").Exits(0).Error, StringComparison.Ordinal);
        Assert.Equal("", host.Run([], "hello_world").Exits(0).Error);
    }

    // Each row of docs/environment.md that the C library or a runtime reads.
    [RightsTheory]
    [InlineData("LD_PRELOAD={users}/libconstructor_marker.so")]
    [InlineData("LD_AUDIT={users}/libconstructor_marker.so")]
    [InlineData("LD_LIBRARY_PATH={users}")]
    [InlineData("LD_DEBUG=all", "LD_DEBUG_OUTPUT={users}/debug")]
    [InlineData("LD_BIND_NOT=1", "LD_SHOW_AUXV=1", "LD_PROFILE_OUTPUT={users}")]
    [InlineData("GLIBC_TUNABLES=glibc.malloc.check=3:glibc.rtld.optional_static_tls=0")]
    [InlineData("MALLOC_CHECK_=3", "MALLOC_TRACE={users}/trace")]
    [InlineData("GCONV_PATH={users}", "LOCPATH={users}", "NLSPATH={users}/%N")]
    [InlineData("LC_ALL=tr_TR.UTF-8", "LANG=de_DE.ISO-8859-1", "LANGUAGE=de", "LC_MESSAGES=fr_FR", "CHARSET=utf-7")]
    [InlineData("TZ=:{users}/zone", "TZDIR={users}")]
    [InlineData("TERM=../../users", "TERMINFO={users}", "NO_COLOR=1", "COLUMNS=-1", "LINES=9999999999")]
    [InlineData("PATH={users}", "IFS=/", "ENV={users}/rc", "BASH_ENV={users}/rc")]
    [InlineData("TMPDIR={users}", "TMP={users}", "TEMP={users}")]
    [InlineData("USER=../../evil", "LOGNAME=../../evil", "HOME={users}", "XDG_CONFIG_HOME={users}", "XDG_RUNTIME_DIR={users}")]
    [InlineData("DOTNET_STARTUP_HOOKS={users}/hook.dll", "DOTNET_ADDITIONAL_DEPS={users}", "DOTNET_SHARED_STORE={users}")]
    [InlineData("DOTNET_GCName=libconstructor_marker.so", "DOTNET_GCPath={users}/libconstructor_marker.so")]
    [InlineData("CORECLR_ENABLE_PROFILING=1", "CORECLR_PROFILER={00000000-0000-0000-0000-000000000001}", "CORECLR_PROFILER_PATH={users}/libconstructor_marker.so")]
    [InlineData("DOTNET_EnableEventPipe=1", "DOTNET_EventPipeOutputPath={users}/trace.nettrace", "DOTNET_DiagnosticPorts={users}/port")]
    [InlineData("DOTNET_DbgEnableMiniDump=1", "DOTNET_DbgMiniDumpName={users}/dump", "DOTNET_EnableCrashReport=1")]
    [InlineData("DOTNET_ROOT={users}", "DOTNET_BUNDLE_EXTRACT_BASE_DIR={users}", "COREHOST_TRACE=1", "COREHOST_TRACEFILE={users}/trace")]
    [InlineData("CLR_ICU_VERSION_OVERRIDE=/../../{users}", "DOTNET_SYSTEM_GLOBALIZATION_APPLOCALICU={users}:1", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=0")]
    public void No_variable_changes_what_runs_or_is_written(params string[] variables)
    {
        foreach (string kind in (string[])[HostWithRights.SetUserId, HostWithRights.Capability])
        {
            using HostWithRights host = new(kind);

            HostResult result = host.Run(variables, "hello_world", "Ada").Exits(0);

            Assert.Equal(("Hello, Ada!\n", ""), (result.Output, result.Error));
            Assert.Empty(host.Left);
        }
    }

    [RightsTheory]
    [InlineData(HostWithRights.SetUserId)]
    [InlineData(HostWithRights.Capability)]
    public void A_plugins_data_directory_is_not_where_the_user_says(string kind)
    {
        using HostWithRights host = new(kind);

        HostResult result = host.Run(["XDG_DATA_HOME={users}", "HOME={users}"], "paths_printer");

        Assert.DoesNotContain(host.Users, result.Output, StringComparison.Ordinal);
        Assert.Contains("ignores XDG_DATA_HOME", result.Error, StringComparison.Ordinal);
        Assert.Empty(host.Left);
    }

    // glibc writes it into its own directory, if there is one.
    [RightsTheory]
    [InlineData(HostWithRights.SetUserId)]
    [InlineData(HostWithRights.Capability)]
    public void A_profile_of_the_loader_is_not_written_where_the_user_says(string kind)
    {
        using HostWithRights host = new(kind);

        Assert.Equal("Hello, world!\n", host.Run(["LD_PROFILE=libc.so.6", "LD_PROFILE_OUTPUT={users}"], "hello_world").Exits(0).Output);

        Assert.Empty(host.Left);
    }

    [RightsTheory]
    [InlineData(HostWithRights.SetUserId)]
    public void Private_copies_are_not_made_where_the_user_says(string kind)
    {
        using HostWithRights host = new(kind);
        string staging = $"/tmp/native-plugins-{HostWithRights.Owner}";
        try
        {
            using HostProcess watch = host.Start(["TMPDIR={users}"], "watch", "slow_command");
            watch.WaitForOutput("waiting\n");

            Assert.Empty(host.Left);
            Assert.NotEmpty(Directory.GetDirectories(staging));
            watch.Signal("INT");
            watch.WaitForEnd().Exits(130);
        }
        finally
        {
            Tool.Run("rm", "-rf", staging);
        }
    }

    [RightsTheory]
    [InlineData(HostWithRights.Capability)]
    public void Where_no_copy_can_be_kept_from_the_user_none_is_made(string kind)
    {
        using HostWithRights host = new(kind);

        HostResult result = host.Run([], "watch", "--json", "slow_command").Exits(77);

        Assert.Equal("NP1010", result.ErrorObject.GetProperty("code").GetString());
    }

    [RightsTheory]
    [InlineData("inspect", "/etc/shadow")]
    [InlineData("manifest", "--output", "/etc/native-plugins-test", "libhello_world.so")]
    [InlineData("--describe-in-child", "mark", "libhello_world.so")]
    [InlineData("--config", "/etc/shadow", "hello_world")]
    [InlineData("watch", "--staging-dir", "/tmp", "hello_world")]
    [InlineData("watch", "--project", "/etc/shadow")]
    public void What_would_read_or_write_what_the_user_names_is_refused(params string[] arguments)
    {
        using HostWithRights host = new(HostWithRights.SetUserId);

        Assert.Contains("NP1010", host.Run([], arguments).Exits(77).Error, StringComparison.Ordinal);
    }
}
