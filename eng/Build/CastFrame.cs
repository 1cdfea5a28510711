using System.Globalization;

namespace NativePlugins.Build;

/// <summary>How something looks from a moment on, in seconds and as CSS.</summary>
internal readonly record struct CastFrame(double Seconds, string Look)
{
    /// <summary>Its keyframe in an animation that lasts so many seconds.</summary>
    public string In(double duration) => string.Create(CultureInfo.InvariantCulture, $"{100 * Seconds / duration:0.##}%{{{Look}}}");
}
