using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace NativePlugins.Contracts.Interop;

/// <summary>A string: np_text, UTF-8. What is no text becomes U+FFFD.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct TextData : IDataShape<string>
{
    /// <inheritdoc/>
    public static int Size => sizeof(NativeText);

    /// <inheritdoc/>
    public static int Minimum => sizeof(NativeText);

    /// <inheritdoc/>
    public static int Alignment => sizeof(nint);

    /// <inheritdoc/>
    public static bool IsPlain => false;

    /// <inheritdoc/>
    public static void Write(DataArena arena, string value, byte* cell) => *(NativeText*)cell = arena.Utf8(DataNull.Require(value));

    /// <inheritdoc/>
    public static string Read(ref DataReader reader, byte* cell)
    {
        NativeText text = *(NativeText*)cell;
        int length = reader.Length(text.Data, text.Length, "length");
        reader.Take(text.Length, 1);
        return Encoding.UTF8.GetString(new ReadOnlySpan<byte>(text.Data, length));
    }
}

/// <summary>A Uri: its text, absolute or relative.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct UriData : IDataShape<Uri>
{
    /// <inheritdoc/>
    public static int Size => TextData.Size;

    /// <inheritdoc/>
    public static int Minimum => TextData.Size;

    /// <inheritdoc/>
    public static int Alignment => TextData.Alignment;

    /// <inheritdoc/>
    public static bool IsPlain => false;

    /// <inheritdoc/>
    public static void Write(DataArena arena, Uri value, byte* cell) => TextData.Write(arena, DataNull.Require(value).OriginalString, cell);

    /// <inheritdoc/>
    public static Uri Read(ref DataReader reader, byte* cell)
    {
        if (!Uri.TryCreate(TextData.Read(ref reader, cell), UriKind.RelativeOrAbsolute, out Uri? uri))
        {
            reader.Refuse("is a text that is no URI");
        }

        return uri;
    }
}

/// <summary>A Version: its text, two to four numbers with dots.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct VersionData : IDataShape<Version>
{
    /// <inheritdoc/>
    public static int Size => TextData.Size;

    /// <inheritdoc/>
    public static int Minimum => TextData.Size;

    /// <inheritdoc/>
    public static int Alignment => TextData.Alignment;

    /// <inheritdoc/>
    public static bool IsPlain => false;

    /// <inheritdoc/>
    public static void Write(DataArena arena, Version value, byte* cell) => TextData.Write(arena, DataNull.Require(value).ToString(), cell);

    /// <inheritdoc/>
    public static Version Read(ref DataReader reader, byte* cell)
    {
        if (!Version.TryParse(TextData.Read(ref reader, cell), out Version? version))
        {
            reader.Refuse("is a text that is no version, such as 1.2 or 1.2.3.4");
        }

        return version;
    }
}

/// <summary>null where the contract has none.</summary>
internal static class DataNull
{
    public static T Require<T>([NotNull] T? value)
        where T : class => value ?? throw new InvalidDataException($"A {typeof(T).Name} is null, and the contract says that it is not. Declare it as nullable if null is a value.");
}
