using NativePlugins.Contracts;

namespace NativePlugins.TestContracts.Geometry.Plane;

/// <summary>Contracts that stand in a class, and derive from each other.</summary>
public static partial class Shapes
{
    /// <summary>What every shape has.</summary>
    [PluginContract("test.shape")]
    public partial interface IShape
    {
        /// <summary>What is written on it.</summary>
        string Label { get; set; }

        /// <summary>How large it is.</summary>
        double GetArea();
    }

    /// <summary>A shape that can be resized.</summary>
    [PluginContract("test.resizable")]
    public partial interface IResizable : IShape
    {
        /// <summary>Resizes it.</summary>
        /// <param name="factor">What the area is multiplied with.</param>
        /// <returns>The area that it has then.</returns>
        double Resize(double factor);

        /// <summary>Resizes it twice.</summary>
        [ContractMinor(1)]
        double ResizeTwice(double factor) => Resize(factor) == 0 ? 0 : Resize(factor);
    }
}
