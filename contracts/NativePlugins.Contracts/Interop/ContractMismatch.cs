using System.ComponentModel;

namespace NativePlugins.Contracts.Interop;

/// <summary>The first difference between a table and the contract that it should be.</summary>
/// <param name="Member">The member that differs, or empty when the table as a whole does.</param>
/// <param name="Expected">The member, or what else was expected, as this side was compiled with it.</param>
/// <param name="Found">What the other side has: untrusted text.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record ContractMismatch(string Member, string Expected, string Found);
