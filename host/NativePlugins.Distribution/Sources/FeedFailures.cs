using System.Net;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution.Sources;

/// <summary>What can be wrong with a feed.</summary>
internal static class FeedFailures
{
    public static PackageSourceException Status(Uri address, string expected, HttpStatusCode status) => Make(address, expected, status switch
    {
        HttpStatusCode.Unauthorized => "status 401: it asks for a user's name and a password, or knows other ones",
        HttpStatusCode.Forbidden => "status 403: the user may not read it",
        _ => $"status {(int)status}",
    });

    public static PackageSourceException BadList(Uri address, string found, Exception? cause = null) =>
        Make(address, "a list as NuGet's protocol 3 has it, in JSON", found, cause);

    public static PackageSourceException TooLong(Uri address, int most) => Make(address, $"a list of at most {most:N0} bytes", "more");

    public static PackageSourceException Slow(Uri address, TimeSpan patience) => Make(address, $"an answer within {patience.TotalSeconds:0.###} s", "none");

    public static PackageSourceException Busy(Uri address, HttpStatusCode status, TimeSpan wait, TimeSpan longest) =>
        Make(address, $"an answer, or one after {longest.TotalSeconds:0} s at most", $"status {(int)status}, to be asked again in {wait.TotalSeconds:0} s");

    public static PackageSourceException Unreachable(Uri address, Exception cause) => Make(address, "an answer by HTTP", cause.Message, cause);

    public static PackageSourceException Insecure(Uri from, Uri to) => Make(
        from, "https, or http within this computer, or FeedSourceOptions.AllowInsecureConnections", from == to ? "http" : $"it leads to {FeedAddress.Show(to)}");

    public static PackageSourceException BadRedirect(Uri address, string found) => Make(address, "an answer, or an address that leads to one", found);

    public static PackageSourceException BrokenOff(Uri address, long length, string found, Exception? cause) =>
        Make(address, "a whole package", $"it broke off after {length:N0} bytes: {found}", cause);

    private static PackageSourceException Make(Uri address, InvariantText expected, InvariantText found, Exception? cause = null) =>
        new(new PluginFailure($"the feed at {UntrustedText.Quote(FeedAddress.Show(address))} cannot be read")
        {
            Expected = expected.ToText(),
            Found = UntrustedText.Escape(found.ToText()),
            Cause = cause,
        });
}
