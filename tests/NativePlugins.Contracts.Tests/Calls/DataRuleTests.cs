using System.Runtime.InteropServices;
using NativePlugins.Abi;
using NativePlugins.Contracts.Interop;

namespace NativePlugins.Contracts.Tests.Calls;

/// <summary>What a reader meets when the other side keeps no rule about data: lengths, sizes, depth, and the moment of a put.</summary>
[Collection(nameof(AsyncCallTests))]
public unsafe class DataRuleTests
{
    private static readonly TestSide s_side = new();

    [Fact]
    public void A_list_that_is_NULL_with_a_count_is_refused() => Refused("is NULL, and its count is 3", (nuint)0, (nuint)3);

    [Fact]
    public void A_list_of_more_elements_than_there_can_be_is_refused() => Refused($"has {1UL << 63} elements", (nuint)1, unchecked((nuint)(1UL << 63)));

    [Fact]
    public void A_list_of_more_bytes_than_a_call_may_bring_is_refused_before_it_is_read() =>
        Refused("which is more than a call may bring", (nuint)1, (nuint)(1 << 29));

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(103)]
    public void Data_below_its_frozen_minimum_is_refused(uint size) => WithPerson(person =>
    {
        *(uint*)person = size;
        Assert.Contains($"with struct_size {size}; 104 or more was expected", Refusal(() => Read<Person, ReferenceData<Person, Person.PluginDataShape>>(person, 104)), StringComparison.Ordinal);
    });

    [Fact]
    public void Data_of_another_size_than_it_is_handed_over_with_is_refused() => WithPerson(person =>
    {
        *(uint*)person = 112;
        Assert.Contains("struct_size 112, and was handed over with a size of 104", Refusal(() => Read<Person, ReferenceData<Person, Person.PluginDataShape>>(person, 104)), StringComparison.Ordinal);
        Assert.Contains("was handed over with a size of 8; 104 or more", Refusal(() => Read<Person, ReferenceData<Person, Person.PluginDataShape>>(person, 8)), StringComparison.Ordinal);
    });

    [Fact]
    public void Larger_data_is_read_as_far_as_it_is_known() => WithPerson(person =>
    {
        *(uint*)person = 4096;
        Assert.Equal("Ada", Read<Person, ReferenceData<Person, Person.PluginDataShape>>(person, 4096).Name);
    });

    [Fact]
    public void NULL_where_the_type_has_no_null_is_refused() =>
        Assert.Equal("result is NULL.", Refusal(() => Read<Person, ReferenceData<Person, Person.PluginDataShape>>(null, 0)));

    [Fact]
    public void Data_that_contains_itself_is_refused() => WithPerson(person =>
    {
        *(byte**)(person + 88) = person;
        Assert.Equal("Person.Partner is nested deeper than 64.", Refusal(() => Read<Person, ReferenceData<Person, Person.PluginDataShape>>(person, 104)));
    });

    [Fact]
    public void What_is_wrong_inside_is_said_by_the_name_of_its_member() => WithPerson(person =>
    {
        *(nuint*)(person + 16) = nuint.MaxValue;
        Assert.StartsWith("Person.Name has ", Refusal(() => Read<Person, ReferenceData<Person, Person.PluginDataShape>>(person, 104)), StringComparison.Ordinal);
    });

    [Fact]
    public void Text_that_is_no_UTF8_is_replaced() => WithPerson(person =>
    {
        **(byte**)(person + 8) = 0xFF;
        Assert.Equal("\uFFFDda", Read<Person, ReferenceData<Person, Person.PluginDataShape>>(person, 104).Name);
    });

    [Fact]
    public void Values_that_are_none_are_refused()
    {
        Assert.Contains("a decimal of scale 29", Cell<decimal, DecimalData>(0, 29), StringComparison.Ordinal);
        Assert.Contains("days since 1970", Cell<DateOnly, DateOnlyData>(int.MaxValue), StringComparison.Ordinal);
        Assert.Contains("since midnight", Cell<TimeOnly, TimeOnlyData>(-1), StringComparison.Ordinal);
        Assert.Contains("since 1970", Cell<DateTime, DateTimeData>(long.MaxValue), StringComparison.Ordinal);
        Assert.Contains("841 minutes from UTC", Cell<DateTimeOffset, DateTimeOffsetData>(0, 841), StringComparison.Ordinal);
        Assert.Contains("minutes from UTC", Cell<DateTimeOffset, DateTimeOffsetData>(-DateTime.UnixEpoch.Ticks, -1), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dictionary_with_one_key_twice_is_refused()
    {
        long* pairs = stackalloc long[] { 1, 10, 1, 20 };
        nint* list = stackalloc nint[] { (nint)pairs, 2 };

        Assert.Contains("one key is there twice", Refusal(() => Read<Dictionary<long, long>, ReferenceData<Dictionary<long, long>, DictionaryData<long, PlainData<long, ulong>, long, PlainData<long, ulong>>>>(list, 16)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_argument_that_breaks_a_rule_is_refused_before_the_object_is_called()
    {
        using var records = new InProcess<IRecords>(new Records());
        nint sink = ContractErrors.SinkFor(new object());
        using var result = Interop.DataResult<Person, ReferenceData<Person, Person.PluginDataShape>>.Rent(s_side);

        int status = Slot(records.Table, 0)(*(void**)(records.Table + 8), null, (void*)result.Native, (void*)sink);

        Assert.Equal(np.NP_E_INVALID_ARGUMENT, status);
        Assert.Equal("value is NULL.", ContractErrors.Take(sink, status).Message);
    }

    [Fact]
    public void A_result_is_put_once() => WithPerson(person =>
    {
        using var result = Interop.DataResult<Person, ReferenceData<Person, Person.PluginDataShape>>.Rent(s_side);

        Assert.Equal(np.NP_OK, Put(result.Native, person, 104));
        Assert.Equal(np.NP_E_INVALID_STATE, Put(result.Native, person, 104));
        Assert.Equal("Ada", result.Take("a.b/1 M").Name);
    });

    [Fact]
    public void A_result_that_is_never_put_is_a_fault()
    {
        using var result = Interop.DataResult<Person?, NullableReferenceData<Person, Person.PluginDataShape>>.Rent(s_side);

        Assert.Contains("handed over no result", Assert.Throws<IOException>(() => result.Take("a.b/1 M")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_that_is_put_after_its_call_is_refused() => WithPerson(person =>
    {
        var result = Interop.DataResult<Person, ReferenceData<Person, Person.PluginDataShape>>.Rent(s_side);
        nint sink = result.Native;
        result.Dispose();

        Assert.Equal(np.NP_E_INVALID_STATE, Put(sink, person, 104));
    });

    [Fact]
    public void A_refused_result_is_a_fault_of_the_callee_whatever_it_returns()
    {
        using var result = Interop.DataResult<Person, ReferenceData<Person, Person.PluginDataShape>>.Rent(s_side);

        Assert.Equal(np.NP_E_INVALID_ARGUMENT, Put(result.Native, null, 0));
        Assert.Contains("result is NULL", Assert.Throws<IOException>(() => result.ThrowIfRefused("a.b/1 M")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_are_those_of_the_side()
    {
        using var arena = DataArena.Rent(new TestSide { Limits = new PluginDataLimits { Bytes = 1024, Depth = 1 } });

        Assert.Throws<InvalidDataException>(() => arena.Root<string, ReferenceData<string, TextData>>(new string('x', 1024)));
    }

    private delegate void Using(byte* person);

    /// <summary>A person named Ada as it lies in memory.</summary>
    private static void WithPerson(Using use)
    {
        using DataArena arena = DataArena.Rent(s_side);
        use((byte*)arena.Root<Person, ReferenceData<Person, Person.PluginDataShape>>(new Person("Ada", 36) { Mode = Mode.Fast }));
    }

    private static void Refused(string how, nuint items, nuint count)
    {
        nuint* list = stackalloc nuint[] { items, count };

        Assert.Contains(how, Refusal(() => Read<long[], ReferenceData<long[], ArrayData<long, PlainData<long, ulong>>>>(list, 16)), StringComparison.Ordinal);
    }

    private static T Read<T, TRoot>(void* root, int size)
        where TRoot : IDataRoot<T> => DataCalls.FromBytes<T, TRoot>(s_side, new ReadOnlySpan<byte>(root, size));

    private static string Cell<T, TData>(long first, long second = 0)
        where TData : IDataShape<T>
    {
        long* cell = stackalloc long[] { first, 0 };
        if (typeof(T) == typeof(decimal))
        {
            ((byte*)cell)[12] = (byte)second;
        }
        else
        {
            cell[1] = second;
        }

        return Refusal(() =>
        {
            var reader = new DataReader(s_side, "value");
            return TData.Read(ref reader, (byte*)cell);
        });
    }

    private static string Refusal<T>(Func<T> read) => Assert.Throws<DataRuleException>(() => read()).Message;

    private static delegate* unmanaged[Cdecl]<void*, void*, void*, void*, int> Slot(nint table, int index) =>
        *(delegate* unmanaged[Cdecl]<void*, void*, void*, void*, int>*)(table + 40 + (index * sizeof(nint)));

    private static int Put(nint sink, void* value, nuint size)
    {
        var native = (np_sink*)sink;
        return native->write(native->context, value, size);
    }

    private sealed class TestSide : ContractSide
    {
        public PluginDataLimits? Limits { get; init; }

        public override PluginDataLimits DataLimits => Limits ?? base.DataLimits;

        protected override Exception ToFault(string callee, ContractError reported, bool isDeclared) => new IOException($"{callee}|{reported.Message}");

        protected override string Escape(string text) => text;
    }
}
