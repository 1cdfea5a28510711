using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace NativePlugins.Binary.Files;

/// <summary>
/// Finds out who may write, from a self-relative security descriptor ([MS-DTYP] 2.4.6), the form in which Windows returns it. Works on
/// bytes only, so it runs on any system.
/// </summary>
internal static class WindowsAccessList
{
    // The rights to change the content of a file or directory, or who has rights to it: FILE_WRITE_DATA (FILE_ADD_FILE),
    // FILE_APPEND_DATA (FILE_ADD_SUBDIRECTORY), FILE_DELETE_CHILD, DELETE, WRITE_DAC, WRITE_OWNER, GENERIC_ALL, GENERIC_WRITE.
    private const uint Writes = 0x2 | 0x4 | 0x40 | 0x1_0000 | 0x4_0000 | 0x8_0000 | 0x1000_0000 | 0x4000_0000;

    private const int HeaderSize = 20;
    private const int AclHeaderSize = 8;
    private const int SidInEntry = 8;
    private const ushort DaclPresent = 4;
    private const byte InheritOnly = 8;
    private const byte Allows = 0;
    private const byte AllowsOnCondition = 9;
    private const byte DeniesFirst = 1;
    private const byte DeniesOnCondition = 10;

    private const string System = "S-1-5-18";
    private const string Administrators = "S-1-5-32-544";
    private const string TrustedInstaller = "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464";
    private const string OwnerRights = "S-1-3-4";

    /// <param name="descriptor">It has the owner and the discretionary access list.</param>
    /// <param name="user">This user's SID.</param>
    public static FileProtection Read(ReadOnlySpan<byte> descriptor, string user)
    {
        if (descriptor.Length < HeaderSize
            || Sid(descriptor, BinaryPrimitives.ReadUInt32LittleEndian(descriptor[4..])) is not { } owner)
        {
            return FileProtection.Unknown("an access list without an owner");
        }

        string? writer = FindWriter(descriptor, owner, user);
        return new FileProtection(
            writer is not null, owner, IsTrusted(owner, user),
            $"owner {Describe(owner)}{(writer is null ? "" : $", {writer}")}");
    }

    /// <summary>The first other user who may write, in words; null if there is none.</summary>
    private static string? FindWriter(ReadOnlySpan<byte> descriptor, string owner, string user)
    {
        uint offset = BinaryPrimitives.ReadUInt32LittleEndian(descriptor[16..]);
        if ((BinaryPrimitives.ReadUInt16LittleEndian(descriptor[2..]) & DaclPresent) == 0 || offset == 0)
        {
            return "everybody may do everything, as there is no access list";
        }

        if (offset > descriptor.Length - AclHeaderSize)
        {
            return "the access list is malformed";
        }

        ReadOnlySpan<byte> entries = descriptor[((int)offset + AclHeaderSize)..];
        int count = BinaryPrimitives.ReadUInt16LittleEndian(descriptor[((int)offset + 4)..]);
        for (int i = 0; i < count; i++)
        {
            if (entries.Length < 4 || BinaryPrimitives.ReadUInt16LittleEndian(entries[2..]) is var size && (size < 4 || size > entries.Length))
            {
                return "the access list is malformed";
            }

            if (DescribeWriter(entries[..size], owner, user) is { } writer)
            {
                return writer;
            }

            entries = entries[size..];
        }

        return null;
    }

    // Entries that deny do not count: if another entry lets a group write, the denial to some of its members does not make the rest trusted.
    private static string? DescribeWriter(ReadOnlySpan<byte> entry, string owner, string user)
    {
        byte type = entry[0];
        if ((entry[1] & InheritOnly) != 0 || type is DeniesFirst or DeniesOnCondition)
        {
            return null;
        }

        if (type is not (Allows or AllowsOnCondition) || entry.Length < SidInEntry || Sid(entry, SidInEntry) is not { } sid)
        {
            return string.Create(CultureInfo.InvariantCulture, $"an entry of type {type} that cannot be read");
        }

        uint rights = BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]);
        return (rights & Writes) == 0 || sid == owner || sid == OwnerRights || IsTrusted(sid, user)
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{Describe(sid)} may write (0x{rights:X8})");
    }

    private static bool IsTrusted(string sid, string user) => sid == user || sid is System or Administrators or TrustedInstaller;

    private static string Describe(string sid) => sid switch
    {
        "S-1-1-0" => "Everyone",
        "S-1-5-11" => "Authenticated Users",
        "S-1-5-32-545" => "Users",
        System => "SYSTEM",
        Administrators => "Administrators",
        TrustedInstaller => "TrustedInstaller",
        _ => sid,
    };

    /// <summary>For example <c>S-1-5-32-544</c>; null if the bytes are no SID.</summary>
    private static string? Sid(ReadOnlySpan<byte> bytes, uint offset)
    {
        const int Fixed = 8;
        if (offset == 0 || offset > bytes.Length - Fixed)
        {
            return null;
        }

        ReadOnlySpan<byte> sid = bytes[(int)offset..];
        int count = sid[1];
        if (sid[0] != 1 || count > 15 || sid.Length < Fixed + (count * sizeof(uint)))
        {
            return null;
        }

        ulong authority = BinaryPrimitives.ReadUInt64BigEndian(sid) & 0xFFFF_FFFF_FFFF;
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"S-1-{authority}");
        for (int i = 0; i < count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"-{BinaryPrimitives.ReadUInt32LittleEndian(sid[(Fixed + (i * sizeof(uint)))..])}");
        }

        return text.ToString();
    }
}
