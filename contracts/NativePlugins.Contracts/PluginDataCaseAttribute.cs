namespace NativePlugins.Contracts;

/// <summary>
/// Marks a sealed record or class as one of the types that data may be: it derives from a record or class with <see cref="PluginDataAttribute"/>,
/// and crosses wherever that does. In C the base is a struct with a tag and a pointer to the case. The cases stand in the assembly of
/// their base, so that both sides know all of them.
/// </summary>
/// <remarks>
/// What has shipped keeps its tag. A case that comes later is marked with <see cref="ContractMinorAttribute"/>. A side that does not know a
/// tag refuses it: a caller throws <see cref="ArgumentException"/> or the plugin's fault, which name the tag and those that are known.
/// </remarks>
/// <param name="tag">The number that stands for the case in C: 1 to 65535, another one for each case of a base.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class PluginDataCaseAttribute(int tag) : Attribute
{
    /// <summary>The number that stands for the case in C.</summary>
    public int Tag { get; } = tag;
}
