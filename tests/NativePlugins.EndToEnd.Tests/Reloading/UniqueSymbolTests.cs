namespace NativePlugins.EndToEnd.Tests;

/// <summary>
/// What libraries of one process share without knowing. Each test has a symbol of its own: the system's loader remembers them
/// for as long as the process lives.
/// </summary>
public class UniqueSymbolTests
{
    [Fact]
    public void A_reload_of_which_the_new_build_would_use_the_variable_of_the_old_one_is_refused_and_the_old_one_goes_on()
    {
        using var unique = new UniquePlugin();
        Plugin plugin = unique.Install(number: 1).Load();
        unique.Install(number: 2, size: 400_000);

        PluginUniqueSymbolException refusal = Assert.Throws<PluginUniqueSymbolException>(() => plugin.Reload());

        Assert.Equal("NP3013", refusal.Code);
        Assert.Contains($"'{unique.Symbol}', 400,000 bytes in '{unique.Library}', and 4 bytes in an older build of it", refusal.Found, StringComparison.Ordinal);
        Assert.Contains("-fno-gnu-unique", refusal.Advice, StringComparison.Ordinal);
        Assert.Equal(1, plugin.Generation);
        Assert.Equal("build 1, variable 1\n", Installed.Run(plugin));
    }

    [Fact]
    public void So_is_one_of_the_same_size()
    {
        using var unique = new UniquePlugin();
        Plugin plugin = unique.Install(number: 1).Load();
        unique.Install(number: 2);

        Assert.Throws<PluginUniqueSymbolException>(() => plugin.Reload());
    }

    [Fact]
    public void Where_that_is_allowed_the_new_build_sees_the_old_ones_variable()
    {
        using var unique = new UniquePlugin(options => options.AllowSharedSymbols = true);
        Plugin plugin = unique.Install(number: 1).Load();
        unique.Install(number: 2);

        PluginReload reload = plugin.Reload();

        Assert.Equal("build 2, variable 1\n", Installed.Run(plugin));
        Assert.Equal(PluginRetiredImage.StillMapped, reload.Retirement!.Image);
    }

    [Fact]
    public void What_nobody_outside_can_see_is_its_own()
    {
        using var unique = new UniquePlugin();
        Plugin plugin = unique.Install(number: 1, "-DHIDDEN").Load();
        unique.Install(number: 2, "-DHIDDEN");

        plugin.Reload();

        Assert.Equal("build 2, variable 2\n", Installed.Run(plugin));
    }

    [Fact]
    public void A_second_plugin_with_a_larger_variable_of_that_name_is_refused()
    {
        using var first = new UniquePlugin();
        using var second = new UniquePlugin(symbol: first.Symbol, id: "second");
        first.Install(number: 1).Load();

        PluginUniqueSymbolException refusal = Assert.Throws<PluginUniqueSymbolException>(() => second.Install(number: 2, size: 8).Load());

        Assert.Contains(second.Library, refusal.Found, StringComparison.Ordinal);
        Assert.Contains(first.Library, refusal.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_plugin_with_the_same_variable_is_loaded_and_shares_it()
    {
        using var first = new UniquePlugin();
        using var second = new UniquePlugin(symbol: first.Symbol, id: "second");
        first.Install(number: 1).Load();

        Assert.Equal("build 2, variable 1\n", Installed.Run(second.Install(number: 2).Load()));
    }

    [Fact]
    public void Another_build_is_refused_also_after_the_first_one_was_disposed_of_as_that_one_stays_mapped()
    {
        using var unique = new UniquePlugin();
        unique.Install(number: 1).Load().Dispose();

        Assert.Throws<PluginUniqueSymbolException>(() => unique.Install(number: 2).Load());
        Assert.Equal("build 1, variable 1\n", Installed.Run(unique.Install(number: 1).Load()));
    }

    [Fact]
    public void Loading_says_so_once()
    {
        using var loggers = new RecordingLoggers();
        using var unique = new UniquePlugin(options => options.LoggerFactory = loggers);

        Plugin plugin = unique.Install(number: 1).Load();
        Assert.Throws<PluginUniqueSymbolException>(() => plugin.Reload());

        LogRecord record = Assert.Single(loggers.Records, record => record.Message.Contains("unique symbol", StringComparison.Ordinal) && record.Message.Contains(unique.Symbol, StringComparison.Ordinal) && !record.Message.Contains("refused", StringComparison.Ordinal));
        Assert.Contains("-fno-gnu-unique", record.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_shows_them()
    {
        using var unique = new UniquePlugin();
        unique.Install(number: 1);

        Assert.Contains($"unique     1 shared with every library of the process that has them: {unique.Symbol}", HostProcess.Run("inspect", unique.Library).Exits(0).Output, StringComparison.Ordinal);
        Assert.Contains($"{unique.Symbol}\tunique\n", HostProcess.Run("inspect", "--exports", unique.Library).Exits(0).Output, StringComparison.Ordinal);
        Assert.Contains("\"unique\":true", HostProcess.Run("inspect", "--json", unique.Library).Exits(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_samples_have_none() => Assert.All(
        Directory.GetFiles(Repository.Dist, "*.so"),
        library => Assert.DoesNotContain(PluginBinary.Inspect(library).Exports, symbol => symbol.IsUnique));

    /// <summary>tests/fixtures/unique_symbol.c, in a directory of its own, in a host that can reload it.</summary>
    private sealed class UniquePlugin : IDisposable
    {
        private readonly Scratch _scratch = new();
        private readonly PluginHost _host;
        private readonly string _id;

        public UniquePlugin(Action<PluginHostOptions>? configure = null, string? symbol = null, string id = "unique_symbol")
        {
            _id = id;
            Symbol = symbol ?? $"np_unique_{Guid.NewGuid():N}";
            Library = Path.Combine(_scratch.Folder("plugins"), "libunique.so");
            var options = new PluginHostOptions { Reload = new PluginReloadOptions { StagingDirectory = _scratch.Folder("staging") } };
            configure?.Invoke(options);
            _host = new PluginHost(options);
        }

        public string Symbol { get; }

        public string Library { get; }

        public UniquePlugin Install(int number, string option = "-DNOTHING", int size = 4)
        {
            Tool.Run(
                TestTarget.C, "-shared", "-fPIC", "-I", "abi", "-I", "tests/fixtures", "-o", Library, "tests/fixtures/unique_symbol.c", option,
                $"-DSYMBOL=\"{Symbol}\"", $"-DNUMBER=\"{number}\"", $"-DSIZE=\"{size}\"", $"-DPLUGIN_ID=\"{_id}\"");
            return this;
        }

        public Plugin Load() => _host.Load(Library);

        public void Dispose()
        {
            _host.Dispose();
            _scratch.Dispose();
        }
    }
}
