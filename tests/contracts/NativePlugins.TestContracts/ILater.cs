using NativePlugins.Contracts;

namespace NativePlugins.TestContracts;

/// <summary>One asynchronous call at a time.</summary>
[PluginContract("test.later", Threading = ContractThreading.Serialized)]
public partial interface ILater
{
    /// <summary>Reports before it waits for anything.</summary>
    ValueTask<int> Report(IProgressSink progress);
}
