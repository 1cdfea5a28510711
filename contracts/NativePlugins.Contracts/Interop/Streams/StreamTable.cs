using System.Runtime.InteropServices;
using NativePlugins.Abi;

namespace NativePlugins.Contracts.Interop;

/// <summary>The tables of np.stream/1: those of streams of this side's, and the check of the other side's.</summary>
internal static unsafe class StreamTable
{
    private static readonly nint[] s_tables = new nint[8];

    /// <summary>It has no signature: the id is that of one table of the ABI, which never changes but by growing.</summary>
    public static ContractDescriptor Descriptor { get; } = new("np.stream", 1, ContractThreading.Free, "", [0], [0]) { CheckTable = Check };

    /// <summary>The table that all streams share which can do the same: what they cannot do is NULL.</summary>
    public static nint For(bool canRead, bool canWrite, bool canSeek)
    {
        ref nint known = ref s_tables[(canRead ? 1 : 0) | (canWrite ? 2 : 0) | (canSeek ? 4 : 0)];
        if (Volatile.Read(ref known) is not 0 and nint table)
        {
            return table;
        }

        var made = (np_stream*)NativeMemory.AllocZeroed((nuint)sizeof(np_stream));
        made->struct_size = (uint)sizeof(np_stream);
        if (canRead)
        {
            made->read = &StreamFunctions.Read;
            made->read_async = &StreamFunctions.ReadAsync;
        }

        if (canWrite)
        {
            made->write = &StreamFunctions.Write;
            made->flush = &StreamFunctions.Flush;
            made->write_async = &StreamFunctions.WriteAsync;
            made->flush_async = &StreamFunctions.FlushAsync;
        }

        if (canSeek)
        {
            made->seek = &StreamFunctions.Seek;
            made->get_length = &StreamFunctions.GetLength;
            made->set_length = canWrite ? &StreamFunctions.SetLength : null;
        }

        nint first = Interlocked.CompareExchange(ref known, (nint)made, 0);
        if (first == 0)
        {
            return (nint)made;
        }

        NativeMemory.Free(made);
        return first;
    }

    private static ContractMismatch? Check(nint table)
    {
        var theirs = (np_stream*)table;
        if (theirs->struct_size < np_stream.FrozenMinimum)
        {
            return new ContractMismatch("", $"a table of {np_stream.FrozenMinimum} bytes or more", $"struct_size {theirs->struct_size}");
        }

        return theirs->read == null && theirs->write == null ? Missing("read", "read or write")
            : theirs->read == null && theirs->read_async != null ? Missing("read", "read beside read_async")
            : theirs->write == null && theirs->write_async != null ? Missing("write", "write beside write_async")
            : theirs->flush == null && theirs->flush_async != null ? Missing("flush", "flush beside flush_async")
            : theirs->write == null && (theirs->flush != null || theirs->set_length != null) ? Missing("write", $"write beside {(theirs->flush != null ? "flush" : "set_length")}")
            : theirs->seek == null && (theirs->get_length != null || theirs->set_length != null) ? Missing("seek", $"seek beside {(theirs->get_length != null ? "get_length" : "set_length")}")
            : theirs->seek != null && theirs->get_length == null ? Missing("get_length", "get_length beside seek")
            : null;
    }

    private static ContractMismatch Missing(string member, string expected) => new(member, expected, $"{member} is NULL");
}
