using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using NativePlugins.Sdk;

/// <summary>Counts its runs. The count goes on when the plugin is replaced by another build.</summary>
[Plugin("counter", Name = "Counter", Version = "1.0.0")]
internal sealed class Counter : ICommand, IStateful<Tally>
{
    private long _runs;

    public JsonTypeInfo<Tally> StateType => TallyJson.Default.Tally;

    public int Run(CommandContext context)
    {
        context.Output.WriteLine($"run {Interlocked.Increment(ref _runs)}");
        return 0;
    }

    public Tally CaptureState() => new(Volatile.Read(ref _runs));

    public void RestoreState(Tally state) => _runs = state.Runs;
}

/// <summary>The state: written and read as JSON, by code that is generated when the plugin is built.</summary>
internal sealed record Tally(long Runs);

[JsonSerializable(typeof(Tally))]
internal sealed partial class TallyJson : JsonSerializerContext;
