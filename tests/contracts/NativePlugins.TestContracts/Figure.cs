using NativePlugins.Contracts;

namespace NativePlugins.TestContracts;

/// <summary>Data that is always one of several types, one of which has come later, as has a member of all.</summary>
/// <param name="Name">What it is called.</param>
[PluginData]
public abstract partial record Figure(string Name)
{
    /// <summary>What is drawn first.</summary>
    public int Layer { get; init; }

    /// <summary>A member whose name the struct in C has for itself.</summary>
    public string? Tag { get; init; }

    /// <summary>0 to 1.</summary>
    [ContractMinor(1)]
    public double Opacity { get; init; } = 1;
}

/// <summary>All points of one distance.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Centre">From where the distance is.</param>
/// <param name="Radius">The distance.</param>
[PluginDataCase(1)]
public sealed partial record Circle(string Name, Point Centre, double Radius) : Figure(Name);

/// <summary>Lines from point to point.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Corners">The points.</param>
[PluginDataCase(2)]
public sealed partial record Polygon(string Name, IReadOnlyList<Point> Corners) : Figure(Name)
{
    /// <summary>Whether there is a line from the last point to the first.</summary>
    [ContractMinor(1)]
    public bool IsClosed { get; init; } = true;

    /// <summary>How a line is drawn.</summary>
    [ContractMinor(2)]
    public string? Stroke { get; init; }
}

/// <summary>A case that has nothing but what all have.</summary>
/// <param name="Name">What it is called.</param>
[PluginDataCase(4)]
public sealed partial record Blank(string Name) : Figure(Name);

/// <summary>Figures together: data that contains itself, and came later.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Items">The figures.</param>
/// <param name="Main">The one in the middle.</param>
[PluginDataCase(7)]
[ContractMinor(2)]
public sealed partial record Group(string Name, IReadOnlyList<Figure?> Items, Circle? Main) : Figure(Name);

/// <summary>Data with figures in every position.</summary>
/// <param name="First">One that is there.</param>
/// <param name="Second">One that may be missing.</param>
/// <param name="ByName">Many.</param>
/// <param name="Pairs">In tuples.</param>
[PluginData]
public sealed partial record Drawing(Figure First, Figure? Second, IReadOnlyDictionary<string, Figure> ByName, IReadOnlyList<(int Depth, Figure? Figure)> Pairs);

/// <summary>Data that is itself, or one of the types in it: classes without constructors of their own, and with one.</summary>
[PluginData]
public partial class Order
{
    /// <summary>Which one it is.</summary>
    public string? Id { get; set; }

    /// <summary>An order without members.</summary>
    [PluginDataCase(1)]
    public sealed partial class Halt : Order;

    /// <summary>An order with a member that only the constructor sets.</summary>
    /// <param name="distance">How far.</param>
    [PluginDataCase(2)]
    public sealed partial class Move(double distance) : Order
    {
        /// <summary>How far.</summary>
        public double Distance { get; } = distance;
    }
}
