namespace NativePlugins.TestContracts;

/// <summary>The contract's members in C#.</summary>
public class Figures : Records, IFigures
{
    /// <inheritdoc/>
    public Figure EchoFigure(Figure value) => value;

    /// <inheritdoc/>
    public Figure? EchoOptional(Figure? value) => value;

    /// <inheritdoc/>
    public IReadOnlyList<Figure?> EchoFigures(IReadOnlyList<Figure?> value) => value;

    /// <inheritdoc/>
    public Circle EchoCircle(Circle value) => value;

    /// <inheritdoc/>
    public Drawing EchoDrawing(Drawing value) => value;

    /// <inheritdoc/>
    public Order EchoOrder(Order value) => value;

    /// <inheritdoc/>
    public async ValueTask<Figure?> EchoLater(Figure? value)
    {
        await Task.Yield();
        return value;
    }

    /// <inheritdoc/>
    public double Measure(Figure value) => value switch
    {
        Circle circle => circle.Radius,
        Polygon polygon => polygon.Corners.Count,
        Group group => group.Items.Sum(item => item is null ? 0 : Measure(item)),
        _ => 0,
    };

    /// <inheritdoc/>
    public Figure Make(int tag) => tag switch
    {
        1 => new Circle("made", new Point(1, 2), 3) { Layer = 4 },
        2 => new Polygon("made", [new Point(1, 2), new Point(3, 4)]) { IsClosed = false, Stroke = "thin", Opacity = 0.5 },
        4 => new Blank("made"),
        7 => new Group("made", [new Blank("in"), null], null),
        _ => throw new ArgumentException($"there is no tag {tag}"),
    };

    /// <inheritdoc/>
    public double Visit(IReadOnlyList<Figure> figures, IFigureVisitor visitor)
    {
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentNullException.ThrowIfNull(visitor);
        return figures.Sum(visitor.See);
    }
}
