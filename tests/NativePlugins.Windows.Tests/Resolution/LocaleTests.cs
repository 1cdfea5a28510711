using NativePlugins.Host;

namespace NativePlugins.Windows.Tests.Resolution;

/// <summary>Run by themselves with LC_ALL=C. There Wine cannot give a file a name that is not ASCII; Windows has no such locale.</summary>
[Trait("Category", "locale")]
public sealed class LocaleTests : IDisposable
{
    private readonly Scratch _scratch = new("plain");

    [Fact]
    public void A_name_that_the_locale_cannot_hold_is_refused_as_not_found_with_all_its_letters()
    {
        PluginException refusal = Hosts.Refusal(_scratch.PathOf("Größe 🧩", "echo.dll"));

        Assert.IsType<PluginNotFoundException>(refusal);
        Assert.Contains("Größe 🧩", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ASCII_name_loads()
    {
        Assert.Equal((0, "3 Ada\n"), Hosts.RunOnce(_scratch.Copy("echo"), "Ada"));
    }

    [Fact]
    public void Arguments_and_output_are_UTF_8_all_the_same()
    {
        Assert.Equal((0, "4 🧩\n"), Hosts.RunOnce(_scratch.Copy("echo"), "🧩"));
    }

    public void Dispose() => _scratch.Dispose();
}
