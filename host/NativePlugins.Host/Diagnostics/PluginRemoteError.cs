using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>What a plugin itself reported about a call that failed. All of it is untrusted text, unchanged.</summary>
/// <param name="Status">The status that the call returned.</param>
/// <param name="Type">The kind of error in the plugin's own words, for example an exception's type name; or empty.</param>
/// <param name="Message">The plugin's message, or empty.</param>
/// <param name="StackTrace">The plugin's stack trace, or empty.</param>
public sealed record PluginRemoteError(int Status, string Type, string Message, string StackTrace)
{
    internal string Describe()
    {
        string status = $"status {StatusNames.Describe(Status)}";
        string message = UntrustedText.Escape(Message, multiline: true);
        string type = UntrustedText.Escape(Type);
        return (type.Length, message.Length) switch
        {
            (0, 0) => $"{status}, and no message",
            (0, _) => $"{message} ({status})",
            (_, 0) => $"{type} ({status})",
            _ => $"{type}: {message} ({status})",
        };
    }
}
