namespace NativePlugins.Binary;

/// <summary>A part of the file that the system's loader maps: an ELF segment, a Mach-O segment, a PE section.</summary>
/// <param name="Name">Its name, or for ELF, where segments have none, its type: <c>LOAD</c>. Untrusted text.</param>
/// <param name="Address">The address that it was linked for.</param>
/// <param name="MemorySize">In bytes, in memory.</param>
/// <param name="FileSize">In bytes, in the file.</param>
/// <param name="Permissions">Read, write and execute: <c>r-x</c>.</param>
public sealed record BinarySegment(string Name, ulong Address, ulong MemorySize, ulong FileSize, string Permissions)
{
    /// <summary>Whether it can be both written to and executed.</summary>
    public bool IsWritableCode => Permissions is [_, 'w', 'x'];

    internal static string Describe(bool read, bool write, bool execute) =>
        $"{(read ? 'r' : '-')}{(write ? 'w' : '-')}{(execute ? 'x' : '-')}";
}
