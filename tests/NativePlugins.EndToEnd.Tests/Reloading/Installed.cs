using System.Collections.Concurrent;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>A reloadable plugin in a directory of its own, of which other generations can be installed over it.</summary>
internal sealed class Installed : IDisposable
{
    private static readonly ConcurrentDictionary<string, Lazy<string>> s_compiled = new();

    private readonly Scratch _scratch = new();

    /// <param name="defines">Macros of the first generation, besides GENERATION=1.</param>
    /// <param name="configure">Changes the host's options.</param>
    public Installed(string defines = "", Action<PluginHostOptions>? configure = null)
    {
        Library = Path.Combine(_scratch.Folder("plugins"), "libgenerations.so");
        Staging = _scratch.Folder("staging");
        Options = new PluginHostOptions { Reload = new PluginReloadOptions { StagingDirectory = Staging } };
        configure?.Invoke(Options);
        Install(1, defines);
        Host = new PluginHost(Options);
        Plugin = Host.Load(Library);
    }

    public string Library { get; }

    public string Staging { get; }

    public PluginHostOptions Options { get; }

    public PluginHost Host { get; }

    public Plugin Plugin { get; }

    /// <summary>tests/fixtures/generations.c with these macros.</summary>
    public static string Compiled(int generation, string defines = "") => s_compiled.GetOrAdd($"GENERATION={generation} {defines}", macros => new Lazy<string>(() =>
    {
        string library = Path.Combine(NativeFixtures.Directory, $"generations-{Guid.NewGuid():N}.so");
        Tool.Run(TestTarget.C, [
            "-shared", "-fPIC", "-fvisibility=hidden", "-I", "abi", "-I", "tests/fixtures", "-o", library, "tests/fixtures/generations.c",
            .. macros.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(macro => $"-D{macro}")]);
        return library;
    })).Value;

    /// <summary>Writes a generation over the installed library.</summary>
    public void Install(int generation, string defines = "") => Install(File.ReadAllBytes(Compiled(generation, defines)));

    public void Install(byte[] bytes) => File.WriteAllBytes(Library, bytes);

    /// <summary>The same by rename: nobody sees a library that is half written, however busy the machine is.</summary>
    public void Replace(byte[] bytes)
    {
        string whole = Library + ".new";
        File.WriteAllBytes(whole, bytes);
        File.Move(whole, Library, overwrite: true);
    }

    /// <inheritdoc cref="Replace(byte[])"/>
    public void Replace(int generation) => Replace(File.ReadAllBytes(Compiled(generation)));

    /// <summary>What one run of the command prints.</summary>
    public string Run() => Run(Plugin);

    public static string Run(Plugin plugin)
    {
        using var output = new StringWriter();
        plugin.RunCommand([], output, output);
        return output.ToString();
    }

    /// <summary>Installs a generation, tries to reload, and checks that the old one goes on with its state.</summary>
    public T RefuseReload<T>(int generation, string defines = "")
        where T : Exception
    {
        Install(generation, defines);
        return RefuseReload<T>();
    }

    public T RefuseReload<T>()
        where T : Exception
    {
        int before = Plugin.Generation;
        string run = Run();
        PluginReloadFailedEventArgs? failed = null;
        Plugin.ReloadFailed += (_, args) => failed = args;

        T refusal = Assert.Throws<T>(() => Plugin.Reload());

        Assert.Same(refusal, failed?.Error);
        Assert.Equal(before, Plugin.Generation);
        Assert.Equal(PluginState.Started, Plugin.State);
        Assert.Equal(Next(run), Run());
        return refusal;
    }

    public void Dispose()
    {
        Host.Dispose();
        _scratch.Dispose();
    }

    private static string Next(string run)
    {
        string[] words = run.TrimEnd('\n').Split(' ');
        return $"{string.Join(' ', words[..^1])} {int.Parse(words[^1], System.Globalization.CultureInfo.InvariantCulture) + 1}\n";
    }
}
