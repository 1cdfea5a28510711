using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace NativePlugins.Sdk;

/// <summary>
/// A plugin with state that outlives it: the service np.state/1. When the host replaces the plugin by another build while
/// it is in use, the old instance saves its state and the new one loads it; no call is in flight on either meanwhile.
/// </summary>
/// <remarks>
/// The form with bytes. <see cref="IStateful{TState}"/> does the same with an object and a source-generated serializer.
/// </remarks>
public interface IStateful
{
    /// <summary>A name of the plugin's own for what the bytes are, 64 bytes of UTF-8 at most. Default: empty.</summary>
    string StateSchema => "";

    /// <summary>
    /// The version of what <see cref="SaveState"/> writes, and the newest that <see cref="LoadState"/> is given: 0 or more.
    /// Default: 1.
    /// </summary>
    int StateVersion => 1;

    /// <summary>Writes the state. Changes nothing: the instance goes on when the new one refuses the state.</summary>
    /// <param name="state">Takes the bytes; there may be none.</param>
    void SaveState(IBufferWriter<byte> state);

    /// <summary>Takes over a state that this plugin, in this or an older version, has saved.</summary>
    /// <param name="state">The bytes, valid until the method returns.</param>
    /// <param name="version">The version that they were saved with: <see cref="StateVersion"/> or less.</param>
    /// <exception cref="PluginStateException">To refuse it: the old instance goes on.</exception>
    void LoadState(ReadOnlySpan<byte> state, int version);
}

/// <summary>A plugin whose state is an object that System.Text.Json writes and reads.</summary>
/// <typeparam name="TState">The state: a record with public properties, for example.</typeparam>
public interface IStateful<TState> : IStateful
{
    /// <summary>
    /// How the state is written and read: that of a source-generated JsonSerializerContext, for example
    /// <c>CounterJson.Default.Tally</c>.
    /// </summary>
    JsonTypeInfo<TState> StateType { get; }

    /// <summary>The state as it is now. Changes nothing.</summary>
    TState CaptureState();

    /// <summary>Takes over a state of this version.</summary>
    /// <exception cref="PluginStateException">To refuse it: the old instance goes on.</exception>
    void RestoreState(TState state);

    /// <summary>Makes a state of this version from one of an older version. Unless it is implemented, those are refused.</summary>
    /// <param name="json">What the older version saved, valid until the method returns.</param>
    /// <param name="version">Its version, less than <see cref="IStateful.StateVersion"/>.</param>
    /// <exception cref="PluginStateException">To refuse it: the old instance goes on.</exception>
    TState UpgradeState(ReadOnlySpan<byte> json, int version) =>
        throw new PluginStateException($"A state of version {version} cannot be taken over; {StateVersion} is expected.");

    void IStateful.SaveState(IBufferWriter<byte> state)
    {
        using var writer = new Utf8JsonWriter(state);
        JsonSerializer.Serialize(writer, CaptureState(), StateType);
    }

    void IStateful.LoadState(ReadOnlySpan<byte> state, int version) => RestoreState(
        version < StateVersion
            ? UpgradeState(state, version)
            : JsonSerializer.Deserialize(state, StateType) ?? throw new PluginStateException("The state is null."));
}
