using System.Runtime.InteropServices;
using System.Text;
using NativePlugins.Abi;

namespace NativePlugins.Contracts.Interop;

/// <summary>An exception as an np_error_info, whose text lives until this is disposed of.</summary>
internal readonly unsafe struct ErrorText : IDisposable
{
    private readonly byte* _text;
    private readonly np_error_info _info;

    public ErrorText(int status, Exception exception)
    {
        string type = ExceptionText.Type(exception);
        string message = ExceptionText.Message(exception);
        string detail = ExceptionText.Detail(exception);
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

    public np_error_info Info => _info;

    public void Dispose() => NativeMemory.Free(_text);
}
