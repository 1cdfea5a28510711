using NativePlugins.Host.Services;

namespace NativePlugins.Host.Tests.Services;

// The whole process has one current directory, so no other test runs meanwhile.
[CollectionDefinition(nameof(CurrentDirectoryChanges), DisableParallelization = true)]
public sealed class CurrentDirectoryChanges;

[Collection(nameof(CurrentDirectoryChanges))]
public sealed class HostServicesTests
{
    [Fact]
    public void A_relative_data_directory_is_relative_to_the_application_and_not_to_the_current_directory()
    {
        string name = $"data-{Guid.NewGuid():N}";
        var plugin = new PluginDescription("a", "A", "1.0.0", new Version(1, 0), "C", PluginRuntime.None, "", MayUnload: true);
        var services = new HostServices(plugin, new PluginHostOptions { DataDirectory = name }.ToServices(), "/nowhere");
        string before = Environment.CurrentDirectory;
        using var elsewhere = new TemporaryDirectory();
        try
        {
            Environment.CurrentDirectory = elsewhere.Path;

            Assert.Equal(Path.Combine(AppContext.BaseDirectory, name, "a"), services.GetDataDirectory());
        }
        finally
        {
            Environment.CurrentDirectory = before;
            if (Directory.Exists(Path.Combine(AppContext.BaseDirectory, name)))
            {
                Directory.Delete(Path.Combine(AppContext.BaseDirectory, name), recursive: true);
            }
        }
    }
}
