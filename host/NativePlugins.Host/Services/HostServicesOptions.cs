using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using NativePlugins.Contracts;
using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Services;

/// <summary>What the host's services are made from.</summary>
internal sealed record HostServicesOptions
{
    public required ILoggerFactory LoggerFactory { get; init; }

    /// <summary>The application's configuration; null for none.</summary>
    public required IConfiguration? Configuration { get; init; }

    /// <summary>The directory below which each plugin gets one of its own; null for the user's place for data.</summary>
    public required string? DataDirectory { get; init; }

    /// <summary>The environment that knows the user's place for data.</summary>
    public required ProcessEnvironment Environment { get; init; }

    /// <summary>The objects of the application that plugins may call.</summary>
    public required IReadOnlyList<OfferedContract> Offered { get; init; }

    /// <summary>How much data a call of one of them may bring.</summary>
    public required PluginDataLimits DataLimits { get; init; }
}
