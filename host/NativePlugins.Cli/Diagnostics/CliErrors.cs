using System.Globalization;
using NativePlugins.Binary.Text;
using NativePlugins.Distribution;
using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary>Words the program's own errors.</summary>
internal static class CliErrors
{
    public static CliException Usage(string summary, string? expected, string? found, string advice) =>
        new(ErrorReport.From(ErrorCatalogue.Usage, summary) with { Expected = expected, Found = found, Advice = advice });

    public static CliException UnknownOption(string option, string? nearest) => Usage(
        $"{UntrustedText.Quote(option)} is no option of host",
        "an option of host, or the plugin's name: options after it are the plugin's",
        null,
        nearest is null ? ErrorCatalogue.Usage.Advice : $"Did you mean {nearest}? {ErrorCatalogue.Usage.Advice}");

    public static CliException MissingValue(CommonOption option) => Usage(
        $"{option.Name} needs a value", $"{option.Name} {option.ValueName}", "nothing after it", ErrorCatalogue.Usage.Advice);

    public static CliException BadValue(string option, string expected, string found) => Usage(
        $"the value of {option} cannot be used", expected, UntrustedText.Quote(found), ErrorCatalogue.Usage.Advice);

    public static CliException ReservedWord(string word) => Usage(
        $"'{word}' is a reserved name, and this version of host has no such command",
        "a command, or the name of a plugin",
        null,
        word == "help"
            ? "See `host --help`. To run a plugin of that name, write `host run help`."
            : $"To run a plugin of that name, write `host run {word}`.");

    public static CliException ConfigFile(string file, string expected, string found) =>
        new(ErrorReport.From(ErrorCatalogue.ConfigFile, $"the configuration file {UntrustedText.Quote(file)} cannot be used") with
        {
            Expected = expected,
            Found = UntrustedText.Escape(found),
        });

    public static ErrorReport EndHeldUp(TimeSpan deadline) =>
        ErrorReport.From(ErrorEntry.From(PluginErrors.LoaderHeld), "the destructors of a library that is still mapped did not return in time, and the process was ended without them") with
        {
            Expected = string.Create(CultureInfo.InvariantCulture, $"their end within {deadline.TotalSeconds:0.###} s after the program's own"),
            Found = "they are still running",
        };

    public static CliException StartAnew(Exception cause) =>
        new(ErrorReport.From(ErrorCatalogue.StartAnew, "no fresh process can be started") with
        {
            Expected = $"to go on in a fresh process of {UntrustedText.Quote(Environment.ProcessPath ?? Product.Name)}",
            Found = UntrustedText.Escape(cause.Message),
        });

    public static CliException OutputFailed(Exception cause) =>
        new(ErrorReport.From(ErrorCatalogue.Output, "the output cannot be written") with
        {
            Found = UntrustedText.Escape(cause.Message),
        });

    public static CliException NoDirectory(string directory, string found) =>
        new(ErrorReport.From(ErrorCatalogue.NoDirectory, $"there is no directory {UntrustedText.Quote(directory)}") with
        {
            Expected = "a directory",
            Found = found,
        });

    public static CliException DirectoryAccess(string directory, Exception cause) =>
        new(ErrorReport.From(ErrorEntry.From(PluginErrors.FileAccess), $"the directory {UntrustedText.Quote(directory)} cannot be read") with
        {
            Expected = "a directory that can be read",
            Found = UntrustedText.Escape(cause.Message),
        });

    public static CliException ChildDied(string file, string found) =>
        new(ErrorReport.From(ErrorCatalogue.ChildDied, $"{UntrustedText.Quote(file)} ended the process that asked it what it is") with
        {
            Expected = "a description",
            Found = found,
        });

    public static CliException ChildTimeout(string file, TimeSpan deadline) =>
        new(ErrorReport.From(ErrorCatalogue.ChildTimeout, $"{UntrustedText.Quote(file)} did not say in time what it is") with
        {
            Expected = string.Create(CultureInfo.InvariantCulture, $"an answer within {deadline.TotalSeconds:0.###} s"),
            Found = "none; the process was ended",
        });

    public static CliException ManifestWrite(string path, Exception cause) =>
        new(ErrorReport.From(ErrorCatalogue.ManifestWrite, $"the manifest {UntrustedText.Quote(path)} cannot be written") with
        {
            Found = UntrustedText.Escape(cause.Message),
        });

    public static CliException GraphWrite(string path, Exception cause) =>
        new(ErrorReport.From(ErrorCatalogue.GraphWrite, $"the picture {UntrustedText.Quote(path)} cannot be written") with
        {
            Found = UntrustedText.Escape(cause.Message),
        });

    public static CliException NoPluginDirectory() => Usage(
        "there is no directory of plugins to change", "--plugin-dir DIR, or a home directory of this user", "neither", "Name the directory with --plugin-dir.");

    public static CliException NuGetConfiguration(string expected, string found) => Usage(
        "NuGet's configuration cannot be used", expected, UntrustedText.Escape(found),
        "Its files are those that `dotnet nuget config paths` shows. To do without, name a folder with --source, in the form ./folder.");

    public static CliException NotInstalled(string id, string directory) =>
        new(ErrorReport.From(ErrorEntry.From(DistributionErrors.NotInstalled), $"{UntrustedText.Quote(id)} is not installed") with
        {
            Expected = $"a plugin that the lock file in {UntrustedText.Quote(directory)} names",
            Found = "none of that id; `host list --installed` shows them",
        });

