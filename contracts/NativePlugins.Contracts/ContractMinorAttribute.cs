namespace NativePlugins.Contracts;

/// <summary>
/// Says in which minor version of the contract a member was appended. Members without it are of minor version 0. A member of
/// a later one comes after all earlier ones and has a default body, which runs when the other side is older; in a type with
/// <see cref="PluginDataAttribute"/> it has a default value instead. A case of data (<see cref="PluginDataCaseAttribute"/>) may be of a later one
/// as a whole.
/// </summary>
/// <param name="minor">The minor version, 1 to 65535; the first that has the member.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Event | AttributeTargets.Field | AttributeTargets.Parameter, Inherited = false)]
public sealed class ContractMinorAttribute(int minor) : Attribute
{
    /// <summary>The minor version.</summary>
    public int Minor { get; } = minor;
}
