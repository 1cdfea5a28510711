using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace NativePlugins.Contracts.Interop;

/// <summary>How a value lies in memory as C. For generated code.</summary>
/// <typeparam name="T">The value in C#.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Called through a type parameter.")]
public unsafe interface IDataShape<T>
{
    /// <summary>How many bytes a writer of this version fills; a multiple of <see cref="Alignment"/>.</summary>
    static abstract int Size { get; }

    /// <summary>How many bytes a reader needs at least. Less than <see cref="Size"/> for data that has grown.</summary>
    static abstract int Minimum { get; }

    /// <summary>Its address is a multiple of this: 1, 2, 4 or 8.</summary>
    static abstract int Alignment { get; }

    /// <summary>Whether it lies in memory in the same way in C#.</summary>
    static abstract bool IsPlain { get; }

    /// <summary>Writes a value; what it points at goes to the arena.</summary>
    /// <param name="arena">The arena; not used by what points at nothing.</param>
    /// <param name="value">The value.</param>
    /// <param name="cell">Where to; <see cref="Size"/> bytes.</param>
    /// <exception cref="InvalidDataException">The value, or one inside, is null where the contract has no null, or cannot cross.</exception>
    static abstract void Write(DataArena arena, T value, byte* cell);

    /// <summary>Makes the value, which is the reader's own.</summary>
    static abstract T Read(ref DataReader reader, byte* cell);
}

/// <summary>What crosses as one pointer: to a value, or NULL.</summary>
/// <typeparam name="T">The value in C#.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Called through a type parameter.")]
public interface IDataRoot<T> : IDataShape<T>
{
    /// <summary>The size of what the pointer points at, as this side writes it.</summary>
    static abstract int TargetSize { get; }

    /// <summary>The size that it has at least.</summary>
    static abstract int TargetMinimum { get; }
}
