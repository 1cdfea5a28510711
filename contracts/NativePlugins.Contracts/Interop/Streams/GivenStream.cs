using System.Runtime.CompilerServices;

namespace NativePlugins.Contracts.Interop;

/// <summary>A stream of this side's that the other one uses.</summary>
internal sealed class GivenStream : IByteStream, IHasTable
{
    // The same stream must be the same object, or the end of one hand-over would be the end of the others.
    private static readonly ConditionalWeakTable<Stream, GivenStream> s_known = [];

    private GivenStream(Stream stream)
    {
        Stream = stream;
        Table = StreamTable.For(stream.CanRead, stream.CanWrite, stream.CanSeek);
    }

    public Stream Stream { get; }

    public nint Table { get; }

    /// <exception cref="InvalidOperationException">The stream can be neither read nor written.</exception>
    public static GivenStream Of(Stream stream) => stream.CanRead || stream.CanWrite
        ? s_known.GetValue(stream, static stream => new GivenStream(stream))
        : throw new InvalidOperationException("A stream that can be neither read nor written does not cross. Has it been closed?");

    /// <summary>How many bytes were read, as the other side takes it.</summary>
    public static async ValueTask<nuint> Count(ValueTask<int> reading) => (nuint)await reading.ConfigureAwait(false);

    public ValueTask DisposeAsync() => Stream.DisposeAsync();
}

/// <summary>An object whose table is not the one that all of its contract share.</summary>
internal interface IHasTable
{
    nint Table { get; }
}
