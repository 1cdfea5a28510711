using System.Collections.Generic;
using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>A type with [PluginData], or a case of one.</summary>
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
    // struct_size; in a base of cases also the tag and the pointer to the case.
    private const int OwnPrefix = 4;
    private const int BasePrefix = 16;

    /// <summary>The number to whose multiples each minor version is padded: all later ones can be appended then.</summary>
    public const int Alignment = 8;

    /// <summary>The declaration of the type that it is nested in: its base's; null at the top level.</summary>
    public string? Outer { get; init; }

    /// <summary>What it may be, in the order of the tags; none where it is always itself.</summary>
    public Sequence<CaseModel> Cases { get; init; }

    /// <summary>Whether it is always one of its cases.</summary>
    public bool IsAbstract { get; init; }

    /// <summary>What it is a case of; null for what is none.</summary>
    public BaseModel? Base { get; init; }

    /// <summary>With namespace.</summary>
    public string FullName => CSharp.Replace("global::", "");

    /// <summary>Where the first member may be.</summary>
    public int Prefix => PrefixOf(Cases.Count > 0);

    /// <summary>In bytes.</summary>
    public int Size => Members.Count == 0 ? Align(Prefix, Alignment) : Members[Members.Count - 1].End;

    /// <summary>How many bytes there are at least: the members that have not come later.</summary>
    public int Minimum => Members.LastOrDefault(m => m.Minor <= Least)?.End ?? Align(Prefix, Alignment);

    /// <summary>The minor version of the members that are always there. A hierarchy and its cases may begin without members.</summary>
    public int Least => Cases.Count > 0 || Base is not null || Members.Count == 0 ? 0 : Members[0].Minor;

    /// <summary>The minor versions of a contract in which it appears or grows.</summary>
    public IEnumerable<int> Minors => Members.Select(MinorOf).Concat(Cases.Select(MinorOf)).Distinct();

    /// <summary>The minor version of a contract in which a member appears.</summary>
    public int MinorOf(DataMemberModel member) => System.Math.Max(member.Minor, FirstMinor);

    /// <summary>The minor version of a contract in which a case appears.</summary>
    public int MinorOf(CaseModel item) => System.Math.Max(item.Minor, FirstMinor);

    public static int PrefixOf(bool hasCases) => hasCases ? BasePrefix : OwnPrefix;

    public static int Align(int offset, int alignment) => (offset + alignment - 1) / alignment * alignment;
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

/// <summary>A type that data may be.</summary>
/// <param name="Tag">What it is in C; 0 for the base itself.</param>
/// <param name="Minor">The minor version that introduced it.</param>
/// <param name="Name">Its C# name.</param>
/// <param name="CName">Its name in the union.</param>
/// <param name="CSharp">With global:: and namespace.</param>
/// <param name="C">The name of its struct.</param>
/// <param name="Doc">What the XML documentation says.</param>
internal sealed record CaseModel(int Tag, int Minor, string Name, string CName, string CSharp, string C, string Doc);

/// <summary>What a case derives from.</summary>
/// <param name="CSharp">With global:: and namespace.</param>
/// <param name="Tag">What the case is in its struct.</param>
/// <param name="Inherited">The members of it, in the order of its struct, each with the parameter of the case's constructor that it is.</param>
internal sealed record BaseModel(string CSharp, int Tag, Sequence<DataMemberModel> Inherited);
