// All of them in C#.
using System.Collections.Immutable;
using Everyday;
using NativePlugins.Sdk;

[Plugin("everyday_csharp", Name = "Everyday", Version = "1.0.0")]
internal sealed class EverydayPlugin : IText, IMaybeText, IMaybeNumber, ITexts, INumbers, IReadOnly, IImmutable, IDictionaryOf, IDirectory, ISetOf, IRecord, IMaybeRecord,
    ICases, IGuid, IInstant, IUtc, IDate, ITime, ITimeSpan, IDecimal, IHalf, IInt128, ITuple, IUri, IVersion, IEnum, IProperty, IEvent, ITask, IStream, IAction,
    IFunc, IFactory, IOut, IRef, ISpan, IDerived, Outer.INested
{
    public event Action<string>? Said;
    public string Name { get; set; } = "";
    public string Echo(string value) => value;
    string? IMaybeText.Echo(string? value) => value;
    public int? Echo(int? value) => value;
    public string[] Echo(string[] value) => value;
    public List<long> Echo(List<long> value) => value;
    public IReadOnlyList<string> Echo(IReadOnlyList<string> value) => value;
    public ImmutableArray<int> Echo(ImmutableArray<int> value) => value;
    public Dictionary<string, int> Echo(Dictionary<string, int> value) => value;
    public IReadOnlyDictionary<string, Person> Echo(IReadOnlyDictionary<string, Person> value) => value;
    public HashSet<string> Echo(HashSet<string> value) => value;
    public Person Echo(Person value) => value;
    Person? IMaybeRecord.Echo(Person? value) => value;
    public Payment Echo(Payment value) => value;
    public Guid Echo(Guid value) => value;
    public DateTimeOffset Echo(DateTimeOffset value) => value;
    public DateTime Echo(DateTime value) => value;
    public DateOnly Echo(DateOnly value) => value;
    public TimeOnly Echo(TimeOnly value) => value;
    public TimeSpan Echo(TimeSpan value) => value;
    public decimal Echo(decimal value) => value;
    public Half Echo(Half value) => value;
    public Int128 Echo(Int128 value) => value;
    public (int Number, string Text) Echo((int Number, string Text) value) => value;
    public Uri Echo(Uri value) => value;
    public Version Echo(Version value) => value;
    public Level Echo(Level value) => value;
    public void Say(string text) => Said?.Invoke(text);
    public async Task<string> EchoAsync(string value, CancellationToken cancellationToken) { await Task.Yield(); return value; }
    public async IAsyncEnumerable<int> CountAsync(int count) { for (int i = 0; i < count; i++) { await Task.Yield(); yield return i; } }
    public void Each(int count, Action<int> take) { for (int i = 0; i < count; i++) { take(i); } }
    public string Convert(string value, Func<string, string> convert) => convert(value);
    public ISession Open(string name) => new Session(name);
    public bool TryFind(string name, out Person? found) => (found = name == "Ada" ? new Person("Ada", 36) : null) is not null;
    public void Append(ref string text, string more) => text += more;
    public void Reverse(Span<byte> bytes) => bytes.Reverse();
    public string Twice(string value) => value + value;

    private sealed class Session(string name) : ISession
    {
        public string GetName() => name;
        public void Dispose() { }
    }
}
