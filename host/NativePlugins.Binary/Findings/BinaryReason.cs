using NativePlugins.Binary.Findings;

namespace NativePlugins.Binary;

/// <summary>One reason why a file must not be handed to the system's loader. All text is escaped. Immutable.</summary>
public sealed record BinaryReason
{
    internal BinaryReason(BinaryError error, string message)
    {
        Error = error;
        Message = message;
    }

    /// <summary>The stable code of the kind of problem: <c>NP</c> and four digits. It never gets another meaning.</summary>
    public string Code => Error.Code;

    /// <summary>The kind of problem in a few words.</summary>
    public string Title => Error.Title;

    /// <summary>What is wrong with this file, in one sentence.</summary>
    public string Message { get; }

    /// <summary>What was expected, or null.</summary>
    public string? Expected { get; internal init; }

    /// <summary>What was found instead, or null.</summary>
    public string? Found { get; internal init; }

    /// <summary>What the reader can do.</summary>
    public string Advice => OwnAdvice ?? Error.Advice;

    internal BinaryError Error { get; init; }

    /// <summary>Advice for this case, if there is better advice than that for its kind; mostly null.</summary>
    internal string? OwnAdvice { get; init; }

    /// <summary>The reason behind this one: what is wrong with a library that the file needs. Mostly null.</summary>
    internal BinaryReason? Origin { get; init; }

    /// <summary>The exception that the system's file functions threw; mostly null.</summary>
    internal Exception? Cause { get; init; }

    internal BinaryException ToException() => new(this);
}
