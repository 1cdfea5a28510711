using Imaging;
using NativePlugins.Host;

namespace ImageTool;

/// <summary>The filters in <c>plugins/</c> beside the program.</summary>
internal sealed class FilterSet : IAsyncDisposable
{
    private readonly PluginHost _host = new(new PluginHostOptions
    {
        ApplicationName = "imagetool",
        Directories = { "plugins" },
        SearchEnvironment = false,
        SearchHostDirectory = false,
    });

    /// <summary>Whether there is a filter of that name; it is not loaded.</summary>
    public bool Has(string name) => _host.List().Any(plugin => plugin.Stem == name && plugin.IsLoadable);

    /// <summary>Loads a filter, the first time.</summary>
    public Filter Load(string name)
    {
        Plugin plugin = _host.Plugins.FirstOrDefault(plugin => plugin.Description.Id == name) ?? _host.Load(name);
        return new Filter(plugin.Description, plugin.Get<IImageFilter>());
    }

    /// <summary>Loads every plugin, says which ones cannot be, and gives those that are filters.</summary>
    public IEnumerable<Filter> LoadAll()
    {
        foreach (PluginListing plugin in _host.List())
        {
            try
            {
                _host.Load(plugin.Path);
            }
            catch (PluginException e)
            {
                Console.Error.WriteLine($"imagetool: {e.Message}");
            }
        }

        return _host.GetAll<IImageFilter>().Select(found => new Filter(found.Plugin.Description, found.Contract));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
