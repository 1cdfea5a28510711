using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NativePlugins.Extensions.Hosting;
using NativePlugins.Host;

namespace Microsoft.Extensions.Hosting;

/// <summary>Runs an application that has native plugins.</summary>
public static class NativePluginsHostExtensions
{
    private const int BadConfiguration = 78;

    /// <summary>
    /// Runs the application until it is shut down, as <see cref="HostingAbstractionsHostExtensions.RunAsync(IHost, CancellationToken)"/> does,
    /// and tells a refusal to start in the words and with the exit status that <c>host</c> would use.
    /// </summary>
    /// <param name="host">The application's host. It is disposed of at the end.</param>
    /// <param name="cancellationToken">Shuts the application down.</param>
    /// <returns>
    /// 0, or when a required plugin is refused <see cref="PluginError.ExitCode"/>, or 78 when the section <c>NativePlugins</c>
    /// is wrong; then the reason stands on standard error. Any other exception is thrown.
    /// </returns>
    public static async Task<int> RunForExitStatusAsync(this IHost host, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        try
        {
            if (ConfigurationProblem(host) is string problem)
            {
                await Console.Error.WriteLineAsync(problem).ConfigureAwait(false);
                await DisposeAsync(host).ConfigureAwait(false);
                return BadConfiguration;
            }

            await host.RunAsync(cancellationToken).ConfigureAwait(false);
            return 0;
        }
        catch (PluginException e)
        {
            await Console.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return e.Error.ExitCode;
        }
    }

    private static string? ConfigurationProblem(IHost host)
    {
        try
        {
            _ = host.Services.GetRequiredService<IOptions<NativePluginsOptions>>().Value;
            return null;
        }
        catch (OptionsValidationException e)
        {
            return string.Join('\n', e.Failures);
        }
        catch (InvalidOperationException e)
        {
            // Thrown by the configuration binder for an unknown key, or a value of another type.
            return $"{NativePluginsOptions.SectionName}: {e.Message}";
        }
    }

    private static async ValueTask DisposeAsync(IHost host)
    {
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            host.Dispose();
        }
    }
}
