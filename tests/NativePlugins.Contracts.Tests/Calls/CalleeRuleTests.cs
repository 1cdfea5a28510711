using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativePlugins.Abi;
using NativePlugins.Contracts.Interop;

namespace NativePlugins.Contracts.Tests.Calls;

/// <summary>What a caller meets when the other side keeps no rule: tables with holes, reports and results at the wrong time.</summary>
[Collection(nameof(AsyncCallTests))]
public unsafe class CalleeRuleTests
{
    // Offsets, in bytes, of the fields that every table begins with.
    private const int Size = 0, Minor = 4, Context = 8, Fingerprints = 16, FirstSlot = 40;
    private const int ReverseBytesSlot = 23;

    [Fact]
    public void A_table_with_a_NULL_function_is_refused_by_the_name_of_its_member()
    {
        ContractMismatch? mismatch = CheckChanged<IWork>(table => *(nint*)(table + FirstSlot + (2 * sizeof(nint))) = 0);

        Assert.Equal(("Count", "a NULL function"), (mismatch?.Member, mismatch?.Found));
    }

    [Fact]
    public void A_NULL_function_is_named_by_its_member_also_in_a_contract_with_data()
    {
        using var records = new InProcess<IRecords>(new Records());
        var slot = (nint*)(records.Table + FirstSlot + (2 * sizeof(nint)));
        nint function = *slot;
        *slot = 0;
        ContractMismatch? mismatch = ContractTable.Check(records.Table, Descriptor<IRecords>(), out _);
        *slot = function;

        Assert.Equal("EchoAddress", mismatch?.Member);
    }

