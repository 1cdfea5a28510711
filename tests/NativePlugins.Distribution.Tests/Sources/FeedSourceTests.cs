using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NativePlugins.Distribution.Tests.Sources;

public sealed class FeedSourceTests : IAsyncDisposable
{
    private const string Versions = "/flat/hello/index.json";
    private const string Package = "/flat/hello/2.0.0/hello.2.0.0.nupkg";

    private readonly TestStore _store = new();
    private readonly TestFeed _feed;
    private readonly List<FeedSource> _opened = [];

    public FeedSourceTests() => _feed = new TestFeed(_store.Feed);

    public async ValueTask DisposeAsync()
    {
        _opened.ForEach(source => source.Dispose());
        await _feed.DisposeAsync();
        _store.Dispose();
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("feed")]
    public async Task The_greatest_released_version_is_installed(string kind)
    {
        new TestPackage(version: "3.0.0-rc.1").WriteTo(_store.Feed);

        InstalledPlugin installed = await Install(Source(kind));

        Assert.Equal("2.0.0", installed.Version);
        Assert.Equal("2.0.0", _store.Read());
        Assert.Empty(_store.Leftovers());
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("feed")]
    public async Task An_update_finds_what_is_newer(string kind)
    {
        await _store.Install("1.0.0");

        Assert.Equal("2.0.0", (await _store.Open().UpdateAsync("hello", null, [Source(kind)], CancellationToken.None)).Version);
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("feed")]
    public async Task What_the_lock_file_names_is_restored(string kind)
    {
        await _store.Install("1.0.0");
        Directory.Delete(_store[".store", "versions"], recursive: true);

        Assert.Single(await _store.Open().RestoreAsync([Source(kind)], CancellationToken.None));
        Assert.Equal("1.0.0", _store.Read());
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("feed")]
    public async Task A_plugin_that_it_does_not_know_is_not_found(string kind) =>
        await Assert.ThrowsAsync<PackageNotFoundException>(() => _store.Open().InstallAsync("other", null, [Source(kind)], CancellationToken.None));

    [Theory]
    [InlineData("folder")]
    [InlineData("feed")]
    public async Task A_package_that_is_another_one_than_its_name_says_is_refused(string kind)
    {
        File.Copy(Path.Combine(_store.Feed, "hello.1.0.0.nupkg"), Path.Combine(_store.Feed, "hello.2.0.0.nupkg"), overwrite: true);

        AssertTold("hello 2.0.0", "hello 1.0.0", await Refused<PackageIdentityException>(Source(kind)));
    }

    [Fact]
    public async Task The_lock_file_names_the_feed() => Assert.Equal(_feed.Address, (await Install(Source())).Source);

    [Theory]
    [InlineData("/v3/index.json", "no JSON", "'no JSON' is an invalid JSON literal")]
    [InlineData("/v3/index.json", "[]", "the field resources is not a list")]
    [InlineData("/v3/index.json", """{"resources":[]}""", "there is no resource PackageBaseAddress/3.0.0")]
    [InlineData("/v3/index.json", """{"resources":[{"@type":"PackageBaseAddress/3.0.0"}]}""", "the field @id is not a text")]
    [InlineData("/v3/index.json", """{"resources":[{"@type":"PackageBaseAddress/3.0.0","@id":"file:///etc"}]}""", "the address of PackageBaseAddress/3.0.0 is none")]
    [InlineData("/v3/index.json", """{"resources":[{"@type":"PackageBaseAddress/3.0.0","@id":"http://example.org/"}]}""", "it leads to http://example.org/")]
    [InlineData(Versions, "<html>", "'<' is an invalid start of a value")]
    [InlineData(Versions, """{"versions":[2]}""", "the field versions is not a list of texts")]
    [InlineData(Versions, """{"versions":"2.0.0"}""", "the field versions is not a list")]
    public async Task An_answer_that_is_no_feeds_is_refused(string path, string body, string found)
    {
        _feed.Answer = (asked, _) => asked == path ? TestFeed.Reply("200 OK", body) : null;

        AssertTold("a list as NuGet's protocol 3 has it, in JSON|https, or http within this computer", found, await Refused<PackageSourceException>(Source()));
    }

