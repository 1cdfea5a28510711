using NativePlugins.Binary.Text;

namespace NativePlugins.Cli;

/// <summary>Reads the words of the commands other than a run, and runs them.</summary>
internal static class CommandRunner
{
    public static int Execute(HostCommandLine line, HostTerminal terminal)
    {
        CommandInfo command = CommandNames.Get(line.Word);
        string[] arguments = Scan(command, line.Rest, line.Settings);
        if (line.Settings.ShowHelp)
        {
            terminal.Write(HelpText.Of(command));
            return ExitCodes.Success;
        }

        if (line.Settings.ShowVersion)
        {
            terminal.WriteLine(VersionText.Describe());
            return ExitCodes.Success;
        }

        SecureExecution.Require(line, terminal);
        RequireCount(command, arguments);
        return line.Word switch
        {
            CommandNames.List => line.Settings.Installing.ListsInstalled ? InstalledPlugins.List(arguments, terminal) : PluginList.Execute(arguments, terminal),
            CommandNames.Inspect => BinaryInspect.Execute(arguments, line.Settings.Inspection, terminal),
            CommandNames.Manifest => ManifestWriter.Execute(arguments[0], line.Settings.OutputFile, terminal),
            CommandNames.Pack => PluginPack.Execute(arguments, terminal),
            CommandNames.Install => PluginInstall.Execute(arguments[0], terminal),
            CommandNames.Update => PluginUpdate.Update(arguments, terminal),
            CommandNames.Outdated => PluginUpdate.ListOutdated(arguments, terminal),
            CommandNames.Remove => InstalledPlugins.Remove(arguments, terminal),
            CommandNames.Restore => InstalledPlugins.Restore(terminal),
            CommandNames.Verify => arguments.Length == 0 ? InstalledPlugins.Verify(terminal) : PackageVerification.Execute(arguments, terminal),
            CommandNames.Keygen => KeyGeneration.Execute(arguments[0], terminal),
            CommandNames.Sign => Signing.Execute(arguments, terminal),
            CommandNames.Trust => TrustCommand.Execute(arguments, terminal),
            CommandNames.Processes => WorkerList.Execute(terminal),
            CommandNames.Doctor => InstallationDoctor.Execute(terminal),
            _ => ErrorExplanation.Execute(arguments.FirstOrDefault(), terminal),
        };
    }

    /// <summary>Takes the options over, wherever they stand, and returns the other words. After <c>--</c> none is an option.</summary>
    private static string[] Scan(CommandInfo command, string[] words, HostSettings settings)
    {
        var arguments = new List<string>();
        CommonOption[] options = command.Options;
        int i = 0;
        while (i < words.Length && !settings.ShowHelp && !settings.ShowVersion)
        {
            if (words[i] == "--")
            {
                arguments.AddRange(words[(i + 1)..]);
                break;
            }

            if (OptionScanner.IsOption(words[i]))
            {
                i = OptionScanner.Apply(words, i, options, settings);
            }
            else
            {
                arguments.Add(words[i++]);
            }
        }

        return [.. arguments];
    }

    private static void RequireCount(CommandInfo command, string[] arguments)
    {
        string advice = $"See `host {command.Name} --help`.";
        string expected = $"{Product.Name} {command.Name} [options] {command.Arguments}".TrimEnd();
        if (arguments.Length < command.LeastArguments)
        {
            throw CliErrors.Usage($"`host {command.Name}` needs {command.Arguments}", expected, "nothing after it", advice);
        }

        if (arguments.Length > command.MostArguments)
        {
            string surplus = UntrustedText.Quote(arguments[command.MostArguments]);
            throw CliErrors.Usage($"`host {command.Name}` does not take {surplus}", expected, surplus, advice);
        }
    }
}
