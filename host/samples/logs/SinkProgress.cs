using NativePlugins.Contracts;

namespace Logs;

/// <summary>What a sink has done since it was started, its older builds included.</summary>
/// <param name="Records">How many records are where they belong.</param>
/// <param name="Bytes">How many bytes they are there.</param>
[PluginData]
public sealed partial record SinkProgress(long Records, long Bytes);
