using System.Runtime.InteropServices;
using System.Text;
using NativePlugins.Abi;

namespace NativePlugins.Host.Forwarding;

/// <summary>An np_error_info, whose texts live until this is disposed of.</summary>
internal readonly unsafe struct NativeError : IDisposable
{
    private readonly byte* _text;

    public NativeError(int status, string type, string message, string detail)
    {
        int typeBytes = Encoding.UTF8.GetByteCount(type), messageBytes = Encoding.UTF8.GetByteCount(message), detailBytes = Encoding.UTF8.GetByteCount(detail);
        int total = checked(typeBytes + messageBytes + detailBytes);
        _text = (byte*)NativeMemory.Alloc((nuint)Math.Max(total, 1));
        var bytes = new Span<byte>(_text, total);
        Encoding.UTF8.GetBytes(type, bytes);
        Encoding.UTF8.GetBytes(message, bytes[typeBytes..]);
        Encoding.UTF8.GetBytes(detail, bytes[(typeBytes + messageBytes)..]);
        Info = new np_error_info
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

    public np_error_info Info { get; }

    public void Dispose() => NativeMemory.Free(_text);
}
