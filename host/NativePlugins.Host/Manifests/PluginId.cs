namespace NativePlugins.Host.Manifests;

/// <summary>The rule for plugin ids, which also name directories and configuration sections.</summary>
internal static class PluginId
{
    public const string Form = "[a-z0-9][a-z0-9_.-]*, at most 64 characters";

    public static bool IsValid(string id)
    {
        if (id.Length is 0 or > 64 || !char.IsAsciiLetterLower(id[0]) && !char.IsAsciiDigit(id[0]))
        {
            return false;
        }

        foreach (char c in id)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('_' or '.' or '-'))
            {
                return false;
            }
        }

        return true;
    }
}
