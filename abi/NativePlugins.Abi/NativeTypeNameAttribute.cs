using System.Diagnostics;

namespace NativePlugins.Abi;

/// <summary>The C type that the generator translated, kept for readers of the bindings only.</summary>
[Conditional("DEBUG")]
[AttributeUsage(AttributeTargets.All)]
internal sealed class NativeTypeNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
