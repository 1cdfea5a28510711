using System.Collections.Generic;
using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>A type with [PluginData].</summary>
/// <param name="Namespace">Of the type; empty for the global one.</param>
/// <param name="Declaration">partial record struct Point and the like, as its other part must begin.</param>
/// <param name="CSharp">With global:: and namespace.</param>
/// <param name="C">The name of the struct.</param>
/// <param name="IsClass">Whether null could be one.</param>
/// <param name="Members">In the order of the struct.</param>
/// <param name="FirstMinor">The first minor version of the contract that has it; 0 where there is no contract.</param>
/// <param name="Doc">What the XML documentation says.</param>
internal sealed record DataModel(
    string Namespace, string Declaration, string CSharp, string C, bool IsClass, Sequence<DataMemberModel> Members, int FirstMinor, string Doc)
{
    /// <summary>With namespace.</summary>
    public string FullName => CSharp.Replace("global::", "");

    /// <summary>In bytes.</summary>
    public int Size => Members[Members.Count - 1].End;

    /// <summary>The minor versions of a contract in which it appears or grows.</summary>
    public IEnumerable<int> Minors => Members.Select(MinorOf).Distinct();

    /// <summary>The minor version of a contract in which a member appears.</summary>
    public int MinorOf(DataMemberModel member) => System.Math.Max(member.Minor, FirstMinor);
}

/// <summary>A member of data.</summary>
/// <param name="Name">Its C# name.</param>
/// <param name="CName">Its C name.</param>
/// <param name="Shape">How it lies in memory.</param>
/// <param name="Minor">The minor version that introduced it.</param>
/// <param name="Offset">In the struct, in bytes.</param>
/// <param name="End">The end in the struct: of its minor version for the last one of that, else of itself with what pads the next one.</param>
/// <param name="Padding">The bytes that follow it.</param>
/// <param name="Parameter">The constructor's parameter that it is; null when it is set.</param>
/// <param name="Doc">What the XML documentation says.</param>
internal sealed record DataMemberModel(
    string Name, string CName, DataShape Shape, int Minor, int Offset, int End, int Padding, string? Parameter, string Doc);
