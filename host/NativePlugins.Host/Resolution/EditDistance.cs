namespace NativePlugins.Host.Resolution;

/// <summary>Finds the name that was probably meant by a mistyped one.</summary>
internal static class EditDistance
{
    private const int MaxLength = 256;

    /// <summary>The nearest name, if its distance is at most a third of the typed name's length, or 2 if that is more.</summary>
    public static string? FindNearest(string typed, IEnumerable<string> names)
    {
        string? nearest = null;
        int least = Math.Max(2, typed.Length / 3) + 1;
        foreach (string name in names)
        {
            int distance = Between(typed, name);
            if (distance < least)
            {
                (nearest, least) = (name, distance);
            }
        }

        return nearest;
    }

    /// <summary>The Levenshtein distance without regard to letter case. Long names are infinitely far apart.</summary>
    public static int Between(string a, string b)
    {
        if (a.Length > MaxLength || b.Length > MaxLength)
        {
            return int.MaxValue;
        }

        Span<int> row = stackalloc int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int change = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
