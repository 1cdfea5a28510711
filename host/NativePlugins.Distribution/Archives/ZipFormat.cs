namespace NativePlugins.Distribution.Archives;

/// <summary>The constants of the ZIP format, APPNOTE.TXT 6.3.10, sections 4.3.7 (local header), 4.3.9 (sizes that follow), 4.3.12 (directory) and 4.3.16 (end).</summary>
internal static class ZipFormat
{
    public const uint LocalSignature = 0x04034B50;
    public const uint DirectorySignature = 0x02014B50;
    public const uint EndSignature = 0x06054B50;

    public const uint SizesSignature = 0x08074B50;

    public const int LocalSize = 30;

    /// <summary>The checksum and the sizes behind the data, without the signature that may stand before them.</summary>
    public const int SizesSize = 12;

    public const int DirectorySize = 46;
    public const int EndSize = 22;

    public const ushort Stored = 0;
    public const ushort Deflated = 8;

    /// <summary>Bit 3: the sizes follow the data. The directory has them too.</summary>
    public const ushort SizesFollow = 1 << 3;

    /// <summary>Bit 11: the name is UTF-8.</summary>
    public const ushort NameIsUtf8 = 1 << 11;

    /// <summary>Also bits 1 and 2, which say how hard the packer tried.</summary>
    public const ushort AllowedFlags = SizesFollow | NameIsUtf8 | 1 << 1 | 1 << 2;
}
