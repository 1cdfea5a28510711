using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Services;

/// <summary>Of what the host's services are made.</summary>
internal sealed record HostServicesOptions
{
    public required ILoggerFactory LoggerFactory { get; init; }

    /// <summary>The application's; null for none.</summary>
    public required IConfiguration? Configuration { get; init; }

    /// <summary>Below which each plugin gets a directory of its own; null for the user's place for data.</summary>
    public required string? DataDirectory { get; init; }

    /// <summary>Where the user's place for data is asked for.</summary>
    public required ProcessEnvironment Environment { get; init; }

    /// <summary>The application's objects that plugins may call.</summary>
    public required IReadOnlyList<OfferedContract> Offered { get; init; }
}
