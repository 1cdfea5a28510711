namespace NativePlugins.Host;

/// <summary>One entry of the error catalogue, <see cref="PluginErrors"/>.</summary>
public sealed class PluginError
{
    internal PluginError(string code, int exitCode, string title, string explanation, string advice)
    {
        Code = code;
        ExitCode = exitCode;
        Title = title;
        Explanation = explanation;
        Advice = advice;
    }

    /// <summary>The stable code: <c>NP</c> and four digits. It never gets another meaning.</summary>
    public string Code { get; }

    /// <summary>The exit status with which <c>host</c> ends on this error, 64 to 78. Only <c>host</c> itself has errors of another status.</summary>
    public int ExitCode { get; }

    /// <summary>The error in a few words.</summary>
    public string Title { get; }

    /// <summary>What it means and how it comes about.</summary>
    public string Explanation { get; }

    /// <summary>What to do about it.</summary>
    public string Advice { get; }
}
