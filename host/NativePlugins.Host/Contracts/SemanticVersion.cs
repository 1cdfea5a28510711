namespace NativePlugins.Host;

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
