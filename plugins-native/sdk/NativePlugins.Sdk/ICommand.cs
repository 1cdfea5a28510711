namespace NativePlugins.Sdk;

/// <summary>A plugin that runs a command: the service np.command/1.</summary>
public interface ICommand
{
    /// <summary>Runs the command. May be called by several threads at once, while the plugin is started.</summary>
    /// <param name="context">Arguments, output and cancellation of this run; valid until the method returns.</param>
    /// <returns>The exit status for the shell: 0 is success, 1 to 63 are the plugin's to use.</returns>
    int Run(CommandContext context);
}
