using System.Collections.Immutable;

namespace NativePlugins.Repository.Tests.Messages;

/// <summary>What is known of a text that is put together: with which characters it may begin and end, and whether it may be empty.</summary>
/// <param name="Starts"><see cref="Unknown"/> for what only the program's run shows.</param>
/// <param name="Ends">The same, for the end.</param>
/// <param name="CanBeEmpty">Whether one of the texts that it may be is empty.</param>
internal sealed record Wording(ImmutableHashSet<char> Starts, ImmutableHashSet<char> Ends, bool CanBeEmpty)
{
    public const char Unknown = '\0';

    public static Wording Empty { get; } = new([], [], true);

    /// <summary>No text at all: what null and a throw contribute.</summary>
    public static Wording None { get; } = new([], [], false);

    public static Wording Anything { get; } = new([Unknown], [Unknown], false);

    // Several blanks and nothing else indent, or divide columns.
    public static Wording Of(string text) =>
        text.Length == 0 ? Empty : text.Length > 1 && string.IsNullOrWhiteSpace(text) ? Anything : new([text[0]], [text[^1]], false);

    /// <summary>One or the other.</summary>
    public Wording Or(Wording other) => new(Starts.Union(other.Starts), Ends.Union(other.Ends), CanBeEmpty || other.CanBeEmpty);

    /// <summary>One after the other.</summary>
    public Wording Then(Wording next) => new(
        CanBeEmpty ? Starts.Union(next.Starts) : Starts,
        next.CanBeEmpty ? next.Ends.Union(Ends) : next.Ends,
        CanBeEmpty && next.CanBeEmpty);

    /// <summary>What is wrong where the two meet, each in words.</summary>
    public IEnumerable<string> SeamsWith(Wording next) =>
        from left in Ends
        from right in next.Starts
        where left != Unknown && right != Unknown && Flaw(left, right) is not null
        select $"{Flaw(left, right)} at '{left}|{right}'";

    private static string? Flaw(char left, char right) =>
        left == ' ' && right == ' ' ? "a doubled blank"
        : left == ' ' && ".,;:?!)".Contains(right, StringComparison.Ordinal) ? "a blank before punctuation"
        : char.IsUpper(left) && char.IsUpper(right) ? null // DT_RELA, SZ
        : char.IsLetterOrDigit(left) && char.IsLetterOrDigit(right) ? "no blank"
        : ",;:".Contains(left, StringComparison.Ordinal) && ".,;:?!".Contains(right, StringComparison.Ordinal) ? "a missing part"
        : ",;".Contains(left, StringComparison.Ordinal) && char.IsLetter(right) ? "no blank"
        : null;
}
