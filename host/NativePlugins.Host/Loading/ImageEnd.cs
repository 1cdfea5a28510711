using Microsoft.Extensions.Logging;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Resolution;
using NativePlugins.Host.Threads;

namespace NativePlugins.Host.Loading;

/// <summary>The end of a plugin's image: its destructors have the deadline that its other steps have.</summary>
internal static class ImageEnd
{
    /// <summary>Closes it, if that is allowed, and says what became of the mapping.</summary>
    /// <exception cref="PluginLoaderHeldException">A library, this one or another, keeps it from being closed.</exception>
    public static PluginRetiredImage Close(LibraryImage image, ResolvedPlugin file, TimeSpan deadline, ILogger logger)
    {
        if (image.IsPinned)
        {
            return image.Close();
        }

        PluginRetiredImage end = default;
        LoaderCall.Run(
            file.Path,
            LoaderWork.Destructors,
            () =>
            {
                end = image.Close();
                PrivateLibraries.Release(image.Path, wasMapped: true);
            },
            deadline,
            () => Log.AnsweredLate(logger, file.Stem, "the destructors"));
        return end;
    }
}
