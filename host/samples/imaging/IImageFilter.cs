using NativePlugins.Contracts;

namespace Imaging;

/// <summary>Makes a filtered picture of another one.</summary>
[PluginContract("imaging.filter")]
public partial interface IImageFilter
{
    /// <summary>Says in one line what the filter does, and what its amount means.</summary>
    string Describe();

    /// <summary>Filters a picture. What the target holds after a failure or a cancellation is not defined.</summary>
    /// <param name="source">The pixels, row by row from the top, with nothing between them.</param>
    /// <param name="target">Where the filtered pixels go: as many, and none of them in the source.</param>
    /// <param name="size">Width and height, both at least 1; their product is the number of pixels.</param>
    /// <param name="amount">How much, 1 to 100; 0 is the filter's own default.</param>
    /// <param name="progress">Hears how far it is, from any thread, until the call completes.</param>
    /// <param name="cancellationToken">Looked at once a row at least.</param>
    /// <exception cref="ArgumentException">The numbers of pixels do not fit the size, or the amount is out of its range.</exception>
    ValueTask Apply(
        ReadOnlyMemory<Pixel> source, Memory<Pixel> target, PictureSize size, int amount, IFilterProgress progress, CancellationToken cancellationToken);
}
