using System.ComponentModel;
using System.Text;

namespace NativePlugins.Contracts.Interop;

/// <summary>A string that a call returns: gathered as UTF-8 in memory that is used again, and decoded once.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TextResult : ResultSink, IDisposable
{
    private const int KeptBytes = 4 * 1024;

    private static readonly NativePool<TextResult> s_pool = new(() => new TextResult());

    [ThreadStatic]
    private static NativeShelf<TextResult>? t_shelf;

    private byte[] _bytes = new byte[256];
    private int _length;

    private TextResult()
    {
    }

    /// <summary>The text; what is no UTF-8 in it becomes U+FFFD.</summary>
    public string Text => Encoding.UTF8.GetString(_bytes, 0, _length);

    /// <summary>The text of a successful call.</summary>
    /// <param name="side">The caller's side.</param>
    /// <param name="call">The contract and the member.</param>
    public string Take(ContractSide side, string call)
    {
        ThrowIfBroken(side, call);
        return Text;
    }

    /// <summary>Takes one for one call.</summary>
    public static TextResult Rent()
    {
        TextResult result = (t_shelf ??= new NativeShelf<TextResult>(s_pool)).Rent();
        result.Begin();
        return result;
    }

    /// <summary>Ends the call.</summary>
    public void Dispose()
    {
        End();
        _length = 0;
        if (_bytes.Length > KeptBytes)
        {
            _bytes = new byte[256];
        }

        (t_shelf ??= new NativeShelf<TextResult>(s_pool)).Return(this);
    }

    private protected override int Append(ReadOnlySpan<byte> piece)
    {
        int needed = checked(_length + piece.Length);
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max(needed, 2L * _bytes.Length), Array.MaxLength));
        }

        piece.CopyTo(_bytes.AsSpan(_length));
        _length = needed;
        return Abi.np.NP_OK;
    }
}
