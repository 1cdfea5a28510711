using System.Globalization;
using System.Text;

namespace NativePlugins.Cli;

/// <summary>What <c>--help</c> shows.</summary>
internal static class HelpText
{
    /// <summary>What <c>host --help</c> shows.</summary>
    public static string Full()
    {
        var text = new StringBuilder();
        AppendUsage(text);
        AppendCommands(text);
        text.Append("\nOptions, in front of the plugin (what follows its name is the plugin's):\n");
        AppendOptions(text, CommonOptions.All);
        return text.Append($"""

            Examples:
              {Product.Name + " hello_world Ada",-43}run the plugin hello_world with the argument Ada
              {Product.Name} --plugin-dir ./plugins -v ./plugins/libhello_c.so
                                                         run a library by its path, and show the time of each step
              {Product.Name + " list --json",-43}show all plugins, for a program to read

            Exit status:
              0-63  the plugin's own                     64   the command line cannot be understood
              1     the plugin's was another number,     65   not a plugin, or malformed
                    or a verdict is negative             66   not found
              69    a library or symbol is missing       70   the plugin failed
              71    a limit is reached                   74   input or output failed
              75    busy, or a deadline passed           76   incompatible
              77    refused by policy or permission      78   bad configuration
              125   a bug of the host                    130  interrupted (Ctrl-C)
              143   terminated (SIGTERM)                 141  whoever read the output has gone

            `{Product.Name} explain` lists the error codes.

            """).ToString();
    }

    /// <summary>What is shown when there are no arguments.</summary>
    public static string Short()
    {
        var text = new StringBuilder();
        AppendUsage(text);
        AppendCommands(text);
        return text.Append($"\nSee `{Product.Name} --help` for the options, examples and exit statuses.\n").ToString();
    }

    /// <summary>What <c>host COMMAND --help</c> shows.</summary>
    public static string Of(CommandInfo command)
    {
        var text = new StringBuilder(
            $"{command.Description}\n\nUsage:\n  {$"{Product.Name} {command.Name} [options] {command.Arguments}".TrimEnd()}\n\nArguments:\n");
        AppendRow(text, command.Arguments.Length == 0 ? "none" : command.Arguments, command.ArgumentDescription);
        text.Append("\nOptions:\n");
        AppendOptions(text, command.Options);
        return text.ToString();
    }

    private static void AppendOptions(StringBuilder text, CommonOption[] options)
    {
        foreach (CommonOption option in options)
        {
            string alias = option.Alias is null ? "    " : $"{option.Alias}, ";
            string value = option.ValueName is null ? "" : $" {option.ValueName}";
            AppendRow(text, alias + option.Name + value, option.Description);
        }
    }

    private static void AppendUsage(StringBuilder text) => text.Append($"""
        Runs native plugins, and says exactly what is wrong with a bad one.

        Usage:
          {Product.Name} [options] <plugin> [args…]
          {Product.Name} [options] <command> …


        """);

    private static void AppendCommands(StringBuilder text)
    {
        text.Append("Commands:\n");
        foreach (CommandInfo command in CommandNames.All)
        {
            AppendRow(text, $"{command.Name} {command.Arguments}", command.Description);
        }
    }

    private static void AppendRow(StringBuilder text, string left, string right) =>
        text.Append(CultureInfo.InvariantCulture, $"  {left,-24}{right}\n");
}