    [Theory]
    [InlineData("401 Unauthorized", "401")]
    [InlineData("403 Forbidden", "403")]
    [InlineData("410 Gone", "410")]
    [InlineData("204 No Content", "204")]
    [InlineData("429 Too Many Requests", "429")]
    [InlineData("503 Service Unavailable", "503")]
    public async Task A_refusal_of_the_feed_is_told(string status, string told)
    {
        foreach (string path in new[] { "/v3/index.json", Versions, Package })
        {
            _feed.Answer = (asked, _) => asked == path ? TestFeed.Reply(status) : null;

            Assert.Contains(told, (await Refused<PackageSourceException>(Source())).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_version_that_is_listed_and_not_there_is_told()
    {
        _feed.Answer = (asked, _) => asked == Versions ? TestFeed.Reply("200 OK", """{"versions":["1.0.0","9.0.0"]}""") : null;

        Assert.Contains("404", (await Refused<PackageSourceException>(Source())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_that_has_no_time_is_asked_again()
    {
        int asked = 0;
        _feed.Answer = (path, _) => path == Package && ++asked < 3 ? TestFeed.Reply("503 Service Unavailable", headers: "Retry-After: 0\r\n") : null;

        Assert.Equal("2.0.0", (await Install(Source())).Version);
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task Nobody_waits_as_long_as_a_feed_likes()
    {
        _feed.Answer = (_, _) => TestFeed.Reply("429 Too Many Requests", headers: "Retry-After: 86400\r\n");

        Assert.Contains("86400", (await Refused<PackageSourceException>(Source())).Message, StringComparison.Ordinal);
        Assert.Single(_feed.Requests);
    }

    [Fact]
    public async Task A_feed_that_is_not_there_is_told()
    {
        // Its port is taken, and nobody listens there.
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        AssertTold("an answer by HTTP", $"({taken.LocalEndPoint})", await Refused<PackageSourceException>(Source(address: $"http://{taken.LocalEndPoint}/v3/index.json")));
    }

    [Theory]
    [InlineData("/v3/index.json")]
    [InlineData(Versions)]
    [InlineData(Package)]
    public async Task A_feed_that_does_not_answer_is_given_up(string path)
    {
        _feed.IsSilent = asked => asked == path;

        AssertTold("an answer within 0.5 s", "none", await Refused<PackageSourceException>(Source(options: Options(patience: 0.5))));
    }

    [Theory]
    [InlineData("/v3/index.json")]
    [InlineData(Versions)]
    [InlineData(Package)]
    public async Task An_answer_without_end_is_refused(string path)
    {
        byte[] blanks = Encoding.ASCII.GetBytes(new string(' ', 1 << 16));
        _feed.Answer = (asked, _) => asked == path ? TestFeed.Reply("200 OK", [], length: 1L << 40) : null;
        _feed.Endless = asked => asked == path ? blanks : null;
        PluginStoreOptions options = new() { TrustFiles = [_store.TrustFile], Limits = new PluginPackageLimits { MaxPackageSize = 1 << 20 } };

        PluginException refusal = await Assert.ThrowsAnyAsync<PluginException>(
            () => new PluginStore(_store.Root, options).InstallAsync("hello", null, [Source()], CancellationToken.None));

        Assert.Equal(path == Package ? "NP7103" : "NP7108", refusal.Error.Code);
        AssertTold(path == Package ? "at most 1,048,576 bytes" : "a list of at most 4,194,304 bytes", "more", refusal);
        Assert.Empty(_store.Leftovers());
    }

    [Fact]
    public async Task A_download_that_breaks_off_goes_on_where_it_was()
    {
        byte[] whole = await File.ReadAllBytesAsync(Path.Combine(_store.Feed, "hello.2.0.0.nupkg"));
        _feed.Answer = (path, request) => path != Package ? null
            : request.Contains("Range: bytes=100-", StringComparison.Ordinal) && request.Contains("If-Range: \"a\"", StringComparison.Ordinal)
                ? TestFeed.Reply("206 Partial Content", whole[100..], $"ETag: \"a\"\r\nContent-Range: bytes 100-{whole.Length - 1}/{whole.Length}\r\n")
                : TestFeed.Reply("200 OK", whole[..100], "ETag: \"a\"\r\n", whole.Length);

        Assert.Equal("2.0.0", (await Install(Source())).Version);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ETag: W/\"a\"\r\n")]
    [InlineData("ETag: \"a\"\r\n")]
    public async Task A_download_that_breaks_off_is_refused_where_the_feed_cannot_go_on(string tag)
    {
        byte[] whole = await File.ReadAllBytesAsync(Path.Combine(_store.Feed, "hello.2.0.0.nupkg"));
        _feed.Answer = (path, _) => path == Package ? TestFeed.Reply("200 OK", whole[..100], tag, whole.Length) : null;

        Assert.Contains("after 100 bytes", (await Refused<PackageSourceException>(Source())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://example.org/package", "it leads to http://example.org/package")]
    [InlineData("file:///etc/passwd", "it leads to file:///etc/passwd")]
    [InlineData("http://[/", "without an address")]
    [InlineData("//exa mple.org:port/", "without an address")]
    public async Task A_redirect_to_what_is_not_safe_is_not_followed(string target, string found)
    {
        _feed.Answer = (path, _) => path == Package ? TestFeed.Reply("302 Found", headers: $"Location: {target}\r\n") : null;

        Assert.Contains(found, (await Refused<PackageSourceException>(Source())).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirects_in_a_circle_have_an_end()
    {
        _feed.Answer = (path, _) => path == Package ? TestFeed.Reply("307 Temporary Redirect", headers: $"Location: {Package}\r\n") : null;

        Assert.Contains("more than 5 redirects", (await Refused<PackageSourceException>(Source())).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_are_sent_to_the_feed_and_not_to_where_it_leads()
    {
        await using var other = new TestFeed(_store.Feed);
        _feed.Answer = (path, _) => path == Package ? TestFeed.Reply("302 Found", headers: $"Location: {other.Root}{Package}?token=secret\r\n") : null;

        await Install(Source(options: Options(user: new NetworkCredential("ada", "swordfish"))));

        string basic = "Authorization: Basic " + Convert.ToBase64String("ada:swordfish"u8);
        Assert.All(_feed.Requests, request => Assert.Contains(basic, request, StringComparison.Ordinal));
        Assert.DoesNotContain("Authorization", Assert.Single(other.Requests), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("swordfish", await File.ReadAllTextAsync(_store["plugins.lock.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_in_an_address_are_not_told()
    {
        await using var other = new TestFeed(_store.Feed) { Answer = (_, _) => TestFeed.Reply("302 Found", headers: "Location: http://user:swordfish@example.org/?token=secret\r\n") };
        _feed.Answer = (path, _) => path == Package ? TestFeed.Reply("302 Found", headers: $"Location: {other.Root}{Package}?token=secret\r\n") : null;

        string told = (await Refused<PackageSourceException>(Source())).ToString();

        Assert.DoesNotContain("secret", told, StringComparison.Ordinal);
        Assert.DoesNotContain("swordfish", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("feed")]
    [InlineData("ftp://example.org/index.json")]
    [InlineData("https://user:swordfish@example.org/index.json")]
    [InlineData("https://example.org/index.json?token=secret")]
    public void An_address_that_no_feed_has_or_that_has_secrets_is_refused(string address) => Assert.Throws<ArgumentException>(() => new FeedSource(address));

    [Fact]
    public async Task A_feed_elsewhere_is_not_read_by_http() =>
        AssertTold("https, or http within this computer", "http", await Refused<PackageSourceException>(Source(address: "http://example.org/v3/index.json")));

    private static FeedSourceOptions Options(double patience = 30, NetworkCredential? user = null) =>
        new() { RetryDelay = TimeSpan.Zero, Patience = TimeSpan.FromSeconds(patience), Credentials = user };

    private PluginSource Source(string kind = "feed", string? address = null, FeedSourceOptions? options = null)
    {
        if (kind == "folder")
        {
            return _store.Source;
        }

        var source = new FeedSource(address ?? _feed.Address, options ?? Options());
        _opened.Add(source);
        return source;
    }

    private Task<InstalledPlugin> Install(PluginSource source) => _store.Open().InstallAsync("hello", null, [source], CancellationToken.None);

    /// <param name="expected">How what was expected begins; of several, one.</param>
    /// <param name="found">A part of what was found.</param>
    /// <param name="refusal">What says both.</param>
    private static void AssertTold(string expected, string found, PluginException refusal)
    {
        Assert.Contains(expected.Split('|'), begin => refusal.Expected?.StartsWith(begin, StringComparison.Ordinal) == true);
        Assert.Contains(found, refusal.Found, StringComparison.Ordinal);
    }

    /// <summary>Nothing is left of the attempt.</summary>
    private async Task<T> Refused<T>(PluginSource source)
        where T : PluginException
    {
        T refusal = await Assert.ThrowsAsync<T>(() => Install(source));
        Assert.Null(_store.Read());
        Assert.Empty(_store.Leftovers());
        return refusal;
    }
}
