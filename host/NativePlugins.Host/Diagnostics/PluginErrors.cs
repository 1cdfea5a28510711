namespace NativePlugins.Host;

/// <summary>The error catalogue: every cause for which this library refuses a plugin or gives it up.</summary>
/// <remarks>
/// Codes are stable. NP1 resolution, NP2 the file, NP3 the system's loader, NP4 negotiation, NP5 lifecycle (NP51 isolation), NP6 configuration, NP7
/// staging and reload. Each room of this library has its part of the catalogue beside the exceptions that it throws.
/// </remarks>
public static partial class PluginErrors
{
    private static readonly Lazy<PluginError[]> s_all = new(static () =>
    [
        .. ((PluginError[])
        [
            .. OfPlatform,
            .. OfVerification,
            .. OfResolution,
            .. OfManifests,
            .. OfListing,
            .. OfStaging,
            .. OfThreads,
            .. OfLoading,
            .. OfServices,
            .. OfLifecycle,
            .. OfReload,
            .. OfIsolation,
        ]).OrderBy(static error => error.Code, StringComparer.Ordinal),
    ]);

    /// <summary>All entries, in the order of their codes.</summary>
    public static IReadOnlyList<PluginError> All => s_all.Value;

    /// <summary>Finds an entry by its code, in any case; null if there is none.</summary>
    public static PluginError? Find(string code) =>
        All.FirstOrDefault(error => string.Equals(error.Code, code, StringComparison.OrdinalIgnoreCase));
}
