using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>How a value lies in memory as C, be it a parameter, a result, a member of data or an element of a list.</summary>
/// <param name="CSharp">The type in C#, with a '?' where it may be null.</param>
/// <param name="C">The type in C.</param>
/// <param name="Word">What it is called in the names of types that are made of it, such as np_int32.</param>
/// <param name="Signature">The type with its layout, as the record and the fingerprint see it.</param>
/// <param name="Runtime">The IDataShape of the library, or of the type itself, that writes and reads it.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Alignment">In bytes.</param>
/// <param name="HasPointers">Whether it points at more, so that it cannot be copied as it lies there.</param>
/// <param name="Declarations">The C types that it needs, each after those that it contains.</param>
internal sealed record DataShape(
    string CSharp, string C, string Word, string Signature, string Runtime, int Size, int Alignment, bool HasPointers, Sequence<NativeDeclaration> Declarations)
{
    /// <summary>The C# number that it is by itself, as a parameter by value; null for other types.</summary>
    public string? Number { get; init; }

    /// <summary>What the value in C means, for the header: its unit and from where it counts; empty where the type says it all.</summary>
    public string Meaning { get; init; } = "";

    /// <summary>Whether it is a text: two arguments as a parameter.</summary>
    public bool IsText { get; init; }

    /// <summary>Whether it is a pointer to data by itself.</summary>
    public bool IsReference { get; init; }

    /// <summary>Whether it is a pointer to elements, and their number.</summary>
    public bool IsList { get; init; }

    /// <summary>Whether null is a value in C#, and it is a class there.</summary>
    public bool IsClass { get; init; }

    /// <summary>The types with [PluginData] that it leads to, without what those lead to.</summary>
    public Sequence<string> Data { get; init; }

    /// <summary>What it is made of: the element of a list, the items of a tuple, key and value of a pair.</summary>
    public Sequence<DataShape> Parts { get; init; }

    /// <summary>The same without null; null when it cannot be null.</summary>
    public DataShape? Inner { get; init; }

    /// <summary>What a pointer to it points at in C.</summary>
    public string Target => IsReference ? C.Substring("const ".Length).TrimEnd('*', ' ') : Inner?.Target ?? C;

    /// <summary>The name of that without a tag before it.</summary>
    public string TargetName => Target.Replace("struct ", "");

    /// <summary>The IDataRoot that crosses as one pointer.</summary>
    public string Root
    {
        get
        {
            DataShape target = Inner ?? this;
            string kind = Inner is null ? "ReferenceData" : target.IsClass ? "NullableReferenceData" : "OptionalReferenceData";
            return IsReference ? Runtime : $"{ContractSource.Interop}.{kind}<{target.CSharp}, {target.Runtime}>";
        }
    }
}

/// <summary>A struct or typedef that a header declares, guarded by its name: several headers may have it.</summary>
/// <param name="C">Its name.</param>
/// <param name="Doc">What it is.</param>
/// <param name="Fields">The lines between its braces.</param>
/// <param name="Size">In bytes.</param>
internal sealed record NativeDeclaration(string C, string Doc, Sequence<string> Fields, int Size)
{
    /// <summary>The macros that belong to it, a line each.</summary>
    public Sequence<string> Macros { get; init; }

    /// <summary>The functions that make one, line by line.</summary>
    public Sequence<string> Helpers { get; init; }
}
