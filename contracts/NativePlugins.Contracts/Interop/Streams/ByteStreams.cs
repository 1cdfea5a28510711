using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace NativePlugins.Contracts.Interop;

/// <summary>A <see cref="Stream"/> on its way between the sides, as an object of np.stream/1. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Naming", "CA1711", Justification = "It is one, to the other side.")]
public interface IByteStream : IPluginContract<IByteStream>, IAsyncDisposable
{
    static ContractDescriptor IPluginContract<IByteStream>.Descriptor => StreamTable.Descriptor;

    static IByteStream IPluginContract<IByteStream>.CreateProxy<TLink, TLease>(TLink link, ContractTurns? turns, int minor) =>
        link is ObjectLink stream ? new ReceivedStream(stream) : throw new NotSupportedException("A stream is an object of a contract, and no service.");

    static nint IPluginContract<IByteStream>.CreateTable(nint context) => StreamTable.For(canRead: true, canWrite: true, canSeek: true);
}

/// <summary>The ways between a <see cref="Stream"/> and the object by which it crosses. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ByteStreams
{
    /// <summary>The object of a stream of this side's: the same one for the same stream.</summary>
    /// <exception cref="InvalidOperationException">The stream can be neither read nor written.</exception>
    public static IByteStream? Of(Stream? stream) => stream is null ? null : GivenStream.Of(stream);

    /// <summary>The stream of an object of the other side's.</summary>
    public static Stream? ToStream(IByteStream? stream) => (ReceivedStream?)stream;
}

/// <summary>How a stream that comes later crosses. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly struct ByteStreamShape : IAsyncShape<Stream>
{
    /// <inheritdoc/>
    public static Stream Read(ContractSide side, ReadOnlySpan<byte> bytes) => ByteStreams.ToStream(ObjectShape<IByteStream>.Read(side, bytes))!;

    /// <inheritdoc/>
    public static int Send(ContractSide side, nint completion, Stream result) => ObjectShape<IByteStream>.Send(side, completion, ByteStreams.Of(result)!);
}

/// <summary>The same where there may be none. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly struct OptionalByteStreamShape : IAsyncShape<Stream?>
{
    /// <inheritdoc/>
    public static Stream? Read(ContractSide side, ReadOnlySpan<byte> bytes) => ByteStreams.ToStream(OptionalObjectShape<IByteStream>.Read(side, bytes));

    /// <inheritdoc/>
    public static int Send(ContractSide side, nint completion, Stream? result) => OptionalObjectShape<IByteStream>.Send(side, completion, ByteStreams.Of(result));
}
