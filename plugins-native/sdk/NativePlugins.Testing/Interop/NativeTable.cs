using System.Runtime.InteropServices;

namespace NativePlugins.Testing.Interop;

/// <summary>A table in native memory, of this version's size or of another: larger ones end in bytes that mean nothing.</summary>
internal sealed unsafe class NativeTable<T> : IDisposable
    where T : unmanaged
{
    public NativeTable(T value, int sizeDifference = 0)
    {
        Pointer = (T*)NativeMemory.Alloc((nuint)(sizeof(T) + Math.Max(sizeDifference, 0)));
        new Span<byte>(Pointer, sizeof(T) + Math.Max(sizeDifference, 0)).Fill(0xcc);
        *Pointer = value;
        *(uint*)Pointer = (uint)(sizeof(T) + sizeDifference);
    }

    public T* Pointer { get; }

    public void Dispose() => NativeMemory.Free(Pointer);
}