    [Theory]
    [InlineData(FirstSlot - 1)]
    [InlineData(FirstSlot)]
    [InlineData(FirstSlot + 8)]
    public void A_table_that_ends_too_early_is_refused_with_both_sizes(int size)
    {
        ContractMismatch? mismatch = CheckChanged<IWork>(table => *(uint*)(table + Size) = (uint)size);

        Assert.Contains($"struct_size {size}", mismatch?.Found, StringComparison.Ordinal);
        Assert.StartsWith("a table of ", mismatch!.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void What_lies_beyond_the_size_of_a_table_is_not_read()
    {
        ContractMismatch? mismatch = CheckChanged<IWork>(table =>
        {
            *(uint*)(table + Size) = Minor;
            *(uint*)(table + Minor) = 65536;
        });

        Assert.Equal("struct_size 4", mismatch?.Found);
    }

    [Fact]
    public void A_table_without_fingerprints_is_refused() =>
        Assert.Contains("no fingerprints", CheckChanged<IWork>(table => *(nint*)(table + Fingerprints) = 0)?.Found, StringComparison.Ordinal);

    [Fact]
    public void A_minor_version_that_cannot_be_is_refused() =>
        Assert.Contains("minor version 65536", CheckChanged<IWork>(table => *(uint*)(table + Minor) = 65536)?.Found, StringComparison.Ordinal);

    [Fact]
    public void A_caller_that_gives_NULL_with_a_length_is_refused_before_the_object_is_called()
    {
        using var types = new InProcess<ITypes>(new Types());
        (nint sink, _) = TwoSinks();
        var reverseBytes = *(delegate* unmanaged[Cdecl]<void*, byte*, nuint, void*, int>*)(types.Table + FirstSlot + (ReverseBytesSlot * sizeof(nint)));

        int status = reverseBytes(*(void**)(types.Table + Context), null, 5, (void*)sink);

        Assert.Equal(np.NP_E_INVALID_ARGUMENT, status);
        Assert.Contains("values is NULL, and its length is 5", ContractErrors.Take(sink, status).Message, StringComparison.Ordinal);
        Assert.Equal(np.NP_OK, reverseBytes(*(void**)(types.Table + Context), null, 0, (void*)sink));
    }

    [Fact]
    public void A_report_of_a_call_that_succeeded_is_not_taken_for_another_ones()
    {
        (nint first, nint second) = TwoSinks();
        Report(first, np.NP_E_FAULT, "from the first");

        Assert.Equal("", ContractErrors.Take(second, np.NP_E_FAULT).Message);
    }

    [Fact]
    public void A_report_is_taken_once()
    {
        (nint sink, _) = TwoSinks();
        Report(sink, np.NP_E_FAULT, "once");

        Assert.Equal("once", ContractErrors.Take(sink, np.NP_E_FAULT).Message);
        Assert.Equal("", ContractErrors.Take(sink, np.NP_E_FAULT).Message);
    }

    [Fact]
    public void A_report_with_another_status_than_the_call_returns_is_not_taken()
    {
        (nint sink, _) = TwoSinks();
        Report(sink, np.NP_E_FAULT, "of a fault");

        ContractError error = ContractErrors.Take(sink, np.NP_E_UNSUPPORTED);

        Assert.Equal((np.NP_E_UNSUPPORTED, ""), (error.Status, error.Message));
    }

    [Fact]
    public void A_result_that_comes_after_its_call_is_refused()
    {
        TextResult result = TextResult.Rent();
        nint sink = result.Native;
        Assert.Equal(np.NP_OK, Write(sink, "early"u8));
        Assert.Equal("early", result.Text);
        result.Dispose();

        Assert.Equal(np.NP_E_INVALID_STATE, Write(sink, "late"u8));
    }

    [Fact]
    public void A_result_in_pieces_is_put_together()
    {
        using TextResult result = TextResult.Rent();
        for (int i = 0; i < 1000; i++)
        {
            Assert.Equal(np.NP_OK, Write(result.Native, "piece "u8));
        }

        Assert.Equal(string.Concat(Enumerable.Repeat("piece ", 1000)), result.Text);
    }

    [Fact]
    public void A_result_that_is_NULL_with_a_size_is_refused()
    {
        using TextResult result = TextResult.Rent();
        var sink = (np_sink*)result.Native;

        Assert.Equal(np.NP_E_INVALID_ARGUMENT, sink->write(sink->context, null, 1));
        Assert.Equal(np.NP_OK, sink->write(sink->context, null, 0));
    }

    [Fact]
    public void An_array_result_that_is_no_whole_number_of_elements_is_refused()
    {
        using ArrayResult<int> result = ArrayResult<int>.Rent();
        Write(result.Native, [1, 0, 0, 0, 2]);

        Assert.ThrowsAny<Exception>(() => result.ToArray());
    }

    [Fact]
    public void A_subscription_that_is_left_behind_ends_with_its_call()
    {
        using var source = new CancellationTokenSource();
        int cancellations = 0;
        var lent = new LentToken(source.Token);
        Assert.Equal(np.NP_OK, Subscribe(lent.Native, &cancellations));
        lent.Dispose();

        source.Cancel();

        Assert.Equal(0, cancellations);
    }

    [Fact]
    public void A_subscription_after_the_call_is_refused()
    {
        using var source = new CancellationTokenSource();
        int cancellations = 0;
        var lent = new LentToken(source.Token);
        nint native = lent.Native;
        lent.Dispose();

        Assert.Equal(np.NP_E_INVALID_STATE, Subscribe(native, &cancellations));
    }

    [Fact]
    public void Memory_that_was_lent_for_a_call_cannot_be_reached_after_it()
    {
        int[] items = [1, 2, 3];
        fixed (int* first = items)
        {
            var lent = new BorrowedMemory<int>(first, items.Length);
            Memory<int> memory = lent.Memory;
            Assert.Equal(items, memory.ToArray());
            ((IDisposable)lent).Dispose();

            Assert.Throws<ObjectDisposedException>(() => memory.Span.Length);
            Assert.Throws<ObjectDisposedException>(() => memory.Pin());
        }
    }

    /// <summary>Changes a copy of a table, and compares that with the contract.</summary>
    private static ContractMismatch? CheckChanged<T>(Changing change)
        where T : class, IPluginContract<T>
    {
        using var work = new InProcess<IWork>(new Work());
        uint size = *(uint*)work.Table;
        void* copy = NativeMemory.Alloc(size);
        try
        {
            NativeMemory.Copy((void*)work.Table, copy, size);
            Assert.Null(ContractTable.Check((nint)copy, T.Descriptor, out _));
            change((byte*)copy);
            return ContractTable.Check((nint)copy, T.Descriptor, out _);
        }
        finally
        {
            NativeMemory.Free(copy);
        }
    }

    private static ContractDescriptor Descriptor<T>()
        where T : class, IPluginContract<T> => T.Descriptor;

    private delegate void Changing(byte* table);

    /// <summary>Sinks of two owners that do not share one.</summary>
    private static (nint First, nint Second) TwoSinks()
    {
        nint first = ContractErrors.SinkFor(new object()), second;
        do
        {
            second = ContractErrors.SinkFor(new object());
        }
        while (second == first);
        return (first, second);
    }

    private static void Report(nint sink, int status, string message)
    {
        var native = (np_error_sink*)sink;
        byte[] text = System.Text.Encoding.UTF8.GetBytes(message);
        fixed (byte* start = text)
        {
            var info = new np_error_info
            {
                struct_size = (uint)sizeof(np_error_info), code = status, message = (sbyte*)start, message_length = (nuint)text.Length,
            };
            Assert.Equal(np.NP_OK, native->report(native->context, &info));
        }
    }

    private static int Write(nint sink, ReadOnlySpan<byte> bytes)
    {
        var native = (np_sink*)sink;
        fixed (byte* start = bytes)
        {
            return native->write(native->context, start, (nuint)bytes.Length);
        }
    }

    private static int Subscribe(nint cancellation, int* count)
    {
        var native = (np_cancellation*)cancellation;
        ulong subscription;
        return native->subscribe(native->context, &Count, count, &subscription);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Count(void* count)
    {
        ++*(int*)count;
        return np.NP_OK;
    }
}
