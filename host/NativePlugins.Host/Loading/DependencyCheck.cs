using NativePlugins.Binary;
using NativePlugins.Binary.Dependencies;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Model;
using NativePlugins.Host.Staging;
using NativePlugins.Host.Verification;

namespace NativePlugins.Host.Loading;

/// <summary>
/// Looks at what a plugin needs before the system's loader does: mapping it runs its constructors, and opening it can take for ever.
/// Thread-safe.
/// </summary>
internal sealed class DependencyCheck(FileSystem system, DependencyPolicy policy)
{
    /// <param name="image">The plugin's library, as it will be mapped.</param>
    /// <param name="staged">The copy that it lies in; null where it is loaded from where it is installed.</param>
    /// <param name="inLoader">Does work for which the loader must be free; at once if null.</param>
    /// <exception cref="PluginException">What it needs breaks a rule, or is loaded in another form.</exception>
    public void Require(BinaryImage image, StagedPlugin? staged, Action<Action>? inLoader = null)
    {
        if (image.Format != BinaryFormat.Elf)
        {
            if (staged is not null)
            {
                Claim(PrivateLibraries.Find(image, staged), image, inLoader);
            }

            return;
        }

        if (NeedsOnlyWhatIsLoaded(image))
        {
            return;
        }

        var resolver = DependencyResolver.OfThisProcess(system, StartEnvironment.LibraryPath, withNames: false);
        DependencyTree tree = Refusals.Read(() => resolver.ReadTree(image));
        if (policy.Judge(image, tree, resolver.CheckWhole).FirstOrDefault() is { } refusal)
        {
            throw Refusals.Of(refusal);
        }

        Claim(PrivateLibraries.Find(tree, staged), image, inLoader);
    }

    private static void Claim(Dictionary<string, BroughtLibrary> brought, BinaryImage image, Action<Action>? inLoader)
    {
        if (brought.Count == 0)
        {
            return;
        }

        if (inLoader is null)
        {
            PrivateLibraries.Claim(brought, image);
        }
        else
        {
            inLoader(() => PrivateLibraries.Claim(brought, image));
        }
    }

    /// <summary>Most plugins need the C library and nothing else: that is seen without opening a file.</summary>
    private static bool NeedsOnlyWhatIsLoaded(BinaryImage image) =>
        image is { RunPath: null, RPath: null, Filters.Count: 0 } && LoadedLibraries.HaveAll(image.Needed);
}
