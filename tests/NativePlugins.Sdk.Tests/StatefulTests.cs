using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace NativePlugins.Sdk.Tests;

/// <summary>State as an object: what <see cref="IStateful{TState}"/> makes of it.</summary>
public partial class StatefulTests
{
    [Fact]
    public void An_object_is_saved_as_JSON()
    {
        var bytes = new ArrayBufferWriter<byte>();

        ((IStateful)new Tallies { Tally = new Tally(7, ["a"]) }).SaveState(bytes);

        Assert.Equal("""{"Count":7,"Names":["a"]}""", Encoding.UTF8.GetString(bytes.WrittenSpan));
    }

    [Fact]
    public void JSON_of_this_version_is_read()
    {
        var tallies = new Tallies();

        ((IStateful)tallies).LoadState("""{"Count":7,"Names":["a"]}"""u8, version: 2);

        Assert.Equal((7, "a"), (tallies.Tally.Count, Assert.Single(tallies.Tally.Names)));
    }

    [Fact]
    public void JSON_of_an_older_version_is_upgraded()
    {
        var tallies = new Tallies();

        ((IStateful)tallies).LoadState("41"u8, version: 1);

        Assert.Equal((41, 0), (tallies.Tally.Count, tallies.Tally.Names.Length));
    }

    [Fact]
    public void Without_an_upgrade_an_older_version_is_refused() =>
        Assert.Throws<PluginStateException>(() => ((IStateful)new NoUpgrade()).LoadState("41"u8, version: 0));

    [Fact]
    public void No_object_is_refused() =>
        Assert.Throws<PluginStateException>(() => ((IStateful)new Tallies()).LoadState("null"u8, version: 2));

    [Fact]
    public void What_is_no_JSON_is_refused() =>
        Assert.Throws<JsonException>(() => ((IStateful)new Tallies()).LoadState("{"u8, version: 2));

    internal sealed record Tally(int Count, string[] Names);

    [JsonSerializable(typeof(Tally))]
    private sealed partial class TallyJson : JsonSerializerContext;

    private class NoUpgrade : IStateful<Tally>
    {
        public Tally Tally { get; set; } = new(0, []);

        public JsonTypeInfo<Tally> StateType => TallyJson.Default.Tally;

        public Tally CaptureState() => Tally;

        public void RestoreState(Tally state) => Tally = state;
    }

    private sealed class Tallies : NoUpgrade, IStateful<Tally>
    {
        int IStateful.StateVersion => 2;

        Tally IStateful<Tally>.UpgradeState(ReadOnlySpan<byte> json, int version) => new(JsonSerializer.Deserialize<int>(json), []);
    }
}
