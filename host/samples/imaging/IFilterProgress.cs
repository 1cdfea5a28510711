using NativePlugins.Contracts;

namespace Imaging;

/// <summary>Hears how far a filter is.</summary>
[PluginContract("imaging.progress")]
public partial interface IFilterProgress
{
    /// <summary>Some of the work is done.</summary>
    /// <param name="done">How much, 0 to <paramref name="total"/>; never less than before.</param>
    /// <param name="total">All of the work, in the same unit; at least 1.</param>
    void Report(int done, int total);
}
