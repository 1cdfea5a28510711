using NativePlugins.Sdk.Interop;

namespace NativePlugins.Sdk;

/// <summary>
/// Writes to the host's log. A record that is written while a command runs, on any thread that the command's
/// asynchronous flow reaches, carries that command's trace context.
/// </summary>
/// <remarks>Safe for several threads at once. Nothing here throws: a record that the host does not take is dropped.</remarks>
public sealed class PluginLog
{
    private readonly HostTable _host;
    private readonly string _category;

    internal PluginLog(HostTable host, string category)
    {
        _host = host;
        _category = category;
    }

    /// <summary>The same log for a part of the plugin.</summary>
    /// <param name="category">The part's name; the host shows it after the plugin's id.</param>
    /// <exception cref="ArgumentNullException"><paramref name="category"/> is null.</exception>
    public PluginLog ForCategory(string category)
    {
        ArgumentNullException.ThrowIfNull(category);
        return new PluginLog(_host, category);
    }

    /// <summary>Whether the host keeps records of this level. Cheap.</summary>
    public bool IsEnabled(PluginLogLevel level) => LogService.IsEnabled(_host, level);

    /// <summary>Writes a record.</summary>
    /// <param name="level">How much it matters.</param>
    /// <param name="message">What happened, for a person.</param>
    /// <param name="exception">What caused it, if anything did; the record then carries its text and stack trace.</param>
    /// <param name="eventId">The plugin's own number for this kind of event, or 0.</param>
    public void Write(PluginLogLevel level, string? message, Exception? exception = null, int eventId = 0)
    {
        if (IsEnabled(level))
        {
            LogService.Write(_host, level, _category, message, exception, eventId);
        }
    }

    /// <summary>Writes a record of level <see cref="PluginLogLevel.Trace"/>.</summary>
    public void Trace(string? message) => Write(PluginLogLevel.Trace, message);

    /// <summary>Writes a record of level <see cref="PluginLogLevel.Debug"/>.</summary>
    public void Debug(string? message) => Write(PluginLogLevel.Debug, message);

    /// <summary>Writes a record of level <see cref="PluginLogLevel.Information"/>.</summary>
    public void Information(string? message) => Write(PluginLogLevel.Information, message);

    /// <summary>Writes a record of level <see cref="PluginLogLevel.Warning"/>.</summary>
    public void Warning(string? message, Exception? exception = null) =>
        Write(PluginLogLevel.Warning, message, exception);

    /// <summary>Writes a record of level <see cref="PluginLogLevel.Error"/>.</summary>
    public void Error(string? message, Exception? exception = null) => Write(PluginLogLevel.Error, message, exception);

    /// <summary>Writes a record of level <see cref="PluginLogLevel.Critical"/>.</summary>
    public void Critical(string? message, Exception? exception = null) =>
        Write(PluginLogLevel.Critical, message, exception);
}
