namespace NativePlugins.Contracts.Tests.Generation;

public class ContractAnalyzerTests
{
    [Theory]
    [InlineData("object", "object", "use a number")]
    [InlineData("IEnumerable<int>", "IEnumerable<int>", "use IReadOnlyList<T>, List<T> or an array of one dimension, or ReadOnlySpan<T>, which is not copied")]
    [InlineData("IList<string>", "IList<string>", "use IReadOnlyList<T>, List<T> or an array of one dimension")]
    [InlineData("SortedDictionary<int, int>", "SortedDictionary<int, int>", "use IReadOnlyDictionary<K, V>")]
    [InlineData("ISet<int>", "ISet<int>", "use IReadOnlySet<T>")]
    [InlineData("List<object>", "object", "in a list; use a number")]
    [InlineData("Dictionary<string, Exception>", "Exception", "in a dictionary; use a partial record or class with [PluginData]")]
    [InlineData("(int, nint)", "(int, nint)", "in a tuple; use long")]
    [InlineData("(int, int, int, int, int)", "(int, int, int, int, int)", "use a record with [PluginData]")]
    [InlineData("ReadOnlySpan<string>", "string", "in a span; use a list: IReadOnlyList<string>")]
    [InlineData("Random", "Random", "use a partial record or class with [PluginData]")]
    [InlineData("Action<object>", "Action<object>", "'object' cannot cross a contract; use a number")]
    [InlineData("List<Action>", "Action", "in a list; use a parameter of its own that is the delegate")]
    [InlineData("IProgress<int>", "IProgress<int>", "use Action<int>, which is called for each report")]
    [InlineData("IDisposable", "IDisposable", "an interface with [PluginContract]")]
    [InlineData("ReadOnlySpan<char>", "char", "use ushort, or string for text")]
    [InlineData("Span<bool>", "bool", "use byte")]
    [InlineData("Memory<byte>", "Memory<byte>", "use Span<byte>")]
    [InlineData("nint", "", "")]
    public async Task A_parameter_that_cannot_cross_is_named_with_what_to_use_instead(string type, string place, string advice)
    {
        string[] found = await ContractCompilation.Analyze($"[PluginContract(\"a.b\")] public partial interface I {{ void M({type} value); }}");

        if (advice.Length == 0)
        {
            Assert.Empty(found);
            return;
        }

        string error = Assert.Single(found);
        Assert.StartsWith($"NPS024 at '{place}'", error, StringComparison.Ordinal);
        Assert.Contains(advice, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Task<object> M();", "object", "use a number")]
    [InlineData("Action M();", "Action", "an interface with [PluginContract] that has one method: its caller keeps it")]
    [InlineData("delegate void Self(Self self); void M(Self self);", "Self", "within itself; use an interface with [PluginContract], which may take itself")]
    [InlineData("Task M(Span<byte> value);", "Span<byte>", "use Memory<byte>")]
    [InlineData("void M(Task value);", "Task", "use a partial record or class with [PluginData]")]
    [InlineData("IEnumerable<int> M();", "IEnumerable<int>", "an array of one dimension")]
    [InlineData("int[,] M();", "int[,]", "an array of one dimension")]
    [InlineData("object[] M();", "object", "use a number")]
    [InlineData("ref int M();", "ref int", "the value itself")]
    [InlineData("ValueTask<object> M();", "object", "use a number")]
    [InlineData("ValueTask M(Span<byte> value);", "Span<byte>", "use Memory<byte>")]
    [InlineData("ValueTask M(out int value);", "int", "the result of the task")]
    [InlineData("ValueTask M(in long value);", "long", "the same without in")]
    [InlineData("void M(out object value);", "object", "as out; use a number")]
    [InlineData("void M(ref object[] value);", "object", "as the element of an array; use a number")]
    [InlineData("void M(out Span<byte> value);", "Span<byte>", "use an array, which the caller owns")]
    [InlineData("ValueTask M(ref string value);", "string", "the result of the task")]
    [InlineData("void M(CancellationToken a, CancellationToken b);", "CancellationToken", "one CancellationToken")]
    public async Task A_member_that_cannot_cross_is_named_with_what_to_use_instead(string member, string place, string advice)
    {
        string error = Assert.Single(await ContractCompilation.Analyze($"[PluginContract(\"a.b\")] public partial interface I {{ {member} }}"));

        Assert.StartsWith($"NPS024 at '{place}'", error, StringComparison.Ordinal);
        Assert.Contains(advice, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("object P { get; set; }", "object", "as a result; use a number")]
    [InlineData("object P { set; }", "object", "use a number")]
    [InlineData("object[] P { get; set; }", "object", "use a number")]
    [InlineData("Task<int> P { get; }", "Task<int>", "as a property; use a method such as GetPAsync(): each read would be a call")]
    [InlineData("ValueTask P { get; }", "ValueTask", "as a property; use a method such as GetPAsync()")]
    [InlineData("I P { set; }", "I", "as a property; use a method such as SetP(I value): it is there until the call returns")]
    [InlineData("Action P { get; }", "Action", "as a property; use an interface with [PluginContract] that has one method, from a method such as GetP()")]
    [InlineData("Action P { set; }", "Action", "as a property; use a method such as SetP(System.Action value)")]
    [InlineData("event Func<int> E;", "Func<int>", "as an event; use one that returns nothing")]
    [InlineData("event EventHandler<object> E;", "EventHandler<object>", "'object' cannot cross a contract; use a number")]
    [InlineData("CancellationToken P { set; }", "CancellationToken", "as a property; use a method such as SetP(")]
    [InlineData("Span<byte> P { get; }", "Span<byte>", "as a property; use an array, which the caller owns")]
    [InlineData("ReadOnlySpan<byte> P { set; }", "ReadOnlySpan<byte>", "as a property; use a method such as SetP(System.ReadOnlySpan<byte> value)")]
    public async Task A_property_that_cannot_cross_is_named_once_with_what_to_use_instead(string member, string place, string advice)
    {
        string error = Assert.Single(await ContractCompilation.Analyze($"[PluginContract(\"a.b\")] public partial interface I {{ {member} }}"));

        Assert.StartsWith($"NPS024 at '{place}'", error, StringComparison.Ordinal);
        Assert.Contains(advice, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_reads_as_one_sentence() => Assert.Equal(
        ["NPS024 at 'Random': 'System.Random' cannot cross a contract as the element of an array; use a partial record or class with [PluginData]"],
        await ContractCompilation.Analyze("[PluginContract(\"a.b\")] public partial interface I { Random[] M(); }"));

    [Theory]
    [InlineData("public interface I { void M(); }", "NPS020", "is not partial")]
    [InlineData("public partial interface I<T> { void M(); }", "NPS020", "is generic")]
    [InlineData("public partial interface I : ICloneable { void M(); }", "NPS020", "derives from 'ICloneable'")]
    [InlineData("public partial interface I { int P { get; init; } }", "NPS022", "The init accessor of 'P' cannot be in a contract; the object exists before its caller sees it: use set, or get alone")]
    [InlineData("public partial interface I { int this[int i] { get; } }", "NPS022", "An indexer cannot be in a contract; use a method with the index as a parameter")]
    [InlineData("public partial interface I { static abstract int P { get; } }", "NPS022", "a contract is called on an object")]
    [InlineData("public partial interface I { int P { get; protected set; } }", "NPS022", "An accessor of 'P' that is not public cannot be in a contract; remove its modifier, or the accessor")]
    [InlineData("public partial interface I { int P { get => 1; [ContractMinor(1)] set { } } }", "NPS022", "mark the whole property with [ContractMinor], or append a method such as ChangeP()")]
    [InlineData("public partial interface I { string P { get; } string GetP(); }", "NPS023", "'get_P' and 'GetP' both become 'get_p'")]
    [InlineData("public partial interface I { [ContractMinor(1)] int P { get; set; } }", "NPS027", "'P' came with minor version 1 and has no default body")]
    [InlineData("public partial interface I { [ContractMinor(2)] int P { get => 1; } }", "NPS026", "'P' is of minor version 2, and the one before is of minor version 0")]
    [InlineData("public partial interface I { [FastCall] string P { get; } }", "NPS028", "the result comes by a call back")]
    [InlineData("public partial interface I { static abstract event Action E; }", "NPS022", "remove static")]
    [InlineData("public partial interface I { void M<T>(); }", "NPS022", "a method for each type")]
    [InlineData("public partial interface I { void M(int a); void M(long a); }", "NPS023", "'m'")]
    [InlineData("public partial interface I { void M(int aB, int a_b); }", "NPS023", "'a_b'")]
    [InlineData("public partial interface I { void M(string text, int textLength); }", "NPS023", "'text_length'")]
    [InlineData("public partial interface I { void M(int text_length, System.Span<byte> text); }", "NPS023", "'text_length'")]
    [InlineData("public partial interface I { [ContractMinor(1)] void M(); }", "NPS027", "give it one")]
    [InlineData("public partial interface I { [ContractMinor(2)] void M() { } }", "NPS026", "the one before is of minor version 0")]
    [InlineData("public partial interface I { [ContractMinor(1)] void M() { } void N(); }", "NPS026", "comes after a member of minor version 1")]
    [InlineData("public partial interface I { [FastCall] string M(); }", "NPS028", "the result comes by a call back")]
    [InlineData("public partial interface I { [FastCall] void M(I other); }", "NPS028", "the other side calls it back")]
    [InlineData("public partial interface I { [FastCall] void M(out string text); }", "NPS028", "the other side calls it back")]
    [InlineData("public partial interface I { void M(ref string text, int textResult); }", "NPS023", "'text_result'")]
    public async Task What_a_contract_cannot_be_is_said(string source, string id, string message)
    {
        string[] found = await ContractCompilation.Analyze($"[PluginContract(\"a.b\")] {source}");

        Assert.Contains(found, error => error.StartsWith(id, StringComparison.Ordinal) && error.Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("filter")]
    [InlineData("np.filter")]
    [InlineData("a.B")]
    [InlineData("a..b")]
    [InlineData("1.b")]
    public async Task A_bad_id_is_refused(string id) =>
        Assert.StartsWith(
            "NPS021", Assert.Single(await ContractCompilation.Analyze($"[PluginContract(\"{id}\")] public partial interface I {{ void M(); }}")), StringComparison.Ordinal);

    [Theory]
    [InlineData("public struct S { public byte A; public int B; }", "3 bytes of padding before 'B'")]
    [InlineData("public struct S { public int A; public byte B; }", "3 bytes of padding at its end")]
    [InlineData("public struct S { public bool A; }", "use byte, with 0 and 1")]
    [InlineData("public struct S { public nint A; }", "use long")]
    [InlineData("public struct S { public string A; }", "a string parameter")]
    [InlineData("public struct S { }", "has no fields")]
    [InlineData("[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit)] public struct S { [System.Runtime.InteropServices.FieldOffset(0)] public int A; }", "sets its layout")]
    public async Task A_struct_that_other_languages_would_lay_out_differently_is_refused(string type, string message)
    {
        string error = Assert.Single(await ContractCompilation.Analyze($"{type} [PluginContract(\"a.b\")] public partial interface I {{ void M(S value); }}"));

        Assert.StartsWith("NPS025", error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    private const string Shipped = """
        contract a.b/1 free
        0 First(a: i32) -> void @40/24
        0 Second() -> string @48/28

        """;

    [Theory]
    [InlineData("void First(int a); string Second();")]
    [InlineData("void First(int a); string Second(); [ContractMinor(1)] void Third() { }")]
    [InlineData("void First(int a); string Second(); [ContractMinor(1)] int Third { get => 3; set { } }")]
    public async Task What_has_shipped_may_be_followed_by_more(string members) => Assert.Empty(await Record(members));

    [Theory]
    [InlineData("void First(long a); string Second();", "First", "Now it would be \"0 First(a: i64) -> void @40/24\"")]
    [InlineData("string Second(); void First(int a);", "Second", "has shipped \"0 First(a: i32) -> void @40/24\"")]
    [InlineData("void First(int a);", "I", "Now there is no such member")]
    [InlineData("void First(int a); string Second(); void Third();", "Third", "mark it with [ContractMinor(1)]")]
    [InlineData("void First(int a); string Second { get; }", "Second", "Now it would be \"0 get_Second() -> string @48/28\"")]
    public async Task What_has_shipped_does_not_change(string members, string place, string message)
    {
        string error = Assert.Single(await Record(members));

        Assert.StartsWith($"NPS029 at '{place}'", error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    private static Task<string[]> Record(string members) => ContractCompilation.Analyze(
        $"[PluginContract(\"a.b\")] public partial interface I {{ {members} }}", ("a.b.1.contract.txt", Shipped));
}
