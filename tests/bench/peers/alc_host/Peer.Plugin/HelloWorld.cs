using Peer.Contract;

namespace Peer.Plugin;

/// <summary>Greets the world, or whoever its first argument names.</summary>
public sealed class HelloWorld : IPlugin
{
    public void Run(IReadOnlyList<string> arguments) =>
        Console.WriteLine($"Hello, {(arguments.Count > 0 ? arguments[0] : "world")}!");
}
