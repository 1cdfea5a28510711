using NativePlugins.Contracts;

namespace NativePlugins.TestContracts;

/// <summary>Data that is one of several types.</summary>
[PluginContract("test.figures")]
public partial interface IFigures
{
    /// <summary>The same figure.</summary>
    Figure EchoFigure(Figure value);

    /// <summary>The same figure, or null.</summary>
    Figure? EchoOptional(Figure? value);

    /// <summary>The same figures.</summary>
    IReadOnlyList<Figure?> EchoFigures(IReadOnlyList<Figure?> value);

    /// <summary>The same circle.</summary>
    Circle EchoCircle(Circle value);

    /// <summary>The same drawing.</summary>
    Drawing EchoDrawing(Drawing value);

    /// <summary>The same order.</summary>
    Order EchoOrder(Order value);

    /// <summary>The same figure, later.</summary>
    ValueTask<Figure?> EchoLater(Figure? value);

    /// <summary>The radius of a circle, the number of corners of a polygon, the sum of a group's; 0 for a blank one.</summary>
    double Measure(Figure value);

    /// <summary>A figure that the callee makes: of the name "made", with all that it knows.</summary>
    /// <param name="tag">Its tag.</param>
    Figure Make(int tag);

    /// <summary>Gives each figure to the visitor, one by one, and the sum of what it says.</summary>
    double Visit(IReadOnlyList<Figure> figures, IFigureVisitor visitor);
}

/// <summary>Sees figures.</summary>
[PluginContract("test.figure_visitor")]
public partial interface IFigureVisitor
{
    /// <summary>Sees one.</summary>
    double See(Figure figure);
}
