using Microsoft.Extensions.Logging;
using NativePlugins.Binary.Model;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Loading;

namespace NativePlugins.Host.Lifecycle;

/// <summary>A plugin that has been created but not started.</summary>
/// <param name="Parts">What it consists of.</param>
/// <param name="SignalsBefore">The signal handlers of the process before code of the plugin ran.</param>
/// <param name="UniqueSymbols">The definitions that its library shares with other libraries that have them.</param>
internal sealed record CreatedPlugin(LoadedParts Parts, SignalDispositions SignalsBefore, IReadOnlyList<UniqueSymbol> UniqueSymbols)
{
    /// <summary>Logs what the application should know about the plugin. Called once it runs.</summary>
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
