using System.Runtime.InteropServices;

namespace NativePlugins.Torture;

/// <summary>test_torture of <c>tests/fixtures/torture.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct TortureTable
{
    public const string Id = "test.torture/1";

    public readonly uint StructSize;
    public readonly uint Reserved;
    public readonly void* Context;
    public readonly delegate* unmanaged[Cdecl]<void*, int, int, delegate* unmanaged[Cdecl]<void*, void>, void*, TortureAnswer*, int> Call;
    public readonly delegate* unmanaged[Cdecl]<void*, int, int, delegate* unmanaged[Cdecl]<void*, TortureAnswer*, void>, void*, int> Begin;
    public readonly delegate* unmanaged[Cdecl]<void*, TortureTotals*, int> GetTotals;
}

/// <summary>torture_answer: both generations are the ones of the library whose code ran.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct TortureAnswer
{
    public readonly int FirstGeneration;
    public readonly int LastGeneration;
    public readonly long Sum;
}

/// <summary>torture_totals: what the state has kept.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct TortureTotals(long Calls, long Sum);
