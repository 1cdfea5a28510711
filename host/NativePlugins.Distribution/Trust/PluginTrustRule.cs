namespace NativePlugins.Distribution;

/// <summary>Who must have signed plugins of certain ids. Immutable.</summary>
/// <param name="Pattern">An id, <c>acme.*</c> for all that begin with <c>acme.</c>, or <c>*</c> for all.</param>
/// <param name="Source">The only source for which the rule holds, as <see cref="PluginSource.Name"/>; null for all.</param>
/// <param name="Keys">One of these must have signed; if there are none, no signature is needed.</param>
public sealed record PluginTrustRule(string Pattern, string? Source, IReadOnlyList<MinisignPublicKey> Keys);

/// <summary>The least version of plugins of certain ids: lower ones are refused. Immutable.</summary>
/// <param name="Pattern">As in <see cref="PluginTrustRule"/>.</param>
/// <param name="Version">As in Semantic Versioning 2.0.0.</param>
public sealed record PluginVersionFloor(string Pattern, string Version);

/// <summary>An installed version that a trust policy refuses.</summary>
/// <param name="Id">The plugin's id.</param>
/// <param name="Version">The version.</param>
/// <param name="Refusal">What an installation of it would throw now.</param>
public sealed record PluginTrustViolation(string Id, string Version, Host.PluginException Refusal);
