using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using NativePlugins.Sdk;

/// <summary>Counts its runs, and by name: its state says more than that of version 1, which it takes over all the same.</summary>
[Plugin("counter", Name = "Counter", Version = "2.0.0")]
internal sealed class Counter : ICommand, IStateful<Tallies>
{
    private readonly Lock _lock = new();
    private Tallies _tallies = new(0, []);

    public JsonTypeInfo<Tallies> StateType => TalliesJson.Default.Tallies;

    public int StateVersion => 2;

    public int Run(CommandContext context)
    {
        string name = context.Arguments.Count > 0 ? context.Arguments[0] : "";
        lock (_lock)
        {
            long ofName = _tallies.ByName.GetValueOrDefault(name) + 1;
            _tallies.ByName[name] = ofName;
            _tallies = _tallies with { Runs = _tallies.Runs + 1 };
            context.Output.WriteLine($"run {_tallies.Runs}, {ofName} by {(name.Length > 0 ? name : "nobody")}");
        }

        return 0;
    }

    public Tallies CaptureState() => _tallies;

    public void RestoreState(Tallies state) => _tallies = state;

    // Version 1 wrote {"Runs":3}.
    public Tallies UpgradeState(ReadOnlySpan<byte> json, int version) =>
        JsonSerializer.Deserialize(json, TalliesJson.Default.Tallies)! with { ByName = [] };
}

internal sealed record Tallies(long Runs, Dictionary<string, long> ByName);

[JsonSerializable(typeof(Tallies))]
internal sealed partial class TalliesJson : JsonSerializerContext;
