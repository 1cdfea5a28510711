using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NativePlugins.Host;

namespace NativePlugins.Contracts.Tests.Calls;

/// <summary>Random values of a shape of type, and the member of a plugin that gives back what it got.</summary>
/// <param name="name">The type in C#.</param>
/// <param name="run">Sends that many values to a plugin; throws at the first that comes back as another one.</param>
internal sealed class DataValues(string name, Action<Plugin, int> run)
{
    private static readonly Gen<string> s_text = ArbMap.Default.GeneratorFor<string>().Select(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? "")));

    private static readonly Gen<DateTime> s_utc = Bits<long>().Select(ticks => new DateTime((long)((ulong)ticks % (ulong)DateTime.MaxValue.Ticks), DateTimeKind.Utc));

    private static readonly Gen<DateTimeOffset> s_instant = s_utc.Where(time => time.Year is > 1 and < 9999)
        .SelectMany(time => Gen.Choose(-840, 840).Select(minutes => new DateTimeOffset(time).ToOffset(TimeSpan.FromMinutes(minutes))));

    private static readonly Gen<decimal> s_decimal = Bits<int>().Three().SelectMany(n => Gen.Choose(-28, 28).Select(scale => new decimal(n.Item1, n.Item2, n.Item3, scale < 0, (byte)Math.Abs(scale))));

    private static readonly Gen<Uri> s_uri = s_text.Select(text => new Uri("https://example.org/" + Uri.EscapeDataString(text), UriKind.Absolute));

    private static readonly Gen<Version> s_version = Gen.Choose(0, int.MaxValue).Four().SelectMany(n => Gen.Choose(2, 4).Select(count =>
        count == 2 ? new Version(n.Item1, n.Item2) : count == 3 ? new Version(n.Item1, n.Item2, n.Item3) : new Version(n.Item1, n.Item2, n.Item3, n.Item4)));

    // What is nested is made of a seed, so that a value is as large as its seed says and not as the generator's size.
    private static readonly Gen<System.Random> s_seed = Bits<int>().Select(seed => new System.Random(seed));

    /// <summary>One for each row of the table of types, and for what stands in data and collections only.</summary>
    public static IReadOnlyDictionary<string, DataValues> All { get; } = new[]
    {
        Of("sbyte", Bits<sbyte>(), (plugin, value) => plugin.Get<ITypes>().EchoSByte(value)),
        Of("byte", Bits<byte>(), (plugin, value) => plugin.Get<ITypes>().EchoByte(value)),
        Of("short", Bits<short>(), (plugin, value) => plugin.Get<ITypes>().EchoInt16(value)),
        Of("ushort", Bits<ushort>(), (plugin, value) => plugin.Get<ITypes>().EchoUInt16(value)),
        Of("int", Bits<int>(), (plugin, value) => plugin.Get<ITypes>().EchoInt32(value)),
        Of("uint", Bits<uint>(), (plugin, value) => plugin.Get<ITypes>().EchoUInt32(value)),
        Of("long", Bits<long>(), (plugin, value) => plugin.Get<ITypes>().EchoInt64(value)),
        Of("ulong", Bits<ulong>(), (plugin, value) => plugin.Get<ITypes>().EchoUInt64(value)),
        Of("nint", Bits<nint>(), (plugin, value) => plugin.Get<ITypes>().EchoIntPtr(value)),
        Of("nuint", Bits<nuint>(), (plugin, value) => plugin.Get<ITypes>().EchoUIntPtr(value)),
        Of("float", Bits<float>(), (plugin, value) => plugin.Get<ITypes>().EchoSingle(value), value => BitConverter.SingleToInt32Bits(value)),
        Of("double", Bits<double>(), (plugin, value) => plugin.Get<ITypes>().EchoDouble(value), value => BitConverter.DoubleToInt64Bits(value)),
        Of("bool", ArbMap.Default.GeneratorFor<bool>(), (plugin, value) => plugin.Get<ITypes>().EchoBool(value)),
        Of("enum of 1 byte", Bits<Mode>(), (plugin, value) => plugin.Get<ITypes>().EchoMode(value)),
        Of("enum of 8 bytes", Bits<Wide>(), (plugin, value) => plugin.Get<ITypes>().EchoWide(value)),
        Of("struct of numbers", Bits<Box>(), (plugin, value) => plugin.Get<ITypes>().EchoBox(value), Bytes),
        Of("char", Bits<char>(), (plugin, value) => plugin.Get<IValues>().EchoChar(value)),
        Of("Half", Bits<Half>(), (plugin, value) => plugin.Get<IValues>().EchoHalf(value), value => BitConverter.HalfToInt16Bits(value)),
        Of("Int128", Bits<Int128>(), (plugin, value) => plugin.Get<IValues>().EchoInt128(value)),
        Of("UInt128", Bits<UInt128>(), (plugin, value) => plugin.Get<IValues>().EchoUInt128(value)),
        Of("decimal", s_decimal, (plugin, value) => plugin.Get<IValues>().EchoDecimal(value), value => string.Join(' ', decimal.GetBits(value))),
        Of("Guid", Bits<Guid>(), (plugin, value) => plugin.Get<IValues>().EchoGuid(value)),
        Of("TimeSpan", Bits<long>().Select(ticks => new TimeSpan(ticks)), (plugin, value) => plugin.Get<IValues>().EchoTimeSpan(value)),
        Of("DateTime", s_utc, (plugin, value) => plugin.Get<IValues>().EchoDateTime(value), value => $"{value:O}"),
        Of("DateTimeOffset", s_instant, (plugin, value) => plugin.Get<IValues>().EchoDateTimeOffset(value), value => $"{value:O}"),
        Of("DateOnly", s_utc.Select(DateOnly.FromDateTime), (plugin, value) => plugin.Get<IValues>().EchoDate(value)),
        Of("TimeOnly", s_utc.Select(TimeOnly.FromDateTime), (plugin, value) => plugin.Get<IValues>().EchoTime(value)),
        Of("string", s_text, (plugin, value) => plugin.Get<ITypes>().EchoText(value)),
        Of("string?", OrNull(s_text), (plugin, value) => plugin.Get<IValues>().EchoText(value)),
        Of("Uri", s_uri, (plugin, value) => plugin.Get<IValues>().EchoUri(value), value => value.OriginalString),
        Of("Version?", OrNull(s_version), (plugin, value) => plugin.Get<IValues>().EchoVersion(value)),
        Of("int?", Maybe(Bits<int>()), (plugin, value) => plugin.Get<IValues>().EchoInt32(value)),
        Of("bool?", Maybe(ArbMap.Default.GeneratorFor<bool>()), (plugin, value) => plugin.Get<IValues>().EchoBool(value)),
        Of("enum?", Maybe(Bits<Mode>()), (plugin, value) => plugin.Get<IValues>().EchoMode(value)),
        Of("struct of numbers?", Maybe(Bits<Box>()), (plugin, value) => plugin.Get<IValues>().EchoBox(value), value => value is { } box ? Bytes(box) : "null"),
        Of("Guid?", Maybe(Bits<Guid>()), (plugin, value) => plugin.Get<IValues>().EchoOptionalGuid(value)),
        Of("DateTimeOffset?", Maybe(s_instant), (plugin, value) => plugin.Get<IValues>().EchoOptionalInstant(value), value => $"{value:O}"),
        Of("span of bytes", Bits<byte>().ArrayOf(), (plugin, value) => plugin.Get<ITypes>().CopyBytes(value), Convert.ToHexString),
        Of("span of structs", Bits<Box>().ArrayOf(), (plugin, value) => plugin.Get<ITypes>().CopyBoxes(value), value => string.Join(' ', value.Select(Bytes))),
        Of("record", s_seed.Select(seed => RecordSample.Person(seed, 3)), (plugin, value) => plugin.Get<IRecords>().EchoPerson(value), RecordText.Of),
        Of("record?", OrNull(s_seed.Select(seed => RecordSample.Person(seed, 1))), (plugin, value) => plugin.Get<IRecords>().EchoOptional(value), RecordText.Of),
        Of("record struct", s_seed.Select(RecordSample.Address), (plugin, value) => plugin.Get<IRecords>().EchoAddress(value)),
        Of("record struct?", Maybe(s_seed.Select(RecordSample.Address)), (plugin, value) => plugin.Get<IRecords>().EchoOptionalAddress(value)),
        Of("class that contains itself", s_seed.Select(seed => RecordSample.Node(seed, 3)), (plugin, value) => plugin.Get<IRecords>().EchoNode(value), RecordText.Of),
        Of("struct of collections", s_seed.Select(RecordSample.Shelf), (plugin, value) => plugin.Get<IRecords>().EchoShelf(value), RecordText.Of),
        Of("list of text", s_text.ArrayOf().Select(items => (IReadOnlyList<string>)items), (plugin, value) => plugin.Get<IRecords>().EchoTexts(value), value => RecordText.Of(value, RecordText.Of)),
        Of("list of numbers?", OrNull(Bits<long>().ListOf().Select(items => items.ToList())), (plugin, value) => plugin.Get<IRecords>().EchoNumbers(value), value => RecordText.Of(value, n => $"{n}")),
        Of("array of record?", OrNull(s_seed.Select(seed => RecordSample.Person(seed, 1))).ArrayOf().ScaleSize(size => size / 10), (plugin, value) => plugin.Get<IRecords>().EchoPeople(value), value => RecordText.Of(value, RecordText.Of)),
        Of(
            "dictionary of records",
            s_text.ArrayOf().ScaleSize(size => size / 10).SelectMany(keys => s_seed.Select(seed => (IReadOnlyDictionary<string, Person>)keys.Distinct().ToDictionary(key => key, _ => RecordSample.Person(seed, 1)))),
            (plugin, value) => plugin.Get<IRecords>().EchoDirectory(value),
            value => RecordText.Of(value.OrderBy(e => e.Key, StringComparer.Ordinal), e => $"{e.Key}={RecordText.Of(e.Value)}")),
        Of("set", Bits<int>().ArrayOf().Select(items => (IReadOnlySet<int>)items.ToHashSet()), (plugin, value) => plugin.Get<IRecords>().EchoSet(value), value => string.Join(' ', value.Order())),
        Of("tuple", Bits<int>().SelectMany(number => s_text.Select(text => (number, text))), (plugin, value) => plugin.Get<IRecords>().EchoPair(value)),
        Of("tuple?", Maybe(Bits<byte>().SelectMany(small => Bits<Guid>().Select(id => (small, (double)small / 3, id)))), (plugin, value) => plugin.Get<IRecords>().EchoTriple(value)),
        Of("data that has grown", s_text.Two().SelectMany(texts => Bits<int>().Select(level => new Growing(texts.Item1, level) { Note = texts.Item2, IsOn = level > 0 })), (plugin, value) => plugin.Get<IRecords>().EchoGrowing(value)),
        Of("one of several types", s_seed.Select(seed => FigureSample.Figure(seed, 3)), (plugin, value) => plugin.Get<IFigures>().EchoFigure(value), RecordText.Of),
        Of("one of several types, named", s_seed.Select(FigureSample.Circle), (plugin, value) => plugin.Get<IFigures>().EchoCircle(value), RecordText.Of),
        Of("one of several types, in data", s_seed.Select(FigureSample.Drawing), (plugin, value) => plugin.Get<IFigures>().EchoDrawing(value), RecordText.Of),
        new DataValues("out of each kind", (plugin, count) => FsCheck.Check.One(Times(count), Prop.ForAll(Bits<int>().ToArbitrary(), seed => ExchangeChecks.RoundTrip(plugin.Get<IExchange>(), new System.Random(seed))))),
    }.ToDictionary(values => values.Name);

    /// <summary>The type in C#.</summary>
    public string Name { get; } = name;

    /// <summary>Sends that many values to a plugin.</summary>
    public void Send(Plugin plugin, int count) => run(plugin, count);

    private static DataValues Of<T>(string name, Gen<T> values, Func<Plugin, T, T> echo, Func<T, object?>? view = null) => new(name, (plugin, count) =>
        FsCheck.Check.One(Times(count), Prop.ForAll(values.ToArbitrary(), value =>
        {
            T back = echo(plugin, value);
            Assert.Equal(view is null ? value : view(value), view is null ? back : view(back));
        })));

    private static Config Times(int count) => Config.QuickThrowOnFailure.WithMaxTest(count);

    private static Gen<T?> Maybe<T>(Gen<T> values)
        where T : struct => Gen.Frequency((1, Gen.Constant<T?>(null)), (4, values.Select(value => (T?)value)));

    private static Gen<T?> OrNull<T>(Gen<T> values)
        where T : class => Gen.Frequency((1, Gen.Constant<T?>(null)), (4, values.Select(value => (T?)value)));

    // Any bits: FsCheck's own generators stay near 0, and know no payload of a NaN. One value in eight is an edge.
    private static Gen<T> Bits<T>()
        where T : unmanaged => Gen.Frequency(
            (7, Gen.Choose(0, ushort.MaxValue).ArrayOf((Unsafe.SizeOf<T>() + 1) / 2).Select(words => MemoryMarshal.Read<T>(MemoryMarshal.AsBytes(words.Select(word => (ushort)word).ToArray().AsSpan())))),
            (1, Gen.Elements<byte>(0, 1, 0x7F, 0x80, 0xFF).Select(edge => MemoryMarshal.Read<T>(Enumerable.Repeat(edge, Unsafe.SizeOf<T>()).ToArray()))));

    private static string Bytes<T>(T value)
        where T : unmanaged => Convert.ToHexString(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));
}
