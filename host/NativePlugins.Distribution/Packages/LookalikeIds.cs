using System.Text;

namespace NativePlugins.Distribution.Packages;

/// <summary>Ids that people take for one another: <c>hello-world</c> and <c>hello_world</c>, <c>image1</c> and <c>imagel</c>.</summary>
internal static class LookalikeIds
{
    public static bool AreAlike(string a, string b) => a != b && Skeleton(a) == Skeleton(b);

    /// <summary>One letter for all that look like it. Ids are lower-case ASCII, so that few do.</summary>
    public static string Skeleton(string id)
    {
        var text = new StringBuilder(id.Length);
        foreach (char c in id)
        {
            text.Append(c switch { '0' => 'o', '1' or 'i' => 'l', '5' => 's', '-' or '.' => '_', _ => c });
        }

        return text.Replace("rn", "m").Replace("vv", "w").ToString();
    }
}
