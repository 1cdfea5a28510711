using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using NativePlugins.Abi;

namespace NativePlugins.Contracts.Interop;

/// <summary>An error as an np_error_info, whose texts live until this is disposed of. For generated code and the host only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct ErrorText : IDisposable
{
    private readonly byte* _text;
    private readonly np_error_info _info;

    /// <param name="status">A status.</param>
    /// <param name="exception">The error.</param>
    internal ErrorText(int status, Exception exception)
        : this(status, ExceptionText.Type(exception), ExceptionText.Message(exception), ExceptionText.Detail(exception))
    {
    }

    /// <param name="status">A status.</param>
    /// <param name="type">The error's type.</param>
    /// <param name="message">What has happened.</param>
    /// <param name="detail">Where.</param>
    public ErrorText(int status, string type, string message, string detail)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(detail);
        int typeBytes = Encoding.UTF8.GetByteCount(type);
        int messageBytes = Encoding.UTF8.GetByteCount(message);
        int detailBytes = Encoding.UTF8.GetByteCount(detail);
        int total = checked(typeBytes + messageBytes + detailBytes);
        _text = (byte*)NativeMemory.Alloc((nuint)Math.Max(total, 1));
        var bytes = new Span<byte>(_text, total);
        Encoding.UTF8.GetBytes(type, bytes);
        Encoding.UTF8.GetBytes(message, bytes[typeBytes..]);
        Encoding.UTF8.GetBytes(detail, bytes[(typeBytes + messageBytes)..]);
        _info = new np_error_info
        {
            struct_size = (uint)sizeof(np_error_info),
            code = status,
            type = (sbyte*)_text,
            type_length = (nuint)typeBytes,
            message = (sbyte*)_text + typeBytes,
            message_length = (nuint)messageBytes,
            detail = (sbyte*)_text + typeBytes + messageBytes,
            detail_length = (nuint)detailBytes,
        };
    }

    /// <summary>The error as C has it.</summary>
    public np_error_info Info => _info;

    /// <inheritdoc/>
    public void Dispose() => NativeMemory.Free(_text);
}
