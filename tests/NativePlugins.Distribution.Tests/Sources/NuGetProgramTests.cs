using System.Diagnostics;

namespace NativePlugins.Distribution.Tests.Sources;

/// <summary>NuGet's own programs push and restore what this library packs and installs.</summary>
public sealed class NuGetProgramTests : IAsyncDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly TestFeed _feed;
    private readonly string _package;

    public NuGetProgramTests()
    {
        string published = Packages.PluginPackageTests.Publish(_folder, "1.2.3");
        _package = PluginPackageWriter.Write(new PluginPackageContent { Folders = { published }, Authors = "Ada", License = "MIT" }, _folder["packed"]);
        _feed = new TestFeed(_folder.CreateDirectory("feed"));
        File.WriteAllText(_folder["nuget.config"], $"""
            <configuration>
              <packageSources><clear /><add key="test" value="{_feed.Address}" allowInsecureConnections="true" /></packageSources>
              <fallbackPackageFolders><clear /></fallbackPackageFolders>
            </configuration>
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await _feed.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_package_that_dotnet_nuget_pushes_is_installed_from_the_feed()
    {
        Dotnet("nuget", "push", _package, "--source", "test", "--api-key", "none");

        using var source = new FeedSource(_feed.Address);
        var store = new PluginStore(_folder["plugins"], new PluginStoreOptions { TrustFiles = [] });
        InstalledPlugin installed = await store.InstallAsync("hello", null, [source], CancellationToken.None);

        Assert.Equal("1.2.3", installed.Version);
        Assert.Equal(File.ReadAllBytes(_package), File.ReadAllBytes(_folder["feed/hello.1.2.3.nupkg"]));
        Assert.Empty(store.Verify());
    }

    [Fact]
    public void Dotnet_restores_the_same_package_and_the_bytes_that_it_keeps_are_those_that_were_packed()
    {
        File.Copy(_package, _folder["feed/hello.1.2.3.nupkg"]);
        File.WriteAllText(_folder["uses.csproj"], """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><PackageReference Include="hello" Version="1.2.3" /></ItemGroup>
            </Project>
            """);

        Dotnet("restore");

        string kept = _folder["packages/hello/1.2.3"];
        Assert.Equal(File.ReadAllBytes(_package), File.ReadAllBytes(Path.Combine(kept, "hello.1.2.3.nupkg")));
        using PluginPackage package = PluginPackage.Open(_package);
        string[] files = [.. package.Files.Where(file => file.Path.StartsWith("plugins/", StringComparison.Ordinal)).Select(file => file.Path)];
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.True(File.Exists(Path.Combine(kept, file)), file));
    }

    private void Dotnet(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = _folder.Path };
        start.Environment["HOME"] = start.Environment["DOTNET_CLI_HOME"] = _folder.CreateDirectory("home");
        start.Environment["NUGET_PACKAGES"] = _folder["packages"];
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        ProgramRun run = ProgramRun.Of(start, limit: TimeSpan.FromMinutes(5));
        Assert.True(run.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}\nended with {run.ExitCode}:\n{run.AllOutput}");
    }
}
