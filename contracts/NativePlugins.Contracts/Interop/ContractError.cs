using System.ComponentModel;

namespace NativePlugins.Contracts.Interop;

/// <summary>What the other side reported about a call that failed. All of it is untrusted text, as it came.</summary>
/// <param name="Status">The status that the call returned.</param>
/// <param name="Type">The kind of error in the other side's own words, or empty.</param>
/// <param name="Message">The message, or empty.</param>
/// <param name="Detail">A stack trace or the like, or empty.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record ContractError(int Status, string Type, string Message, string Detail);
