using System.Diagnostics;
using Imaging;
using NativePlugins.Binary.Text;
using NativePlugins.Host;

namespace ImageTool;

/// <summary>A filter that is loaded.</summary>
internal sealed record Filter(PluginDescription Plugin, IImageFilter Contract)
{
    public string[] Row =>
        [Plugin.Id, UntrustedText.Escape(Plugin.Language), UntrustedText.Escape(Plugin.Version), UntrustedText.Escape(Contract.Describe())];

    public async Task<(Picture Filtered, FilterResult Result)> Apply(Picture picture, int amount, CancellationToken cancellationToken)
    {
        var filtered = new Picture(picture.Size);
        using var bar = new ProgressBar(Plugin.Id);
        long start = Stopwatch.GetTimestamp();
        await Contract.Apply(picture.Pixels, filtered.Pixels, picture.Size, amount, bar, cancellationToken);
        return (filtered, new FilterResult(Plugin.Id, Plugin.Language, Stopwatch.GetElapsedTime(start), picture.Pixels.Length));
    }
}
