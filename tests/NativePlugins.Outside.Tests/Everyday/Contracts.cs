// The interfaces that come to mind first, as their author writes them.
using System.Collections.Immutable;
using NativePlugins.Contracts;

namespace Everyday;

[PluginContract("everyday.text")] public partial interface IText { string Echo(string value); }
[PluginContract("everyday.maybe_text")] public partial interface IMaybeText { string? Echo(string? value); }
[PluginContract("everyday.maybe_number")] public partial interface IMaybeNumber { int? Echo(int? value); }
[PluginContract("everyday.texts")] public partial interface ITexts { string[] Echo(string[] value); }
[PluginContract("everyday.numbers")] public partial interface INumbers { List<long> Echo(List<long> value); }
[PluginContract("everyday.read_only_list")] public partial interface IReadOnly { IReadOnlyList<string> Echo(IReadOnlyList<string> value); }
[PluginContract("everyday.immutable")] public partial interface IImmutable { ImmutableArray<int> Echo(ImmutableArray<int> value); }
[PluginContract("everyday.dictionary")] public partial interface IDictionaryOf { Dictionary<string, int> Echo(Dictionary<string, int> value); }
[PluginContract("everyday.directory")] public partial interface IDirectory { IReadOnlyDictionary<string, Person> Echo(IReadOnlyDictionary<string, Person> value); }
[PluginContract("everyday.set")] public partial interface ISetOf { HashSet<string> Echo(HashSet<string> value); }
[PluginContract("everyday.record")] public partial interface IRecord { Person Echo(Person value); }
[PluginContract("everyday.maybe_record")] public partial interface IMaybeRecord { Person? Echo(Person? value); }
[PluginContract("everyday.cases")] public partial interface ICases { Payment Echo(Payment value); }
[PluginContract("everyday.guid")] public partial interface IGuid { Guid Echo(Guid value); }
[PluginContract("everyday.instant")] public partial interface IInstant { DateTimeOffset Echo(DateTimeOffset value); }
[PluginContract("everyday.utc")] public partial interface IUtc { DateTime Echo(DateTime value); }
[PluginContract("everyday.date")] public partial interface IDate { DateOnly Echo(DateOnly value); }
[PluginContract("everyday.time")] public partial interface ITime { TimeOnly Echo(TimeOnly value); }
[PluginContract("everyday.span_of_time")] public partial interface ITimeSpan { TimeSpan Echo(TimeSpan value); }
[PluginContract("everyday.decimal")] public partial interface IDecimal { decimal Echo(decimal value); }
[PluginContract("everyday.half")] public partial interface IHalf { Half Echo(Half value); }
[PluginContract("everyday.int128")] public partial interface IInt128 { Int128 Echo(Int128 value); }
[PluginContract("everyday.tuple")] public partial interface ITuple { (int Number, string Text) Echo((int Number, string Text) value); }
[PluginContract("everyday.uri")] public partial interface IUri { Uri Echo(Uri value); }
[PluginContract("everyday.version")] public partial interface IVersion { Version Echo(Version value); }
[PluginContract("everyday.enum")] public partial interface IEnum { Level Echo(Level value); }
[PluginContract("everyday.property")] public partial interface IProperty { string Name { get; set; } }
[PluginContract("everyday.event")] public partial interface IEvent { event Action<string> Said; void Say(string text); }
[PluginContract("everyday.task")] public partial interface ITask { Task<string> EchoAsync(string value, CancellationToken cancellationToken); }
[PluginContract("everyday.stream")] public partial interface IStream { IAsyncEnumerable<int> CountAsync(int count); }
[PluginContract("everyday.action")] public partial interface IAction { void Each(int count, Action<int> take); }
[PluginContract("everyday.func")] public partial interface IFunc { string Convert(string value, Func<string, string> convert); }
[PluginContract("everyday.factory")] public partial interface IFactory { ISession Open(string name); }
[PluginContract("everyday.session")] public partial interface ISession : IDisposable { string GetName(); }
[PluginContract("everyday.out")] public partial interface IOut { bool TryFind(string name, out Person? found); }
[PluginContract("everyday.ref")] public partial interface IRef { void Append(ref string text, string more); }
[PluginContract("everyday.span")] public partial interface ISpan { void Reverse(Span<byte> bytes); }
[PluginContract("everyday.derived")] public partial interface IDerived : IText { string Twice(string value); }

public static partial class Outer
{
    [PluginContract("everyday.nested")] public partial interface INested { string Echo(string value); }
}

public enum Level { Low = -1, Normal, High = 7 }

[PluginData] public sealed partial record Person(string Name, int Age, string? Email = null);
[PluginData] public abstract partial record Payment(decimal Amount);
[PluginDataCase(1)] public sealed partial record Cash(decimal Amount) : Payment(Amount);
[PluginDataCase(2)] public sealed partial record Card(decimal Amount, string Number) : Payment(Amount);
