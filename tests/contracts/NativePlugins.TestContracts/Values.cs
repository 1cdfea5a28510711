namespace NativePlugins.TestContracts;

/// <summary>An enum of one byte.</summary>
public enum Mode : byte
{
    /// <summary>Nothing is done.</summary>
    None = 0,

    /// <summary>Quick.</summary>
    Fast = 1,

    /// <summary>The largest value.</summary>
    Exact = 255,
}

/// <summary>An enum of eight bytes.</summary>
public enum Wide : long
{
    /// <summary>The smallest value.</summary>
    Least = long.MinValue,

    /// <summary>Below zero.</summary>
    Minus = -1,

    /// <summary>The largest value.</summary>
    Most = long.MaxValue,
}

/// <summary>A struct of small fields.</summary>
/// <param name="Red">First.</param>
/// <param name="Green">Second.</param>
/// <param name="Blue">Third.</param>
/// <param name="Mode">Fourth.</param>
public record struct Pixel(byte Red, byte Green, byte Blue, Mode Mode);

/// <summary>A struct with a struct inside.</summary>
/// <param name="Weight">Eight bytes.</param>
/// <param name="Colour">A struct.</param>
/// <param name="Count">Four bytes.</param>
/// <param name="Wide">An enum of eight bytes.</param>
public record struct Box(double Weight, Pixel Colour, int Count, Wide Wide);
