using NativePlugins.Binary.Text;

namespace NativePlugins.Binary.Model;

/// <summary>A definition for which glibc's loader uses the first one of its name in the whole process: STB_GNU_UNIQUE.</summary>
/// <param name="Name">As it stands in the file: untrusted text.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Type">ELF's st_type, 0 to 15: an object, a function, thread-local storage.</param>
internal readonly record struct UniqueSymbol(string Name, ulong Size, int Type)
{
    /// <summary>Whether code that was compiled for one of the two can use the other.</summary>
    public bool IsLike(in UniqueSymbol other) => Size == other.Size && Type == other.Type;

    /// <summary>For example <c>1,600,008 bytes</c>, <c>16 bytes, thread-local</c>.</summary>
    public string Describe() => Type switch
    {
        1 => InvariantText.Of($"{Size:N0} bytes"),
        2 => InvariantText.Of($"{Size:N0} bytes, a function"),
        6 => InvariantText.Of($"{Size:N0} bytes, thread-local"),
        _ => InvariantText.Of($"{Size:N0} bytes, of type {Type}"),
    };
}
