using NativePlugins.TestContracts.Geometry.Plane;

namespace NativePlugins.TestContracts;

/// <summary>A shape that can be resized, beside everything else.</summary>
public class Shape : Tasks, Shapes.IResizable
{
    private double _area = 1;

    /// <inheritdoc/>
    public string Label { get; set; } = "";

    /// <inheritdoc/>
    public double GetArea() => _area;

    /// <inheritdoc/>
    public double Resize(double factor) => _area *= factor;

    /// <inheritdoc/>
    public double ResizeTwice(double factor) => _area *= factor * factor;
}
