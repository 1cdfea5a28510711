using NativePlugins.Contracts;

namespace NativePlugins.TestContracts;

/// <summary>A person: a record with a constructor, with members that are required, that are set later, and that have defaults.</summary>
/// <param name="Name">What the person is called.</param>
/// <param name="Age">In years.</param>
/// <param name="Email">null when it is not known.</param>
[PluginData]
public sealed partial record Person(string Name, int Age, string? Email = null)
{
    /// <summary>How the person works.</summary>
    public required Mode Mode { get; init; }

    /// <summary>When the person was born.</summary>
    public DateOnly? Born { get; init; }

    /// <summary>Short words.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Where the person lives.</summary>
    public Address? Home { get; init; }

    /// <summary>Another person.</summary>
    public Person? Partner { get; set; }

    /// <summary>Whether the person is here.</summary>
    public bool IsHere { get; set; } = true;

    /// <summary>What is computed does not cross.</summary>
    public string Title => $"{Name} ({Age})";
}

/// <summary>A struct that is data.</summary>
/// <param name="Street">With the number.</param>
/// <param name="Position">Where it is.</param>
[PluginData]
public readonly partial record struct Address(string Street, Point Position);

/// <summary>A struct of numbers.</summary>
/// <param name="X">From left to right.</param>
/// <param name="Y">From top to bottom.</param>
public record struct Point(double X, double Y);

/// <summary>A class without a constructor of its own, which contains itself.</summary>
[PluginData]
public sealed partial class Node
{
    /// <summary>What it says.</summary>
    public string Text { get; set; } = "";

    /// <summary>What is below.</summary>
    public List<Node> Children { get; set; } = [];

    /// <summary>What is below by name.</summary>
    public Dictionary<string, Node?>? Named { get; set; }
}

/// <summary>A struct with fields and every kind of collection.</summary>
[PluginData]
public partial struct Shelf
{
    /// <summary>Numbers.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1051", Justification = "A field crosses as a property does.")]
    public int[] Numbers;

    /// <summary>Structs of numbers.</summary>
    public System.Collections.Immutable.ImmutableArray<Point> Points { get; set; }

    /// <summary>Values without duplicates.</summary>
    public HashSet<Guid> Ids { get; set; }

    /// <summary>Values by key.</summary>
    public IReadOnlyDictionary<string, decimal> Prices { get; set; }

    /// <summary>Lists of lists, of which some are null.</summary>
    public IReadOnlyList<string?[]?>? Rows { get; set; }

    /// <summary>Pairs.</summary>
    public (int Count, string? Name, DateTimeOffset At)[] Entries { get; set; }

    /// <summary>Flags, of which some are unknown.</summary>
    public List<bool?> Flags { get; set; }
}
