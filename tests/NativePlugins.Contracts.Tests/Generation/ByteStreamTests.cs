namespace NativePlugins.Contracts.Tests.Generation;

/// <summary>Streams of bytes as the generator sees them.</summary>
public class ByteStreamTests
{
    private const string Source = """
        using System.IO;

        [PluginContract("a.b")]
        public partial interface ISource
        {
            Stream Open(string name);

            Stream? TryOpen();

            ValueTask<Stream> OpenLater();

            Task<Stream?> TryOpenLater(Stream? from, CancellationToken cancellationToken);

            void Copy(Stream from, Stream? to);

            int Use(Func<int, Stream> make, Action<Stream?> take);

            event Action<Stream> Opened;
        }
        """;

    [Theory]
    [InlineData("[PluginContract(\"a.b\")]")]
    [InlineData("[PluginContract(\"a.b\", Threading = ContractThreading.Serialized)]")]
    public void Code_of_streams_compiles_without_a_warning(string attribute) =>
        Assert.Empty(ContractCompilation.Compile(Source.Replace("[PluginContract(\"a.b\")]", attribute, StringComparison.Ordinal)));

    [Fact]
    public void A_stream_is_recorded_by_the_id_of_its_table() => Assert.Equal(
        """
        contract a.b/1 free
        0 Open(name: string) -> owned np.stream/1 @40/24
        0 TryOpen() -> owned np.stream/1? @48/28
        0 OpenLater() -> task<owned np.stream/1> @56/32
        0 TryOpenLater(from: owned np.stream/1?, cancellationToken: cancellation) -> task<owned np.stream/1?> @64/36
        0 Copy(from: owned np.stream/1, to: owned np.stream/1?) -> void @72/40
        0 Use(make: callback(i32) -> owned np.stream/1, take: callback(owned np.stream/1?) -> void) -> i32 @80/44
        0 add_Opened(handler: handler(owned np.stream/1) -> void) -> void @88/48
        0 remove_Opened(handler: handler(owned np.stream/1) -> void) -> void @96/52

        """,
        ContractCompilation.Record(Source));

    [Theory]
    [InlineData("void A(FileStream a);", "System.IO.Stream, which each side may wrap")]
    [InlineData("TextReader A();", "System.IO.Stream, which each side may wrap")]
    [InlineData("void A(TextReader? a);", "System.IO.Stream, which each side may wrap")]
    [InlineData("void A(BinaryWriter a);", "System.IO.Stream, which each side may wrap")]
    [InlineData("Stream A { get; }", "a method such as GetA(): each call hands a stream over, which its caller keeps")]
    [InlineData("Stream A { get; set; }", "a method such as SetA(Stream value)")]
    [InlineData("void A(out Stream a);", "the result of the member")]
    [InlineData("void A(IReadOnlyList<Stream> a);", "a parameter or result of its own that is the Stream")]
    [InlineData("IAsyncEnumerable<Stream> A();", "a parameter or result of its own that is the Stream")]
    public async Task What_is_almost_a_stream_is_refused_with_advice(string member, string expected)
    {
        string[] found = await ContractCompilation.Analyze($"using System.IO; [PluginContract(\"a.b\")] public partial interface I {{ {member} }}");

        Assert.Contains(expected, Assert.Single(found), StringComparison.Ordinal);
    }
}
