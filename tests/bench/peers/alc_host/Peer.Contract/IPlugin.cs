namespace Peer.Contract;

/// <summary>What the host and its plugins share.</summary>
public interface IPlugin
{
    /// <summary>Runs the plugin's command.</summary>
    void Run(IReadOnlyList<string> arguments);
}
