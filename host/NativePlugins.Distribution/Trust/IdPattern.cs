using NativePlugins.Distribution.Packages;

namespace NativePlugins.Distribution.Trust;

/// <summary>The ids for which a rule is: one, those with a common beginning, or all.</summary>
internal static class IdPattern
{
    public const string Form = "an id, a beginning of ids such as acme.*, or *";

    public static bool IsValid(string pattern) => pattern == "*" || PackageId.IsValidId(IsPrefix(pattern) ? pattern[..^2] : pattern);

    public static bool Matches(string pattern, string id) =>
        pattern == "*" || (IsPrefix(pattern) ? id.StartsWith(pattern[..^1], StringComparison.Ordinal) : id == pattern);

    /// <summary>Whether people would take the id for one of the pattern's, and it is none.</summary>
    public static bool IsImitated(string pattern, string id)
    {
        string shape = LookalikeIds.Skeleton(id);
        return pattern != "*" && !Matches(pattern, id)
            && (IsPrefix(pattern) ? shape.StartsWith(LookalikeIds.Skeleton(pattern[..^1]), StringComparison.Ordinal) : shape == LookalikeIds.Skeleton(pattern));
    }

    /// <summary>The greater, the fewer ids it is for: an id before a beginning, a longer beginning before a shorter one.</summary>
    public static int RankOf(string pattern) => pattern == "*" ? 0 : IsPrefix(pattern) ? pattern.Length : int.MaxValue;

    private static bool IsPrefix(string pattern) => pattern.EndsWith(".*", StringComparison.Ordinal);
}
