using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NativePlugins.Host.Forwarding;

/// <summary>
/// The arguments of a C function, whatever its signature: what is in the integer registers, on the stack behind them, and in the vector
/// registers. System V x64 has 6 integer registers and AAPCS64 has 8; both assign integers and floating-point numbers independently of each
/// other, and put what is left on the stack in words of 8 bytes. <c>docs/decisions/worker-calls.md</c> has the measurements.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeWords
{
    /// <summary>Integer registers and stack words together.</summary>
    public const int Integers = 22;

    /// <summary>Vector registers.</summary>
    public const int Vectors = 8;

    /// <summary>The fewest integer registers that a system has.</summary>
    public const int LeastRegisters = 6;

    /// <summary>The most words on the stack that there are on every system.</summary>
    public const int StackWords = 14;

    public fixed ulong Integer[Integers];
    public fixed double Vector[Vectors];
}

/// <summary>Where the arguments of a function are, one after the other.</summary>
internal struct NativeWordCursor
{
    private int _integer;
    private int _stack;
    private int _vector;

    /// <summary>How many integer registers there are. The words behind them are the stack's.</summary>
    public static int IntegerRegisters { get; } = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 8 : 6;

    /// <summary>The index of the next integer or pointer, in <see cref="NativeWords.Integer"/>.</summary>
    public int NextInteger() => _integer < IntegerRegisters ? _integer++ : NextStack();

    /// <summary>The index of the next floating-point number: in <see cref="NativeWords.Vector"/>, or if that is full in the integers.</summary>
    public int NextFloat(out bool isVector)
    {
        isVector = _vector < NativeWords.Vectors;
        return isVector ? _vector++ : NextStack();
    }

    private int NextStack() => IntegerRegisters + _stack++;
}

/// <summary>Calls a C function of any signature.</summary>
internal static unsafe class NativeCall
{
    public static int Invoke(nint function, NativeWords* w)
    {
        ulong* i = w->Integer;
        double* d = w->Vector;
        return ((delegate* unmanaged[Cdecl]<ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, double, double, double, double, double, double, double, double, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, int>)function)(
            i[0], i[1], i[2], i[3], i[4], i[5], i[6], i[7], d[0], d[1], d[2], d[3], d[4], d[5], d[6], d[7],
            i[8], i[9], i[10], i[11], i[12], i[13], i[14], i[15], i[16], i[17], i[18], i[19], i[20], i[21]);
    }
}

/// <content>What all entries do.</content>
internal static unsafe partial class ForwardingEntries
{
    private static readonly nint* s_slots = Create();

    /// <summary>The functions, in the order of their slots.</summary>
    public static ReadOnlySpan<nint> Slots => new(s_slots, Count);

    private static nint* Create()
    {
        var slots = (nint*)NativeMemory.Alloc(Count, (nuint)sizeof(nint));
        Fill(slots);
        return slots;
    }

    [SkipLocalsInit]
    private static int Enter(
        int slot, ulong a0, ulong a1, ulong a2, ulong a3, ulong a4, ulong a5, ulong a6, ulong a7,
        double d0, double d1, double d2, double d3, double d4, double d5, double d6, double d7,
        ulong s0, ulong s1, ulong s2, ulong s3, ulong s4, ulong s5, ulong s6, ulong s7, ulong s8, ulong s9, ulong s10, ulong s11, ulong s12, ulong s13)
    {
        NativeWords words;
        ulong* i = words.Integer;
        (i[0], i[1], i[2], i[3], i[4], i[5], i[6], i[7]) = (a0, a1, a2, a3, a4, a5, a6, a7);
        (i[8], i[9], i[10], i[11], i[12], i[13], i[14]) = (s0, s1, s2, s3, s4, s5, s6);
        (i[15], i[16], i[17], i[18], i[19], i[20], i[21]) = (s7, s8, s9, s10, s11, s12, s13);
        double* d = words.Vector;
        (d[0], d[1], d[2], d[3], d[4], d[5], d[6], d[7]) = (d0, d1, d2, d3, d4, d5, d6, d7);
        return ForwardingTable.Enter(slot, &words);
    }
}
