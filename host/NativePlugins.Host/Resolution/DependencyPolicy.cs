namespace NativePlugins.Host;

/// <summary>
/// What a plugin needs is held to the rules that the plugin is held to: no code from the current directory, nor from where others may
/// write, no executable stack, nothing malformed. Only what would be mapped anew is judged.
/// </summary>
/// <param name="system">The system.</param>
/// <param name="trust">Who may change files; null allows all.</param>
/// <param name="allowExecutableStack">Whether a library may make stacks executable.</param>
/// <param name="known">Where answers about files are kept, for as long as files may be taken to be as they were; null to ask each time.</param>
internal sealed class DependencyPolicy(HostSystem system, PluginTrust? trust, bool allowExecutableStack, Dictionary<string, string?>? known = null)
{
    /// <summary>Every reason for which the library must not be handed to the system's loader with what it needs.</summary>
    /// <param name="checkWhole">Checks a library as a plugin is checked.</param>
    public IEnumerable<PluginException> Judge(BinaryImage image, DependencyTree tree, Action<BinaryImage> checkWhole)
    {
        foreach (NeededLibrary library in tree.Needed)
        {
            if (library is { IsLoaded: false, Location.RelativePlace: { } place })
            {
                yield return DependencyFailures.CurrentDirectory(image, library, place);
            }
        }

        if (tree.Broken is { } broken)
        {
            yield return DependencyFailures.Broken(image, broken, broken.Location!.Problem!);
        }

        foreach ((NeededLibrary library, BinaryImage found) in tree.New)
        {
            foreach (PluginException refusal in Judge(image, library, found, checkWhole))
            {
                yield return refusal;
            }
        }
    }

    private IEnumerable<PluginException> Judge(BinaryImage image, NeededLibrary library, BinaryImage found, Action<BinaryImage> checkWhole)
    {
        if (FindTrustProblem(found) is { } problem)
        {
            yield return DependencyFailures.NotTrusted(image, library, problem);
        }

        if (found.Kind != BinaryKind.SharedLibrary)
        {
            yield return DependencyFailures.Broken(image, library, PreflightFailures.WrongKind(found.Path, found.Kind));
            yield break;
        }

        foreach (PluginException refusal in LoaderRules.Judge(found))
        {
            yield return refusal;
        }

        if (found.WantsExecutableStack && !allowExecutableStack)
        {
            yield return DependencyFailures.ExecutableStack(image, library, found);
        }

        if (library.Location!.IsPrivate && FindDefect(found, checkWhole) is { } defect)
        {
            yield return DependencyFailures.Broken(image, library, defect);
        }
    }

    private string? FindTrustProblem(BinaryImage found)
    {
        if (known is null)
        {
            return AskForTrustProblem(found);
        }

        if (!known.TryGetValue(found.Path, out string? problem))
        {
            known[found.Path] = problem = AskForTrustProblem(found);
        }

        return problem;
    }

    private string? AskForTrustProblem(BinaryImage found)
    {
        if (trust is null)
        {
            return null;
        }

        return system.GetRealPath(found.Path, out string real).IsNone && system.GetStatus(real, followLinks: true, out FileStatus status).IsNone
            ? trust.FindProblem(real, status, Path.GetDirectoryName(real), Path.GetDirectoryName(found.Path))
            : $"{UntrustedText.Quote(found.Path)}, of which the system tells nothing any more";
    }

    private static PluginException? FindDefect(BinaryImage found, Action<BinaryImage> checkWhole)
    {
        try
        {
            checkWhole(found);
            return null;
        }
        catch (PluginException e)
        {
            return e;
        }
    }
}
