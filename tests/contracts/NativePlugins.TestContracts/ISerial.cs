using NativePlugins.Contracts;

namespace NativePlugins.TestContracts;

/// <summary>One call at a time.</summary>
[PluginContract("test.serial", Threading = ContractThreading.Serialized)]
public partial interface ISerial
{
    /// <summary>Reports once, and says how many calls were inside at the same time at most.</summary>
    int Most(IProgressSink? progress);

    /// <summary>The same, with a wait in the middle.</summary>
    ValueTask<int> MostLater(CancellationToken cancellationToken);
}
