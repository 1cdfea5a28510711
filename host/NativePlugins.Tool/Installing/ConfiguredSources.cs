using System.Net;
using NuGet.Configuration;

namespace NativePlugins.Cli;

/// <summary>
/// Read as NuGet reads it: <c>nuget.config</c> in the current directory and those above it, the user's, the machine's, and credentials in variables
/// of the environment (https://learn.microsoft.com/nuget/reference/nuget-config-file). Only what it says is taken: feeds are read by
/// <see cref="Distribution.FeedSource"/>, with its rules.
/// </summary>
internal static partial class ConfiguredSources
{
    private const string BasicAuthentication = "basic";

    private static readonly Lazy<PackageSource[]> s_all = new(Load);

    static partial void Find(string name, ref string? found)
    {
        PackageSource? source = s_all.Value.FirstOrDefault(source => string.Equals(source.Name, name, StringComparison.OrdinalIgnoreCase));
        found = source is null ? null
            : source.IsEnabled ? source.Source
            : throw CliErrors.NuGetConfiguration($"a package source '{source.Name}' that is enabled", "it is disabled");
    }

    static partial void FindCredentials(string address, ref NetworkCredential? found)
    {
        foreach (PackageSource source in s_all.Value)
        {
            if (source is { IsEnabled: true, Credentials: { } credentials } && Uri.TryCreate(source.Source, UriKind.Absolute, out Uri? uri) && uri.AbsoluteUri == address && MayBeBasic(credentials))
            {
                found = Read(() => new NetworkCredential(credentials.Username, credentials.Password));
                return;
            }
        }
    }

    private static bool MayBeBasic(PackageSourceCredential credentials) =>
        !credentials.ValidAuthenticationTypes.Any() || credentials.ValidAuthenticationTypes.Contains(BasicAuthentication, StringComparer.OrdinalIgnoreCase);

    private static PackageSource[] Load() => Read(static () =>
    {
        ISettings settings = Settings.LoadDefaultSettings(Directory.GetCurrentDirectory(), configFileName: null, new XPlatMachineWideSetting());
        return (PackageSource[])[.. new PackageSourceProvider(settings).LoadPackageSources()];
    });

    private static T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is NuGetConfigurationException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            throw CliErrors.NuGetConfiguration("files as NuGet has them, with passwords that can be read here", e.Message);
        }
    }
}
