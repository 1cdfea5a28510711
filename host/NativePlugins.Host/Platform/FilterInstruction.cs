namespace NativePlugins.Host.Platform;

/// <summary>One instruction of a classic BPF program, <c>struct sock_filter</c> of linux/filter.h.</summary>
/// <param name="Code">What it does.</param>
/// <param name="IfTrue">How many instructions a jump passes over if its test holds.</param>
/// <param name="IfFalse">The same if it does not.</param>
/// <param name="Operand">What it works with.</param>
internal readonly record struct FilterInstruction(ushort Code, byte IfTrue, byte IfFalse, uint Operand)
{
    public const ushort LoadCode = 0x20;    // BPF_LD | BPF_W | BPF_ABS
    public const ushort AndCode = 0x54;     // BPF_ALU | BPF_AND | BPF_K
    public const ushort EqualCode = 0x15;   // BPF_JMP | BPF_JEQ | BPF_K
    public const ushort GreaterCode = 0x25; // BPF_JMP | BPF_JGT | BPF_K
    public const ushort AnyBitCode = 0x45;  // BPF_JMP | BPF_JSET | BPF_K
    public const ushort ReturnCode = 0x06;  // BPF_RET | BPF_K

    /// <summary>As the kernel reads it, on a little-endian processor.</summary>
    public ulong Packed => Code | ((ulong)IfTrue << 16) | ((ulong)IfFalse << 24) | ((ulong)Operand << 32);

    /// <summary>Loads a word of what is known about the call: <c>struct seccomp_data</c> of linux/seccomp.h.</summary>
    public static FilterInstruction Load(int offset) => new(LoadCode, 0, 0, (uint)offset);

    public static FilterInstruction And(uint mask) => new(AndCode, 0, 0, mask);

    public static FilterInstruction IfEqual(uint value, int ifTrue, int ifFalse) => new(EqualCode, checked((byte)ifTrue), checked((byte)ifFalse), value);

    public static FilterInstruction IfGreater(uint value, int ifTrue, int ifFalse) => new(GreaterCode, checked((byte)ifTrue), checked((byte)ifFalse), value);

    public static FilterInstruction IfAnyBit(uint mask, int ifTrue, int ifFalse) => new(AnyBitCode, checked((byte)ifTrue), checked((byte)ifFalse), mask);

    public static FilterInstruction Return(uint verdict) => new(ReturnCode, 0, 0, verdict);
}
