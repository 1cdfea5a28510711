using NativePlugins.Distribution;

namespace NativePlugins.Cli;

/// <summary>What the options of <c>host trust</c> say.</summary>
internal sealed class TrustSettings
{
    /// <summary>The policy that is changed: its name, and its file, which is null where there is no such place.</summary>
    public (string Name, string? File) Scope { get; private set; } = Scopes[0];

    public List<string> Keys { get; } = [];

    public List<string> Revoked { get; } = [];

    public bool IsUnsigned { get; private set; }

    public string? Floor { get; private set; }

    public string? Source { get; private set; }

    public static (string Name, string? File)[] Scopes { get; } =
        [("user", PluginTrustPolicy.UserFile), ("application", PluginTrustPolicy.ApplicationFile), ("machine", PluginTrustPolicy.MachineFile)];

    public static CommonOption[] Options { get; } =
    [
        new("--key", null, "KEY", "A public key, or a file with one, that may sign. May be given several times: one of them must have signed.",
            static (settings, value) => settings.Trust.Keys.Add(value)),
        new("--unsigned", null, null, "These plugins need no signature, whatever a wider rule says.", static (settings, _) => settings.Trust.IsUnsigned = true),
        new("--source", null, "SOURCE", "The rule is for packages from a folder or, with nplugin, from the feed at the address SOURCE. Without another rule for these ids, they come from nowhere else.",
            static (settings, value) => settings.Trust.Source = PackageSources.Parse(value)),
        new("--floor", null, "VERSION", "No lower version of these plugins is installed.", static (settings, value) => settings.Trust.Floor = value),
        new("--revoked", null, "KEY", "A public key, or a file with one: nothing that it has signed is installed.",
            static (settings, value) => settings.Trust.Revoked.Add(value)),
        new("--scope", null, "S", "Whose policy to change: user (the default), application, beside this program, or machine. Those that there are all count.",
            static (settings, value) => settings.Trust.Scope = Scopes.Any(scope => scope.Name == value) ? Scopes.First(scope => scope.Name == value)
                : throw CliErrors.BadValue("--scope", "user, application or machine", value)),
    ];
}
