using System.Text;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>The base of every exception that this library throws about a plugin. Each cause has its own type and a stable code.</summary>
/// <remarks>
/// <see cref="Exception.Message"/> is the whole report: what happened, what was expected, what was found and what to do. All text in it
/// that came from a plugin or a file name is escaped.
/// </remarks>
public abstract class PluginException : Exception
{
    private protected PluginException(PluginError error, PluginFailure failure)
        : base(Compose(error, failure), failure.Cause)
    {
        Error = error;
        Summary = failure.Summary;
        Expected = failure.Expected;
        Found = failure.Found;
        Advice = failure.Advice ?? error.Advice;
        Remote = failure.Remote;
    }

    /// <summary>The entry of the error catalogue: code, meaning, exit status.</summary>
    public PluginError Error { get; }

    /// <summary>The stable code, for example <c>NP1001</c>.</summary>
    public string Code => Error.Code;

    /// <summary>What happened, in one sentence.</summary>
    public string Summary { get; }

    /// <summary>What was expected; null if that would say nothing.</summary>
    public string? Expected { get; }

    /// <summary>What was found instead; null if that would say nothing.</summary>
    public string? Found { get; }

    /// <summary>What the reader can do.</summary>
    public string Advice { get; }

    /// <summary>What the plugin itself reported, if a call into it failed; else null.</summary>
    public PluginRemoteError? Remote { get; }

    private static string Compose(PluginError error, PluginFailure failure)
    {
        var text = new StringBuilder().Append(error.Code).Append(": ").Append(failure.Summary);
        AppendLine(text, "  expected: ", failure.Expected);
        AppendLine(text, "  found:    ", failure.Found);
        AppendLine(text, "  to do:    ", failure.Advice ?? error.Advice);
        return text.ToString();
    }

    private static void AppendLine(StringBuilder text, string label, string? value)
    {
        if (value is not null)
        {
            text.Append('\n').Append(label).Append(value.ReplaceLineEndings("\n            "));
        }
    }
}
