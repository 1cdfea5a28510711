using System.Buffers.Binary;
using System.Text;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Text;

namespace NativePlugins.Binary.MachO;

/// <summary>
/// The code signature inside a Mach-O library: xnu's osfmk/kern/cs_blobs.h. Read from the bytes, so that it is known before the
/// kernel of macOS would end the process for it; whether a certificate is trusted is for macOS to say.
/// </summary>
internal sealed class MachOSignature
{
    private const uint CodeSignature = 0x1D;         // LC_CODE_SIGNATURE
    private const uint SuperBlob = 0xFADE0CC0;       // CSMAGIC_EMBEDDED_SIGNATURE
    private const uint CodeDirectory = 0xFADE0C02;   // CSMAGIC_CODEDIRECTORY
    private const uint PrimarySlot = 0;              // CSSLOT_CODEDIRECTORY
    private const uint AlternateSlots = 0x1000;      // CSSLOT_ALTERNATE_CODEDIRECTORIES, five of them
    private const uint AdHoc = 0x2;                  // CS_ADHOC
    private const uint LinkerSigned = 0x20000;       // CS_LINKER_SIGNED
    private const uint WithTeam = 0x20200;           // the versions from which a directory has these fields
    private const uint WithLongLimit = 0x20300;
    private const byte ByteSha256 = 2;               // CS_HASHTYPE_SHA256
    private const int Sha256Size = 32;
    private const int HeaderSize = 44;
    private const uint MostBlobs = 64;

    private const string What = "the code signature";

    private readonly BinaryFile _file;
    private readonly MachOHeader _header;

    // The directory with hashes by SHA-256; empty if it has only others.
    private ReadOnlyMemory<byte> _directory;

    private MachOSignature(BinaryFile file, MachOHeader header) => (_file, _header) = (file, header);

    /// <summary>Whether it says nothing of who signed it: anybody's, and a linker's.</summary>
    public bool IsAdHoc { get; private set; }

    public bool IsLinkerSigned { get; private set; }

    /// <summary>Apple's id of the team that signed it, as it stands in the file, or null.</summary>
    public string? Team { get; private set; }

    /// <summary>Null where there is none.</summary>
    /// <exception cref="BinaryException">It cannot be read as one.</exception>
    public static MachOSignature? Read(BinaryFile file, MachOHeader header)
    {
        foreach ((uint Number, int Offset, int Size) command in header.Commands)
        {
            if (command.Number == CodeSignature)
            {
                var signature = new MachOSignature(file, header);
                signature.ReadBlobs(header.Slice.ReadTable(file, header.Field(command, 8), header.Field(command, 12), What));
                return signature;
            }
        }

        return null;
    }

    /// <summary>Refuses what the kernel of macOS would refuse, or end the process for when it touches a page of it.</summary>
    public static void Require(BinaryFile file, MachOHeader header)
    {
        MachOSignature? signature = Read(file, header);
        if (signature is null && header.Target.Architecture.StartsWith("arm64", StringComparison.Ordinal))
        {
            throw CodeSignatureFailures.Missing(file.Path, header.Target).ToException();
        }

        if (signature?.FindChangedPage() is { } page)
        {
            throw CodeSignatureFailures.Changed(file.Path, page).ToException();
        }
    }

    /// <summary>For example <c>ad hoc, by the linker</c>.</summary>
    public string Describe() =>
        IsLinkerSigned ? "signed ad hoc, by the linker"
        : IsAdHoc ? "signed ad hoc"
        : Team is null ? "signed without a team"
        : $"signed by the team {UntrustedText.Quote(Team)}";

