using System.Globalization;
using System.Text;

namespace NativePlugins.Binary;

/// <summary>A function that all libraries of one kind export, so that the kind is known by it. Immutable.</summary>
/// <remarks>
/// With <see cref="VersionPrefix"/> it is one of a family: <c>my_entry_v1</c>, <c>my_entry_v2</c>. Then a library that exports another name
/// of the family is told apart from one that exports none.
/// </remarks>
public sealed class BinaryEntryPoint
{
    private readonly byte[]? _utf8Prefix;

    /// <summary>Describes an entry point.</summary>
    /// <param name="name">The exported name: printable ASCII without blanks, 1 to 63 characters.</param>
    /// <exception cref="ArgumentException">It is no such name.</exception>
    public BinaryEntryPoint(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Length > MaxLength || name.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException($"An entry point's name is printable ASCII of 1 to {MaxLength} characters.", nameof(name));
        }

        Name = name;
        Utf8Name = Encoding.UTF8.GetBytes(name);
    }

    /// <summary>The exported name.</summary>
    public string Name { get; }

    /// <summary>
    /// The start of all names of the family, which a whole number from 1 on follows. Default: null, which means that there is no family.
    /// </summary>
    public string? VersionPrefix
    {
        get;
        init
        {
            field = value;
            _utf8Prefix = value is null ? null : Encoding.UTF8.GetBytes(value);
        }
    }

    /// <summary>
    /// What messages call a library that exports it, with the article: <c>a plugin</c>. Default: null, and messages name the function.
    /// </summary>
    public string? Kind { get; init; }

    /// <summary>The longest name that is compared, in bytes.</summary>
    internal static int MaxLength => 63;

    internal byte[] Utf8Name { get; }

    /// <summary>The number in a name of the family; null for every other name.</summary>
    internal uint? VersionOf(ReadOnlySpan<byte> name)
    {
        if (_utf8Prefix is null || name.Length > MaxLength || !name.StartsWith(_utf8Prefix))
        {
            return null;
        }

        ReadOnlySpan<byte> digits = name[_utf8Prefix.Length..];
        return digits.Length is > 0 and <= 9 && digits[0] != (byte)'0'
            && uint.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out uint version)
            ? version
            : null;
    }
}
