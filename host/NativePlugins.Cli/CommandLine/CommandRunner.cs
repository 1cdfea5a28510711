using System.CommandLine;
using System.CommandLine.Help;
using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary>Parses the commands other than a run with System.CommandLine, and runs them.</summary>
internal static class CommandRunner
{
    public static int Execute(HostCommandLine line, HostTerminal terminal)
    {
        var tree = new CommandTree();
        ParseResult result = tree.Root.Parse(
            [line.Word, .. line.Rest], new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        if (result.Action is HelpAction)
        {
            terminal.Write(HelpOf(line.Word, result));
            return ExitCodes.Success;
        }

        RejectErrors(result, line.Rest);
        tree.ApplyCommonOptions(result, line.Settings);
        if (line.Settings.ShowVersion)
        {
            terminal.WriteLine(VersionText.Describe());
            return ExitCodes.Success;
        }

        return line.Word switch
        {
            CommandNames.List => PluginList.Execute(result.GetValue(tree.Directories) ?? [], terminal),
            CommandNames.Manifest => ManifestWriter.Execute(result.GetRequiredValue(tree.File), result.GetValue(tree.Output), terminal),
            _ => ErrorExplanation.Execute(result.GetValue(tree.Code), terminal),
        };
    }

    /// <summary>System.CommandLine's help, but for its usage line: options of host stand before the plugin.</summary>
    private static string HelpOf(string command, ParseResult result)
    {
        using var text = new StringWriter { NewLine = "\n" };
        result.InvocationConfiguration.Output = text;
        result.Invoke(result.InvocationConfiguration);
        CommandInfo info = Array.Find(CommandNames.All, info => info.Name == command)!;
        string[] lines = text.ToString().Split('\n');
        int usage = Array.FindIndex(lines, line => line.StartsWith($"  host {command} ", StringComparison.Ordinal));
        lines[usage] = $"  host {command} [options] {info.Arguments}";
        return string.Join('\n', lines);
    }

    /// <summary>System.CommandLine takes an unknown option for an argument where it may: here it is an error.</summary>
    private static void RejectErrors(ParseResult result, string[] words)
    {
        int end = Array.IndexOf(words, "--");
        string[] optionWords = end < 0 ? words : words[..end];
        IEnumerable<string> values = result.CommandResult.Tokens.Select(token => token.Value).Concat(result.UnmatchedTokens);
        if (values.FirstOrDefault(value => value.StartsWith('-') && value.Length > 1 && optionWords.Contains(value)) is string option)
        {
            string name = option.Split('=')[0];
            throw CliErrors.UnknownOption(name, EditDistance.FindNearest(name, CommandTree.OptionNames(result.CommandResult.Command)));
        }

        if (result.Errors.Count != 0)
        {
            throw CliErrors.Usage(
                UntrustedText.Escape(result.Errors[0].Message), null, null, $"See `host {result.CommandResult.Command.Name} --help`.");
        }
    }
}
