namespace NativePlugins.Host;

/// <summary>Whether a file may be handed to the system's loader, and all that speaks against it.</summary>
/// <param name="IsLoadable">True if there is no reason against it.</param>
/// <param name="Reasons">In the order in which loading would refuse it: the first is what it would say.</param>
public sealed record BinaryVerdict(bool IsLoadable, IReadOnlyList<BinaryReason> Reasons);

/// <summary>One reason for which a file must not be handed to the system's loader. All text is escaped.</summary>
/// <param name="Error">The entry of the error catalogue.</param>
/// <param name="Message">What is wrong, in one sentence.</param>
/// <param name="Expected">What was expected, or null.</param>
/// <param name="Found">What was found instead, or null.</param>
/// <param name="Advice">What the reader can do.</param>
public sealed record BinaryReason(PluginError Error, string Message, string? Expected, string? Found, string Advice)
{
    /// <summary>The stable code, for example <c>NP2006</c>.</summary>
    public string Code => Error.Code;

    internal static BinaryReason From(PluginException e) => new(e.Error, e.Summary, e.Expected, e.Found, e.Advice);
}
