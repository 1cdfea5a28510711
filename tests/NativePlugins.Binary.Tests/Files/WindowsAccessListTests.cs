using System.Buffers.Binary;
using NativePlugins.Binary.Files;

namespace NativePlugins.Binary.Tests;

/// <summary>Security descriptors as Windows returns them. The reader needs no Windows.</summary>
public class WindowsAccessListTests
{
    private const string User = "S-1-5-21-1-2-3-1001";
    private const string Everyone = "S-1-1-0";
    private const string Users = "S-1-5-32-545";
    private const string AuthenticatedUsers = "S-1-5-11";
    private const string CreatorOwner = "S-1-3-0";
    private const string TrustedInstaller = "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464";
    private const uint Everything = 0x001F01FF;
    private const uint ReadAndRun = 0x001200A9;
    private const uint Modify = 0x001301BF;
    private const byte Denies = 1;
    private const byte InheritOnly = 8 | 3;

    [Fact]
    public void A_directory_of_the_users_profile_is_the_users_alone()
    {
        FileProtection protection = Read(User, new(User, Everything), new("S-1-5-18", Everything), new("S-1-5-32-544", Everything));

        Assert.Equal((false, true, User), (protection.IsWritableByOthers, protection.IsOwnerTrusted, protection.Owner));
    }

    [Fact]
    public void A_directory_of_the_systems_programs_is_trusted()
    {
        FileProtection protection = Read(
            TrustedInstaller, new(TrustedInstaller, Everything), new("S-1-5-18", Modify), new("S-1-5-32-544", Modify), new(Users, ReadAndRun),
            new(CreatorOwner, Everything, Flags: InheritOnly));

        Assert.False(protection.IsWritableByOthers);
        Assert.True(protection.IsOwnerTrusted);
    }

    [Theory]
    [InlineData(Everyone, Everything, "Everyone may write (0x001F01FF)")]
    [InlineData(AuthenticatedUsers, Modify, "Authenticated Users may write (0x001301BF)")]
    [InlineData(Users, 0x00000002, "Users may write (0x00000002)")]
    [InlineData(Users, 0x00000004, "Users may write (0x00000004)")]
    [InlineData(Users, 0x00000040, "Users may write (0x00000040)")]
    [InlineData(Users, 0x00010000, "Users may write (0x00010000)")]
    [InlineData(Users, 0x00040000, "Users may write (0x00040000)")]
    [InlineData(Users, 0x00080000, "Users may write (0x00080000)")]
    [InlineData(Users, 0x10000000, "Users may write (0x10000000)")]
    [InlineData(Users, 0x40000000, "Users may write (0x40000000)")]
    [InlineData("S-1-5-21-1-2-3-1002", Modify, "S-1-5-21-1-2-3-1002 may write (0x001301BF)")]
    public void Who_else_may_write_is_named(string sid, uint rights, string expected)
    {
        FileProtection protection = Read(User, new(User, Everything), new(sid, rights));

        Assert.True(protection.IsWritableByOthers);
        Assert.EndsWith(expected, protection.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ReadAndRun)]
    [InlineData(0x00000110u)]
    [InlineData(0x80000000u)]
    public void Rights_that_change_nothing_are_no_matter(uint rights) =>
        Assert.False(Read(User, new Entry(Everyone, rights)).IsWritableByOthers);

    [Fact]
    public void What_only_those_below_inherit_does_not_count() =>
        Assert.False(Read(User, new Entry(Everyone, Everything, Flags: InheritOnly)).IsWritableByOthers);

    [Fact]
    public void A_denial_takes_nothing_of_a_permission_away()
    {
        Assert.False(Read(User, new Entry(Everyone, Everything, Type: Denies)).IsWritableByOthers);
        Assert.True(Read(User, new(Users, Everything, Type: Denies), new(Everyone, Everything)).IsWritableByOthers);
    }

    [Fact]
    public void A_permission_on_a_condition_is_a_permission() =>
        Assert.True(Read(User, new Entry(Everyone, Everything, Type: 9)).IsWritableByOthers);

    [Fact]
    public void An_entry_of_a_kind_that_is_not_known_is_not_trusted() =>
        Assert.True(Read(User, new Entry(User, ReadAndRun, Type: 5)).IsWritableByOthers);

    [Fact]
    public void Another_user_is_no_trusted_owner() => Assert.False(Read("S-1-5-21-1-2-3-1002").IsOwnerTrusted);

    [Fact]
    public void Without_an_access_list_everybody_may_do_everything()
    {
        byte[] descriptor = Descriptor(User);
        descriptor[2] = 0;

        Assert.True(WindowsAccessList.Read(descriptor, User).IsWritableByOthers);
    }

    [Fact]
    public void An_empty_access_list_lets_nobody_write() => Assert.False(Read(User).IsWritableByOthers);

    [Fact]
    public void Whatever_is_cut_off_or_changed_is_never_more_trusted_and_never_read_beyond()
    {
        byte[] whole = Descriptor(User, new(User, Everything), new(Everyone, Everything));
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.True(WindowsAccessList.Read(whole.AsSpan(0, length), User).IsWritableByOthers);
        }

        for (int i = 4; i < whole.Length; i++)
        {
            foreach (byte value in (byte[])[0, 1, 0x7F, 0xFF])
            {
                byte[] changed = [.. whole];
                changed[i] = value;
                _ = WindowsAccessList.Read(changed, User);
            }
        }
    }

    private static FileProtection Read(string owner, params Entry[] entries) => WindowsAccessList.Read(Descriptor(owner, entries), User);

    /// <summary>A header, an access list and an owner.</summary>
    private static byte[] Descriptor(string owner, params Entry[] entries)
    {
        byte[] list = [.. entries.SelectMany(entry => entry.ToBytes())];
        byte[] bytes = [.. new byte[20], 2, 0, .. UInt16(8 + list.Length), .. UInt16(entries.Length), 0, 0, .. list, .. Sid(owner)];
        bytes[0] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2), 0x8004);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), 28 + list.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), 20);
        return bytes;
    }

    private static byte[] Sid(string text)
    {
        ulong[] parts = [.. text.Split('-').Skip(2).Select(part => ulong.Parse(part, System.Globalization.CultureInfo.InvariantCulture))];
        byte[] bytes = new byte[8 + (4 * (parts.Length - 1))];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, parts[0]);
        bytes[0] = 1;
        bytes[1] = (byte)(parts.Length - 1);
        for (int i = 1; i < parts.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4 + (4 * i)), (uint)parts[i]);
        }

        return bytes;
    }

    private static byte[] UInt16(int value) => [(byte)value, (byte)(value >> 8)];

    private sealed record Entry(string Who, uint Rights, byte Type = 0, byte Flags = 0)
    {
        public byte[] ToBytes()
        {
            byte[] sid = Sid(Who);
            return [Type, Flags, .. UInt16(8 + sid.Length), .. BitConverter.GetBytes(Rights), .. sid];
        }
    }
}
