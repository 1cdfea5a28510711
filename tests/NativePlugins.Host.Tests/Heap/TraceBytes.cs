using System.Text;

namespace NativePlugins.Host.Tests.Heap;

/// <summary>Writes a trace as the runtime does, with events of its provider.</summary>
internal sealed class TraceBytes
{
    public const string Provider = "Microsoft-Windows-DotNETRuntime";

    private readonly List<byte> _bytes = [.. "Nettrace"u8];

    public TraceBytes()
    {
        AddText("!FastSerialization.1");
        Begin("Trace");
        _bytes.AddRange(new byte[48]);
        _bytes.Add(6);
    }

    /// <summary>Adds a block of events, each with the metadata that it needs.</summary>
    public TraceBytes Add(params (int Id, byte[] Payload)[] events)
    {
        foreach ((int id, _) in events)
        {
            Block("MetadataBlock", (0, [.. Int(id), .. Encoding.Unicode.GetBytes(Provider + '\0'), .. Int(id)]));
        }

        Block("EventBlock", events);
        return this;
    }

    public byte[] End() => [.. _bytes, 1];

    public static byte[] Int(int value) => BitConverter.GetBytes(value);

    public static byte[] Long(long value) => BitConverter.GetBytes(value);

    /// <summary>The first fields of an event with many values.</summary>
    public static byte[] Count(int count) => [.. Int(0), .. Int(count), 0, 0];

    private void Block(string name, params (int Metadata, byte[] Payload)[] events)
    {
        var block = new List<byte> { 20, 0, 1, 0 };
        block.AddRange(new byte[16]);
        foreach ((int metadata, byte[] payload) in events)
        {
            // Metadata, sequence, thread, stack, time, both activities, length.
            block.AddRange([0xFF, .. Variable(metadata), 1, 7, 0, 7, 0, 5]);
            block.AddRange(new byte[32]);
            block.AddRange([.. Variable(payload.Length), .. payload]);
        }

        Begin(name);
        _bytes.AddRange(Int(block.Count));
        while (_bytes.Count % 4 != 0)
        {
            _bytes.Add(0);
        }

        _bytes.AddRange(block);
        _bytes.Add(6);
    }

    private void Begin(string name)
    {
        _bytes.AddRange([5, 5, 1]);
        _bytes.AddRange(new byte[8]);
        AddText(name);
        _bytes.Add(6);
    }

    private void AddText(string text)
    {
        _bytes.AddRange(Int(text.Length));
        _bytes.AddRange(Encoding.ASCII.GetBytes(text));
    }

    private static byte[] Variable(int value) => value < 0x80 ? [(byte)value] : [(byte)(value | 0x80), .. Variable(value >> 7)];
}
