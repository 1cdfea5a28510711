using System.Text;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>The .NET tool takes sources and credentials from NuGet's configuration, as <c>dotnet restore</c> does.</summary>
[Trait("Category", "Published")]
public sealed class ConfiguredSourceTests : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly TestFeed _feed;
    private readonly Dictionary<string, string> _variables = [];

    public ConfiguredSourceTests()
    {
        string published = Path.GetDirectoryName(_scratch.Copy(TestTarget.PathOf("dist/libhello_c.so"), Path.Combine("published", "libhello_c.so")))!;
        HostProcess.Run("pack", published, "--output", _scratch.PathOf("packages")).Exits(0);
        _feed = new TestFeed(_scratch.PathOf("packages")) { Answer = (_, request) => request.Contains(Basic("ada", "swordfish"), StringComparison.Ordinal) ? null : TestFeed.Reply("401 Unauthorized") };
        _scratch.Folder("work");
    }

    public void Dispose()
    {
        _feed.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _scratch.Dispose();
    }

    [Fact]
    public void A_source_is_named_and_its_credentials_are_sent()
    {
        Configure(credentials: "<corp><add key='Username' value='ada' /><add key='ClearTextPassword' value='%CORP_PASSWORD%' /></corp>");
        _variables["CORP_PASSWORD"] = "swordfish";

        Run("install", "hello_c", "--source", "corp").Exits(0);

        Assert.Equal("Hello, world!\n", HostProcess.Run("--plugin-dir", _scratch.PathOf("plugins"), "hello_c").Exits(0).Output);
        string locked = File.ReadAllText(Path.Combine(_scratch.PathOf("plugins"), "plugins.lock.json"));
        Assert.Contains(_feed.Address, locked, StringComparison.Ordinal);
        Assert.DoesNotContain("swordfish", locked, StringComparison.Ordinal);
    }

    [Fact]
    public void Credentials_come_from_the_environment_too_and_for_a_feed_that_the_lock_file_names()
    {
        Configure();
        _variables["NuGetPackageSourceCredentials_corp"] = "Username=ada;Password=swordfish";
        Run("install", "hello_c", "--source", _feed.Address).Exits(0);

        Run("outdated").Exits(0);

        _variables.Clear();
        Assert.Contains("status 401", Run("outdated").Exits(74).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_users_file_counts_and_one_nearer_to_the_current_directory_counts_more()
    {
        Directory.CreateDirectory(_scratch.PathOf("home/.nuget/NuGet"));
        const string credentials = "<corp><add key='Username' value='ada' /><add key='ClearTextPassword' value='swordfish' /></corp>";
        Configure("home/.nuget/NuGet/NuGet.Config", credentials, clears: false);
        Run("install", "hello_c", "--source", "corp", "--dry-run").Exits(0);

        Configure("work/nuget.config", credentials.Replace("ada", "eve", StringComparison.Ordinal));

        Assert.Contains("status 401", Run("install", "hello_c", "--source", "corp", "--dry-run").Exits(74).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Credentials_for_other_kinds_of_authentication_are_not_sent()
    {
        Configure(credentials: "<corp><add key='Username' value='ada' /><add key='ClearTextPassword' value='swordfish' /><add key='ValidAuthenticationTypes' value='negotiate' /></corp>");

        Run("install", "hello_c", "--source", "corp").Exits(74);

        Assert.DoesNotContain(_feed.Requests, request => request.Contains("Authorization", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_folder_has_a_name_too_and_what_has_a_separator_is_a_path()
    {
        File.WriteAllText(_scratch.PathOf("work/nuget.config"), "<configuration><packageSources><clear /><add key='packages' value='../packages' /></packageSources></configuration>");

        Run("install", "hello_c", "--source", "packages", "--dry-run").Exits(0);
        Run("install", "hello_c", "--source", "./packages", "--dry-run").Exits(74);
    }

    [Fact]
    public void A_name_that_it_does_not_know_is_a_folder()
    {
        Configure();

        Assert.Contains("no such folder", Run("install", "hello_c", "--source", "packages").Exits(74).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<disabledPackageSources><add key='corp' value='true' /></disabledPackageSources>", "it is disabled")]
    [InlineData("<packageSourceCredentials><corp><add key='Username' value='ada' /><add key='Password' value='encrypted' /></corp></packageSourceCredentials>", "password")]
    [InlineData("<packageSourceCredentials>", "NuGet.Config is not valid XML")]
    public void What_cannot_be_used_is_told(string more, string found)
    {
        File.WriteAllText(_scratch.PathOf("work/nuget.config"), $"<configuration><packageSources><clear /><add key='corp' value='{_feed.Address}' /></packageSources>{more}</configuration>");

        string error = Run("install", "hello_c", "--source", "corp").Exits(64).Error;

        Assert.Contains("NuGet's configuration cannot be used", error, StringComparison.Ordinal);
        Assert.Contains(found, error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_with_a_secret_is_refused_and_not_told()
    {
        File.WriteAllText(_scratch.PathOf("work/nuget.config"), "<configuration><packageSources><clear /><add key='corp' value='https://feed.invalid/v3/index.json?key=swordfish' /></packageSources></configuration>");

        Assert.DoesNotContain("swordfish", Run("install", "hello_c", "--source", "corp").Exits(64).Error, StringComparison.Ordinal);
    }

    private static string Basic(string user, string password) => "Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    private void Configure(string file = "work/nuget.config", string credentials = "", bool clears = true) => File.WriteAllText(
        _scratch.PathOf(file),
        $"<configuration><packageSources>{(clears ? "<clear />" : "")}<add key='corp' value='{_feed.Address}' /></packageSources><packageSourceCredentials>{credentials}</packageSourceCredentials></configuration>");

    private HostResult Run(params string[] arguments) => HostProcess.RunProgram(
        "dotnet",
        new HostEnvironment { Directory = _scratch.PathOf("work"), Variables = new(_variables) { ["HOME"] = _scratch.Folder("home") } },
        [Repository.Tool, .. arguments, "--plugin-dir", _scratch.PathOf("plugins")]);
}