    /// <summary>Where in the file, of this architecture, the first page begins whose bytes are not those that were signed; null if all are.</summary>
    public ulong? FindChangedPage()
    {
        if (_directory.IsEmpty)
        {
            return null;
        }

        ReadOnlySpan<byte> directory = _directory.Span;
        uint hashes = U32(directory, 16);
        uint count = U32(directory, 28);
        ulong limit = U32(directory, 8) >= WithLongLimit && directory.Length >= 64 && BinaryPrimitives.ReadUInt64BigEndian(directory[56..]) is > 0 and var longLimit
            ? longLimit
            : U32(directory, 32);
        int shift = directory[39];
        Require(shift is >= 12 and <= 16, "pageSize", "4 to 64 KiB", $"2 to the {shift}");
        Require(limit <= _header.Slice.Size, "codeLimit", "no more than the file", $"{limit:N0}");
        ulong pageSize = 1UL << shift;
        Require(count == (limit + pageSize - 1) / pageSize, "nCodeSlots", "one hash a page", $"{count:N0}");
        Require(hashes <= (uint)directory.Length && (ulong)count * Sha256Size <= (ulong)directory.Length - hashes, "hashOffset", "hashes inside the signature", $"{hashes:N0}");
        byte[] page = new byte[pageSize];
        for (uint i = 0; i < count; i++)
        {
            ulong start = i * pageSize;
            Span<byte> bytes = page.AsSpan(0, (int)Math.Min(pageSize, limit - start));
            _file.ReadUnkept(_header.Slice.Offset + start, bytes, "what was signed");
            var hash = new Sha256();
            hash.Append(bytes);
            if (!hash.Finish().AsSpan().SequenceEqual(directory.Slice((int)(hashes + (i * Sha256Size)), Sha256Size)))
            {
                return start;
            }
        }

        return null;
    }

    private void ReadBlobs(ReadOnlyMemory<byte> signature)
    {
        ReadOnlySpan<byte> bytes = signature.Span;
        Require(bytes.Length >= 12 && U32(bytes, 0) == SuperBlob, "magic", "0xFADE0CC0", bytes.Length >= 4 ? $"0x{U32(bytes, 0):X8}" : "nothing");
        uint count = U32(bytes, 8);
        Require(count <= MostBlobs && 12 + (count * 8) <= bytes.Length, "count", $"at most {MostBlobs} blobs, inside the signature", $"{count:N0}");
        bool hasPrimary = false;
        for (int i = 0; i < count; i++)
        {
            uint type = U32(bytes, 12 + (i * 8));
            if (type is PrimarySlot or (>= AlternateSlots and < AlternateSlots + 5))
            {
                ReadDirectory(signature, U32(bytes, 16 + (i * 8)), isPrimary: type == PrimarySlot);
                hasPrimary |= type == PrimarySlot;
            }
        }

        Require(hasPrimary, "the blobs", "a code directory", "none");
    }

    private void ReadDirectory(ReadOnlyMemory<byte> signature, uint offset, bool isPrimary)
    {
        ReadOnlySpan<byte> bytes = signature.Span;
        Require(
            offset <= bytes.Length - HeaderSize && U32(bytes, (int)offset) == CodeDirectory, "the code directory", "0xFADE0C02, inside the signature", $"something else at {offset:N0}");
        uint length = U32(bytes, (int)offset + 4);
        Require(length >= HeaderSize && length <= bytes.Length - offset, "the code directory's length", "inside the signature", $"{length:N0}");
        ReadOnlyMemory<byte> directory = signature.Slice((int)offset, (int)length);
        bytes = directory.Span;
        if (isPrimary)
        {
            uint flags = U32(bytes, 12);
            (IsAdHoc, IsLinkerSigned) = ((flags & AdHoc) != 0, (flags & LinkerSigned) != 0);
            Team = U32(bytes, 8) >= WithTeam && bytes.Length >= 52 && U32(bytes, 48) is > 0 and var team && team < length ? Text(bytes[(int)team..]) : null;
        }

        if (bytes[37] == ByteSha256 && bytes[36] == Sha256Size)
        {
            _directory = directory;
        }
    }

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }

    private static uint U32(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32BigEndian(bytes[offset..]);

    private void Require(bool condition, string field, string expected, InvariantText found)
    {
        if (!condition)
        {
            throw CodeSignatureFailures.Malformed(_file.Path, field, expected, found).ToException();
        }
    }
}
