using Microsoft.Extensions.Logging;
using NativePlugins.Binary.Model;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Loading;

namespace NativePlugins.Host.Lifecycle;

/// <summary>A plugin that has been created and not started.</summary>
/// <param name="Parts">What it consists of.</param>
/// <param name="SignalsBefore">What the process did on signals before its code ran.</param>
/// <param name="UniqueSymbols">What its library shares with others that have it.</param>
internal sealed record CreatedPlugin(LoadedParts Parts, SignalDispositions SignalsBefore, IReadOnlyList<UniqueSymbol> UniqueSymbols)
{
    /// <summary>Says what its application should know of it, once it runs.</summary>
    public void Report(ILogger logger)
    {
        PluginDescription plugin = Parts.Description;
        if (SignalsBefore.FindChanges() is string changes)
        {
            Log.SignalsTaken(logger, plugin.Id, changes);
        }

        Log.Loaded(logger, plugin.Id, plugin.Version, Parts.File.Path);
        if (UniqueSymbols.Count > 0)
        {
            Log.SharesSymbols(logger, plugin.Id, UniqueSymbols.Count, UntrustedText.Escape(UniqueSymbols[0].Name));
        }
    }
}