    public static ErrorReport Differs(string id, string version, string found) =>
        ErrorReport.From(ErrorEntry.From(DistributionErrors.StoreDiffers), $"{UntrustedText.Quote(id)} {UntrustedText.Escape(version)} is not as it was installed") with
        {
            Expected = "the files that the lock file names",
            Found = found,
        };

    public static ErrorReport Shadowed(string id, string path, string first) =>
        ErrorReport.From(ErrorCatalogue.Shadowed, $"{UntrustedText.Quote(path)} is never found by the name {UntrustedText.Quote(id)}") with
        {
            Expected = "one plugin of that id",
            Found = $"another one, which comes first: {UntrustedText.Quote(first)}",
        };

    public static ErrorReport Outdated(InstalledPlugin plugin, string newer) =>
        ErrorReport.From(ErrorCatalogue.Outdated, $"there is a newer version of {UntrustedText.Quote(plugin.Id)}") with
        {
            Expected = $"{UntrustedText.Escape(newer)}, which is in {UntrustedText.Quote(plugin.Source)}",
            Found = UntrustedText.Escape(plugin.Version),
        };

    public static ErrorReport LittleSpace(string directory, long least, long free) =>
        ErrorReport.From(ErrorCatalogue.LittleSpace, $"there is little space left for {UntrustedText.Quote(directory)}") with
        {
            Expected = string.Create(CultureInfo.InvariantCulture, $"{least >> 20} MiB or more"),
            Found = string.Create(CultureInfo.InvariantCulture, $"{free / (double)(1 << 20):0.#} MiB"),
        };

    public static CliException PackageWrite(string directory, Exception cause) =>
        new(ErrorReport.From(ErrorCatalogue.PackageWrite, $"the package cannot be written in {UntrustedText.Quote(directory)}") with
        {
            Found = UntrustedText.Escape(cause.Message),
        });

    public static CliException NoPassphrase(string expected, string found) =>
        new(ErrorReport.From(ErrorCatalogue.NoPassphrase, "there is no passphrase for the secret key") with { Expected = expected, Found = UntrustedText.Escape(found) });

    public static CliException KeyFile(string path, string act, Exception cause) =>
        new(ErrorReport.From(ErrorCatalogue.KeyFile, $"the key {UntrustedText.Quote(path)} cannot {act}") with { Found = UntrustedText.Escape(cause.Message) });

    public static CliException SignatureWrite(string path, Exception cause) =>
        new(ErrorReport.From(ErrorCatalogue.SignatureWrite, $"{UntrustedText.Quote(path)} cannot be signed") with { Found = UntrustedText.Escape(cause.Message) });

    public static CliException TrustWrite(string path, Exception cause) =>
        new(ErrorReport.From(ErrorCatalogue.TrustWrite, $"the trust policy {UntrustedText.Quote(path)} cannot be written") with { Found = UntrustedText.Escape(cause.Message) });

    public static CliException NoProject(string project) =>
        new(ErrorReport.From(ErrorCatalogue.NoProject, $"there is no project {UntrustedText.Quote(project)}") with
        {
            Expected = "a project file",
            Found = "nothing of that name",
        });

    public static CliException NoBuildTool(string tool, string found) =>
        new(ErrorReport.From(ErrorCatalogue.NoBuildTool, $"{UntrustedText.Quote(tool)}, which builds the project, cannot be started") with
        {
            Expected = "a program of that name on the PATH",
            Found = UntrustedText.Escape(found),
        });

    public static CliException BuildFailed(string project, string errors) =>
        new(ErrorReport.From(ErrorCatalogue.BuildFailed, $"the project {UntrustedText.Quote(project)} does not build") with
        {
            Found = UntrustedText.Escape(errors, multiline: true, maxLength: 16 * 1024),
        });

    public static CliException NoPluginBuilt(string project, string expected, string found) =>
        new(ErrorReport.From(ErrorCatalogue.NoPluginBuilt, $"building {UntrustedText.Quote(project)} leaves no plugin") with
        {
            Expected = UntrustedText.Escape(expected),
            Found = UntrustedText.Escape(found),
        });

    public static CliException BadRecipe(string file, string found) =>
        new(ErrorReport.From(ErrorCatalogue.BadRecipe, $"{UntrustedText.Quote(file)} does not say how the plugin is built") with
        {
            Expected = """an object such as {"command": "make", "library": "build/libx.so"}""",
            Found = UntrustedText.Escape(found),
        });

    public static CliException NotInSecureExecution(string refused) =>
        new(ErrorReport.From(ErrorEntry.From(PluginErrors.SecureExecution), $"host does not do {refused} with rights that its user does not have") with
        {
            Expected = "a command that reads, writes and starts nothing that its user names: run, list, watch of an installed plugin, explain",
            Found = $"{refused}, in a program that is set-user-id or set-group-id or has file capabilities",
        });

    public static CliException NoBuildDirectory(Exception cause) =>
        new(ErrorReport.From(ErrorCatalogue.NoBuildDirectory, "there is no place to build the project to") with
        {
            Expected = "a directory below this user's own data",
            Found = UntrustedText.Escape(cause.Message),
        });

    public static ErrorReport Unexpected(Exception e) =>
        ErrorReport.From(ErrorCatalogue.Bug, $"{e.GetType().Name}: {UntrustedText.Escape(e.Message)}") with
        {
            Details = UntrustedText.Escape(e.StackTrace ?? "", multiline: true),
        };
}
