using NativePlugins.Host.Resolution;

namespace NativePlugins.Cli;

/// <summary>Reads one option at a time: <c>--name value</c>, <c>--name=value</c>, <c>-n value</c>.</summary>
internal static class OptionScanner
{
    /// <summary>Whether a word is an option, or <c>--</c>. A single dash is an argument.</summary>
    public static bool IsOption(string word) => word.Length > 1 && word[0] == '-';

    /// <summary>Takes the option at <paramref name="at"/> over, and returns the place after it and its value.</summary>
    /// <exception cref="CliException">It is unknown, or its value is missing or no such value.</exception>
    public static int Apply(string[] words, int at, CommonOption[] options, HostSettings settings)
    {
        string word = words[at];
        int equals = word.StartsWith("--", StringComparison.Ordinal) ? word.IndexOf('=') : -1;
        string name = equals < 0 ? word : word[..equals];
        CommonOption option = Array.Find(options, option => option.Name == name || option.Alias == name)
            ?? throw CliErrors.UnknownOption(name, EditDistance.FindNearest(name, options.Select(option => option.Name)));
        int next = at + 1;
        if (!option.TakesValue)
        {
            option.Apply(settings, equals < 0 ? "" : throw CliErrors.BadValue(name, "no value", word[(equals + 1)..]));
        }
        else if (equals >= 0)
        {
            option.Apply(settings, word[(equals + 1)..]);
        }
        else
        {
            option.Apply(settings, next < words.Length ? words[next++] : throw CliErrors.MissingValue(option));
        }

        return next;
    }
}
