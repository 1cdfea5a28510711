namespace NativePlugins.Host.Transport;

/// <summary>
/// What the host gives to one instance, whichever way the instance asks: np.log/1, np.config/1, np.paths/1, and the objects that the
/// application offers. Thread-safe.
/// </summary>
internal interface IHostServices
{
    string InstalledDirectory { get; }

    bool IsLogEnabled(int level);

    void WriteLog(PluginLogRecord record);

    string? GetSetting(string key);

    IEnumerable<(string Key, string Value)> Settings();

    /// <summary>The plugin's own data directory, which is made for this user alone if it does not exist.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    string GetDataDirectory();

    /// <summary>The table of an object that the application offers, made when it is first asked for; 0 if there is none.</summary>
    nint FindOffered(ReadOnlySpan<byte> id);

    /// <summary>Takes the offered objects back. If the plugin goes on and calls one, it gets NP_E_INVALID_STATE.</summary>
    void End();
}
