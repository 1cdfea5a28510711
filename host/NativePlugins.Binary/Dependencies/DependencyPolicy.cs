using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Model;
using NativePlugins.Binary.Reading;
using NativePlugins.Binary.Text;

namespace NativePlugins.Binary.Dependencies;

/// <summary>
/// Holds what a library needs to the same rules as the library itself: no code from the current directory or from where others may write,
/// no executable stack, nothing malformed. Judges only the libraries that would be mapped anew.
/// </summary>
/// <param name="system">The system.</param>
/// <param name="trust">Who may change files; null allows all.</param>
/// <param name="allowExecutableStack">Whether a library may make stacks executable.</param>
/// <param name="known">
/// Keeps the answers about files. To be used only for as long as the files can be taken to be unchanged. Null to ask each time.
/// </param>
internal sealed class DependencyPolicy(FileSystem system, FileTrust? trust, bool allowExecutableStack, Dictionary<string, string?>? known = null)
{
    /// <summary>Every reason why the library, with what it needs, must not be handed to the system's loader.</summary>
    /// <param name="checkWhole">Checks all of a library, and throws if something is wrong.</param>
    public IEnumerable<BinaryReason> Judge(BinaryImage image, DependencyTree tree, Action<BinaryImage> checkWhole)
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
            foreach (BinaryReason refusal in Judge(image, library, found, checkWhole))
            {
                yield return refusal;
            }
        }
    }

    private IEnumerable<BinaryReason> Judge(BinaryImage image, NeededLibrary library, BinaryImage found, Action<BinaryImage> checkWhole)
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

        foreach (BinaryReason refusal in LoaderRules.Judge(found))
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

    private static BinaryReason? FindDefect(BinaryImage found, Action<BinaryImage> checkWhole)
    {
        try
        {
            checkWhole(found);
            return null;
        }
        catch (BinaryException e)
        {
            return e.Reason;
        }
    }
}
