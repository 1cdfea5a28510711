using NativePlugins.Binary;
using NativePlugins.Binary.Dependencies;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Model;
using NativePlugins.Host.Staging;
using NativePlugins.Host.Verification;

namespace NativePlugins.Host.Loading;

/// <summary>
/// Checks the libraries that a plugin needs before the system's loader looks at them: mapping a library runs its constructors, and opening
/// a file can take for ever. Thread-safe.
/// </summary>
internal sealed class DependencyCheck(FileSystem system, DependencyPolicy policy)
{
    /// <param name="image">The plugin's library, as it will be mapped.</param>
    /// <param name="staged">The copy that the library belongs to; null if it is loaded from where it is installed.</param>
    /// <param name="inLoader">Runs work for which the system's loader must be free. If null, the work runs at once.</param>
    /// <exception cref="PluginException">A library that it needs breaks a rule, or is loaded in another form.</exception>
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

    /// <summary>Most plugins need only the C library. This is seen without opening a file.</summary>
    private static bool NeedsOnlyWhatIsLoaded(BinaryImage image) =>
        image is { RunPath: null, RPath: null, Filters.Count: 0 } && LoadedLibraries.HaveAll(image.Needed);
}
