namespace NativePlugins.Contracts;

/// <summary>
/// Marks a record, class or struct as data of contracts: its public properties and fields cross as a struct in C. The type must be
/// <c>partial</c>: the generator writes how it is built and read, through its constructor, <c>required</c> and <c>init</c> members.
/// </summary>
/// <remarks>
/// What has shipped never changes. A new member is marked with <see cref="ContractMinorAttribute"/>, comes after all others, and has a
/// default value, which it keeps when the other side does not know it.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class PluginDataAttribute : Attribute;
