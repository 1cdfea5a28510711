using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace NativePlugins.Contracts.Interop;

/// <summary>np_text: a pointer and a length in bytes. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StructLayout(LayoutKind.Sequential)]
[SuppressMessage("Performance", "CA1815", Justification = "Two of these are never compared.")]
public readonly unsafe struct NativeText(sbyte* data, nuint length)
{
    /// <summary>The bytes; NULL for no text.</summary>
    public readonly sbyte* Data = data;

    /// <summary>How many bytes there are.</summary>
    public readonly nuint Length = length;
}

/// <summary>A list: a pointer and a number of elements.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct NativeList(void* items, nuint count)
{
    public readonly void* Items = items;
    public readonly nuint Count = count;
}
