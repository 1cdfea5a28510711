using NativePlugins.Binary;
using NativePlugins.Binary.Model;
using NativePlugins.Host.Loading;
using NativePlugins.Host.Resolution;
using NativePlugins.Host.Staging;

namespace NativePlugins.Host.Tests.Loading;

/// <summary>Which library has which unique symbol. The table belongs to the process, so each test uses names of its own.</summary>
public sealed class UniqueSymbolRegistryTests
{
    private readonly string _name = $"np_{Guid.NewGuid():N}";

    [Fact]
    public void What_is_gone_is_in_nobodys_way()
    {
        UniqueSymbols.Claim(Plugin("/a/liba.so", size: 4), allowShared: false);
        Assert.Throws<PluginUniqueSymbolException>(() => UniqueSymbols.Claim(Plugin("/b/libb.so", size: 8), allowShared: false));

        UniqueSymbols.Release(Path("/a/liba.so"), wasMapped: true);
        UniqueSymbols.Claim(Plugin("/b/libb.so", size: 8), allowShared: false);
        UniqueSymbols.Release(Path("/b/libb.so"), wasMapped: true);
    }

    [Fact]
    public void The_same_image_twice_is_one()
    {
        UniqueSymbols.Claim(Plugin("/a/liba.so", size: 4), allowShared: false);
        UniqueSymbols.Claim(Plugin("/a/liba.so", size: 4), allowShared: false);

        UniqueSymbols.Release(Path("/a/liba.so"), wasMapped: true);
        UniqueSymbols.Claim(Plugin("/b/libb.so", size: 8), allowShared: false);
    }

    [Fact]
    public void Another_type_is_another_content()
    {
        UniqueSymbols.Claim(Plugin("/a/liba.so", size: 4, type: 1), allowShared: false);

        PluginUniqueSymbolException refusal = Assert.Throws<PluginUniqueSymbolException>(() => UniqueSymbols.Claim(Plugin("/b/libb.so", size: 4, type: 6), allowShared: false));
        Assert.Contains("thread-local", refusal.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_allowed_is_remembered_all_the_same()
    {
        UniqueSymbols.Claim(Plugin("/a/liba.so", size: 4), allowShared: false);
        UniqueSymbols.Claim(Plugin("/b/libb.so", size: 8), allowShared: true);
        UniqueSymbols.Release(Path("/a/liba.so"), wasMapped: true);

        Assert.Throws<PluginUniqueSymbolException>(() => UniqueSymbols.Claim(Plugin("/c/libc.so", size: 4), allowShared: false));
    }

    [Fact]
    public void A_refused_claim_leaves_nothing()
    {
        UniqueSymbols.Claim(Plugin("/a/liba.so", size: 4), allowShared: false);
        Assert.Throws<PluginUniqueSymbolException>(() => UniqueSymbols.Claim(Plugin("/b/libb.so", size: 8), allowShared: false));
        UniqueSymbols.Release(Path("/a/liba.so"), wasMapped: true);

        UniqueSymbols.Claim(Plugin("/c/libc.so", size: 16), allowShared: false);
    }

    private string Path(string path) => $"{path}.{_name}";

    private VerifiedPlugin Plugin(string path, ulong size, int type = 1) => new(
        new ResolvedPlugin(Path(path), "stem", "/", Path(path)),
        new BinaryImage
        {
            Path = Path(path),
            Status = default,
            Target = default,
            Kind = BinaryKind.SharedLibrary,
            UniqueSymbols = [new UniqueSymbol(_name, size, type)],
        },
        Manifest: null,
        Staged: null);
}
