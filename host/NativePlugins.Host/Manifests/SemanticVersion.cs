namespace NativePlugins.Host.Manifests;

/// <summary>The syntax of versions: Semantic Versioning 2.0.0, items 2, 9 and 10.</summary>
internal static class SemanticVersion
{
    public static bool IsValid(ReadOnlySpan<char> version)
    {
        int plus = version.IndexOf('+');
        if (plus >= 0 && !AreIdentifiers(version[(plus + 1)..], allowLeadingZero: true))
        {
            return false;
        }

        ReadOnlySpan<char> rest = plus >= 0 ? version[..plus] : version;
        int dash = rest.IndexOf('-');
        if (dash >= 0 && !AreIdentifiers(rest[(dash + 1)..], allowLeadingZero: false))
        {
            return false;
        }

        ReadOnlySpan<char> core = dash >= 0 ? rest[..dash] : rest;
        int numbers = 0;
        foreach (Range part in core.Split('.'))
        {
            if (++numbers > 3 || !IsNumber(core[part]))
            {
                return false;
            }
        }

        return numbers == 3;
    }

    /// <summary>The order of two valid versions, by item 11: below 0 if the first comes first. Build metadata does not count.</summary>
    public static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        Split(left, out ReadOnlySpan<char> leftCore, out ReadOnlySpan<char> leftPre);
        Split(right, out ReadOnlySpan<char> rightCore, out ReadOnlySpan<char> rightPre);
        int order = CompareIdentifiers(leftCore, rightCore);
        return order != 0 ? order
            : leftPre.IsEmpty || rightPre.IsEmpty ? leftPre.IsEmpty.CompareTo(rightPre.IsEmpty)
            : CompareIdentifiers(leftPre, rightPre);
    }

    private static void Split(ReadOnlySpan<char> version, out ReadOnlySpan<char> core, out ReadOnlySpan<char> preRelease)
    {
        int plus = version.IndexOf('+');
        ReadOnlySpan<char> rest = plus >= 0 ? version[..plus] : version;
        int dash = rest.IndexOf('-');
        core = dash >= 0 ? rest[..dash] : rest;
        preRelease = dash >= 0 ? rest[(dash + 1)..] : default;
    }

    private static int CompareIdentifiers(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        MemoryExtensions.SpanSplitEnumerator<char> lefts = left.Split('.');
        MemoryExtensions.SpanSplitEnumerator<char> rights = right.Split('.');
        while (true)
        {
            bool hasLeft = lefts.MoveNext();
            bool hasRight = rights.MoveNext();
            if (!hasLeft || !hasRight)
            {
                return hasLeft.CompareTo(hasRight);
            }

            int order = CompareIdentifier(left[lefts.Current], right[rights.Current]);
            if (order != 0)
            {
                return order;
            }
        }
    }

    // Numbers have any length and no leading zeros, so the longer one is the greater. They come before words.
    private static int CompareIdentifier(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        bool isLeftNumber = IsNumber(left);
        bool isRightNumber = IsNumber(right);
        return isLeftNumber != isRightNumber ? isRightNumber.CompareTo(isLeftNumber)
            : isLeftNumber && left.Length != right.Length ? left.Length.CompareTo(right.Length)
            : left.SequenceCompareTo(right);
    }

    private static bool AreIdentifiers(ReadOnlySpan<char> identifiers, bool allowLeadingZero)
    {
        foreach (Range part in identifiers.Split('.'))
        {
            ReadOnlySpan<char> identifier = identifiers[part];
            if (identifier.IsEmpty)
            {
                return false;
            }

            bool isNumeric = true;
            foreach (char c in identifier)
            {
                isNumeric &= char.IsAsciiDigit(c);
                if (!char.IsAsciiLetterOrDigit(c) && c != '-')
                {
                    return false;
                }
            }

            if (isNumeric && !allowLeadingZero && !IsNumber(identifier))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsNumber(ReadOnlySpan<char> text) =>
        !text.IsEmpty && text.IndexOfAnyExceptInRange('0', '9') < 0 && (text.Length == 1 || text[0] != '0');
}
