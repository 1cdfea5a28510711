using NativePlugins.Abi;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Isolation;

/// <summary>A state that goes to the application as the plugin hands it over. Nothing of it stays in the worker.</summary>
/// <param name="channel">The way to the application.</param>
/// <param name="number">The number by which the application knows it.</param>
internal sealed class ForwardedState(Channel channel, uint number) : StateBuffer(int.MaxValue)
{
    /// <exception cref="IOException">The application does not take it: it would exceed the limit.</exception>
    public override void Write(ReadOnlySpan<byte> piece)
    {
        while (piece.Length > 0)
        {
            ReadOnlySpan<byte> part = piece[..Math.Min(piece.Length, WorkerServer.MaxPiece)];
            if (!channel.TryCall(Operation.WriteState, new PayloadWriter().UInt32(number).Data(part), out Reply? reply) || reply.Status != np.NP_OK)
            {
                throw new IOException();
            }

            piece = piece[part.Length..];
        }
    }
}
