using NativePlugins.Binary.Diagnosis;
using NativePlugins.Host;
using NativePlugins.Host.Verification;

namespace NativePlugins.Windows.Tests.Loading;

/// <summary>What the system's loader refuses, after the checks of the file have passed.</summary>
public sealed class LoaderTests : IDisposable
{
    private readonly Scratch _scratch = new();

    [Fact]
    public void A_missing_dependency_is_named()
    {
        PluginException refusal = Hosts.Refusal(_scratch.Copy("dependent"));

        Assert.IsType<PluginDependencyMissingException>(refusal);
        Assert.Contains("'np_dependency.dll'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(_scratch.Root, refusal.Found, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void What_a_dependency_lacks_is_named_with_who_needs_it()
    {
        string library = _scratch.Copy("needs_middle");
        _scratch.Copy("np_middle");

        PluginException refusal = Hosts.Refusal(library);

        Assert.IsType<PluginDependencyMissingException>(refusal);
        Assert.Contains("'np_dependency.dll'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("np_middle.dll", refusal.Found, StringComparison.Ordinal);
    }

    // Wine loads such a library and fails at the call; Windows refuses it with error 127, which is then explained like this.
    [Fact]
    public void A_function_that_the_dependency_lacks_is_named()
    {
        string library = _scratch.Copy("needs_more");
        _scratch.Copy("np_dependency_older", "np_dependency.dll");

        PluginException refusal = NativePlugins.Host.Verification.Refusals.Of(DependencyDiagnosis.Explain(PluginPreflight.Check(library))!);

        Assert.IsType<PluginSymbolMissingException>(refusal);
        Assert.Contains("np_dependency_more", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("np_dependency.dll", refusal.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_dependency_for_another_processor_is_refused()
    {
        string library = _scratch.Copy("dependent");
        byte[] bytes = File.ReadAllBytes(Material.Plugin("np_dependency"));
        BitConverter.TryWriteBytes(bytes.AsSpan(BitConverter.ToInt32(bytes, 0x3C) + 4), (ushort)0x014C);
        _scratch.Write("np_dependency.dll", bytes);

        PluginException refusal = Hosts.Refusal(library);

        Assert.True(refusal is PluginLoaderRefusedException or PluginDependencyMissingException, refusal.ToString());
        Assert.Contains("np_dependency.dll", refusal.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_library_that_does_not_want_to_be_loaded_is_refused_with_the_number_of_the_error()
    {
        PluginException refusal = Hosts.Refusal(_scratch.Copy("init_fails"));

        Assert.IsType<PluginLoaderRefusedException>(refusal);
        Assert.Contains("1114", refusal.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_can_be_loaded_again_after_its_dependency_has_come()
    {
        string library = _scratch.Copy("dependent");
        Assert.IsType<PluginDependencyMissingException>(Hosts.Refusal(library));

        _scratch.Copy("np_dependency");

        Assert.Equal(1, Hosts.RunOnce(library).Status);
    }

    [Fact]
    public void A_plugin_that_may_be_unloaded_leaves_its_file_free()
    {
        string library = _scratch.Copy("counters");
        using (PluginHost host = Hosts.Of())
        {
            host.Load(library);
            Assert.ThrowsAny<Exception>(() => File.Delete(library));
        }

        File.Delete(library);
        Assert.False(File.Exists(library));
    }

    [Fact]
    public void The_file_of_a_loaded_plugin_can_be_moved_aside_and_another_one_put_there()
    {
        string library = _scratch.Copy("counters");
        using PluginHost host = Hosts.Of();
        Plugin plugin = host.Load(library);

        File.Move(library, library + ".old");
        File.Copy(Material.Plugin("echo"), library);

        Assert.Equal((0, "counters ran\n"), plugin.Run());
    }

    [Fact]
    public void Another_file_under_the_path_of_a_loaded_plugin_is_refused()
    {
        string library = _scratch.Copy("counters");
        using PluginHost host = Hosts.Of();
        host.Load(library);
        File.Move(library, library + ".old");
        File.Copy(Material.Plugin("echo"), library);

        Assert.Throws<PluginImageReplacedException>(() => host.Load(library));
    }

    [Fact]
    public void The_error_mode_of_the_thread_is_as_it_was()
    {
        uint before = ErrorMode.Get();

        Hosts.Refusal(_scratch.Copy("dependent"));

        Assert.Equal(before, ErrorMode.Get());
    }

    public void Dispose() => _scratch.Dispose();
}
