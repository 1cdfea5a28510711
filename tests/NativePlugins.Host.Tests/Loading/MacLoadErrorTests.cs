using NativePlugins.Host.Loading;

namespace NativePlugins.Host.Tests.Loading;

public sealed class MacLoadErrorTests
{
    [Fact]
    public void A_refusal_of_the_loader_tells_how_the_library_is_signed_and_of_library_validation()
    {
        PluginLoaderRefusedException refusal = MacLoadErrors.Describe("libx.dylib", "code signature not valid for use in process", signature: null);

        Assert.Contains("the library is not signed", refusal.Found, StringComparison.Ordinal);
        Assert.Contains("hardened runtime", refusal.Advice, StringComparison.Ordinal);
        Assert.Contains("com.apple.security.cs.disable-library-validation", refusal.Advice, StringComparison.Ordinal);
    }
}
