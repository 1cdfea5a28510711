using System.Buffers.Binary;
using System.Text;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Text;

namespace NativePlugins.Binary.MachO;

/// <summary>
/// The code signature inside a Mach-O library: xnu's osfmk/kern/cs_blobs.h. It is read from the bytes, to know in time whether the kernel
/// of macOS would end the process because of it. Only macOS can say whether a certificate is trusted.
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
    private const uint WithTeam = 0x20200;           // the first version of a directory with the field; the same below
    private const uint WithLongLimit = 0x20300;
    private const byte ByteSha256 = 2;               // CS_HASHTYPE_SHA256
    private const int Sha256Size = 32;
    private const int HeaderSize = 44;
    private const uint MostBlobs = 64;

    private const string What = "the code signature";

    private readonly BinaryFile _file;
    private readonly MachOHeader _header;

    // The directory with SHA-256 hashes; empty if there are only directories with other hashes.
    private ReadOnlyMemory<byte> _directory;

    private MachOSignature(BinaryFile file, MachOHeader header) => (_file, _header) = (file, header);

    /// <summary>Whether it does not say who signed it. A linker's signature is such, and anyone can make one.</summary>
    public bool IsAdHoc { get; private set; }

    public bool IsLinkerSigned { get; private set; }

    /// <summary>Apple's id of the team that signed the library, as it is in the file, or null.</summary>
    public string? Team { get; private set; }

    /// <summary>Null if there is no signature.</summary>
    /// <exception cref="BinaryException">It cannot be read as a signature.</exception>
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

    /// <summary>Refuses a library that the kernel of macOS would refuse, or for which it would end the process when a page is touched.</summary>
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

    /// <summary>The file offset, for this architecture, of the first page whose bytes are not those that were signed; null if all are.</summary>
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
