using Microsoft.Extensions.Logging;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Resolution;
using NativePlugins.Host.Threads;

namespace NativePlugins.Host.Loading;

/// <summary>The end of a plugin's image. Its destructors have the same deadline as its other steps.</summary>
internal static class ImageEnd
{
    /// <summary>Closes the image if that is allowed, and says what became of it.</summary>
    /// <exception cref="PluginLoaderHeldException">The library cannot be closed because it, or another one, holds the system's loader.</exception>
    public static PluginRetiredImage Close(PluginImage image, ResolvedPlugin file, TimeSpan deadline, ILogger logger)
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
                if (image is LibraryImage)
                {
                    PrivateLibraries.Release(image.Path, wasMapped: true);
                }
            },
            deadline,
            () => Log.AnsweredLate(logger, file.Stem, "the destructors"));
        if (end == PluginRetiredImage.StillMapped && image is ManagedImage managed)
        {
            // It is no step of the plugin's, and has no deadline.
            managed.ReportWhatStays();
        }

        return end;
    }
}
