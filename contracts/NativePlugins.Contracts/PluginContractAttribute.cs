namespace NativePlugins.Contracts;

/// <summary>
/// Marks an interface as a contract between an application and its plugins. The interface must be <c>partial</c>: the
/// generator gives it a table of native functions, a proxy for who calls it and an export for who implements it.
/// </summary>
/// <param name="id">
/// <c>namespace.name</c>: words of a-z, 0-9 and '_' that begin with a letter, separated by '.', at least two of them and
/// 64 characters at most. The namespace <c>np</c> is the ABI's own. It never changes.
/// </param>
[AttributeUsage(AttributeTargets.Interface, Inherited = false)]
public sealed class PluginContractAttribute(string id) : Attribute
{
    /// <summary>The contract's id, <c>namespace.name</c>.</summary>
    public string Id { get; } = id;

    /// <summary>
    /// The major version, 1 (the default) to 65535. A contract that breaks with what has shipped is another interface
    /// with the next major version; a plugin can implement both.
    /// </summary>
    public int Major { get; set; } = 1;

    /// <summary>Which threads may call it, several at once. <see cref="ContractThreading.Free"/> by default.</summary>
    public ContractThreading Threading { get; set; }
}
