using System.CommandLine;
using System.CommandLine.Help;

namespace NativePlugins.Cli;

/// <summary>The commands and options as System.CommandLine knows them, made from the same tables as the rest.</summary>
internal sealed class CommandTree
{
    private readonly Dictionary<CommonOption, Option> _options = [];

    public CommandTree()
    {
        Root = new Command("host", "Runs native plugins.");
        foreach (CommonOption option in CommonOptions.All)
        {
            _options.Add(option, ToOption(option));
        }

        foreach (CommandInfo info in CommandNames.All)
        {
            Root.Subcommands.Add(ToCommand(info));
        }
    }

    public Command Root { get; }

    public Argument<string[]> Directories { get; } = new("dir")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = "Directories to look in, instead of those in which plugins are looked up by name.",
    };

    public Argument<string> File { get; } = new("file") { Description = "The plugin's library." };

    public Argument<string?> Code { get; } = new("code")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "The code, such as NP1001. Without one, all are listed.",
    };

    public Option<string?> Output { get; } = new("--output")
    {
        HelpName = "FILE",
        Description = "Where to write; - is standard output. Default: beside the library, as libX.plugin.json.",
    };

    public static IEnumerable<string> OptionNames(Command command) => command.Options.Select(option => option.Name);

    public void ApplyCommonOptions(ParseResult result, HostSettings settings)
    {
        foreach ((CommonOption common, Option option) in _options)
        {
            if (option is Option<bool> flag && result.GetValue(flag))
            {
                common.Apply(settings, "");
            }
            else if (option is Option<string[]> valued)
            {
                foreach (string value in result.GetValue(valued) ?? [])
                {
                    common.Apply(settings, value);
                }
            }
        }
    }

    private Command ToCommand(CommandInfo info)
    {
        var command = new Command(info.Name, info.Description);
        switch (info.Name)
        {
            case CommandNames.List:
                command.Arguments.Add(Directories);
                break;
            case CommandNames.Manifest:
                command.Arguments.Add(File);
                command.Options.Add(Output);
                break;
            case CommandNames.Explain:
                command.Arguments.Add(Code);
                break;
            default:
                command.Arguments.Add(new Argument<string>("plugin") { Description = "The plugin's name, or a path to its library." });
                command.Arguments.Add(new Argument<string[]>("args") { Description = "The plugin's arguments: all that follows its name." });
                break;
        }

        foreach (Option option in _options.Values)
        {
            command.Options.Add(option);
        }

        return command;
    }

    // Several of one option, the last of which counts, are what the run path takes too.
    private static Option ToOption(CommonOption common)
    {
        string[] aliases = common.Alias is null ? [] : [common.Alias];
        return common == CommonOptions.Help ? new HelpOption(common.Name, aliases) { Description = common.Description }
            : common.TakesValue
                ? new Option<string[]>(common.Name, aliases)
                {
                    Arity = ArgumentArity.OneOrMore,
                    AllowMultipleArgumentsPerToken = false,
                    HelpName = common.ValueName,
                    Description = common.Description,
                }
                : new Option<bool>(common.Name, aliases) { Arity = ArgumentArity.Zero, Description = common.Description };
    }
}
