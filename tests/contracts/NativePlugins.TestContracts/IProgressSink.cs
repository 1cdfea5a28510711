using NativePlugins.Contracts;

namespace NativePlugins.TestContracts;

/// <summary>Hears how far a call is.</summary>
[PluginContract("test.progress")]
public partial interface IProgressSink
{
    /// <summary>Reports how far it is.</summary>
    /// <param name="fraction">0 to 1.</param>
    /// <param name="stage">What is done now.</param>
    /// <returns>False to stop.</returns>
    bool Report(double fraction, string stage);
}
