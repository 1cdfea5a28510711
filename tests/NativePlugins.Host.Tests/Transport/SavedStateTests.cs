using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using NativePlugins.Host.Transport;
using Xunit;

namespace NativePlugins.Host.Tests.Transport;

/// <summary>From its first piece until it is loaded, a state lies in the plugin's own process.</summary>
public sealed class SavedStateTests
{
    [Fact]
    public void Pieces_of_any_size_are_intact_and_one_changed_bit_is_noticed() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll<byte[][], int>((pieces, bit) =>
        {
            var buffer = new StateBuffer(int.MaxValue);
            Array.ForEach(pieces, piece => buffer.Write(piece));
            SavedState state = buffer.Complete("schema"u8.ToArray(), 1);
            byte[] whole = [.. pieces.SelectMany(piece => piece)];
            bool isIntact = state.IsIntact && state.Data.Span.SequenceEqual(whole);
            if (whole.Length == 0)
            {
                return isIntact;
            }

            int place = (int)((uint)bit % (uint)(whole.Length * 8));
            MemoryMarshal.AsMemory(state.Data).Span[place / 8] ^= (byte)(1 << (place % 8));
            return isIntact && !state.IsIntact;
        }));

    [Fact]
    public void A_piece_that_is_overwritten_before_the_next_one_comes_is_noticed()
    {
        var buffer = new StateBuffer(100);
        buffer.Write("first"u8);
        SavedState first = buffer.Complete([], 1);
        MemoryMarshal.AsMemory(first.Data).Span[0] = (byte)'F';
        buffer.Write("second"u8);

        Assert.False(buffer.Complete([], 1).IsIntact);
    }
}
