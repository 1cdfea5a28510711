using System.Runtime.InteropServices;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>The table of the service test.add/1, as tests/fixtures/test_add.h declares it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct AddTable
{
    public readonly uint StructSize;
    public readonly uint Reserved;
    public readonly void* Context;
    public readonly delegate* unmanaged[Cdecl]<void*, int, int, int> Add;
}
