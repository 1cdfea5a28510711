using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Logs;
using NativePlugins.Sdk;

/// <summary>
/// Appends records, each a line of JSON, to the file of the setting <c>path</c>, or writes them to standard output. They wait here until they are
/// flushed. When another build takes over, it takes what waits as well; what a flush could not write is there for the next one.
/// </summary>
[Plugin("jsonl", Name = "JSON lines", Version = "1.0.0")]
internal sealed class JsonLines(PluginContext context) : ILogSink, IStateful<Waiting>, IDisposable
{
    // From which size on what waits is flushed without being asked for.
    private const int Enough = 64 << 10;

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _waiting = new();
    private int _waitingRecords;
    private SinkProgress _progress = new(0, 0);
    private Stream? _target;
    private long? _position;

    public event Action<SinkProgress>? Flushed;

    public JsonTypeInfo<Waiting> StateType => WaitingJson.Default.Waiting;

    public async ValueTask WriteAsync(IReadOnlyList<LogRecord> records, CancellationToken cancellationToken)
    {
        if (_waiting.WrittenCount >= Enough)
        {
            await FlushAsync(cancellationToken);
        }

        using var json = new Utf8JsonWriter(_waiting, s_options);
        foreach (LogRecord record in records)
        {
            Write(json, record);
            json.Reset();
            _waiting.Write("\n"u8);
        }

        _waitingRecords += records.Count;
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_waitingRecords > 0)
        {
            _target ??= Open();
            if (_target.CanSeek)
            {
                // Over what an earlier flush has written before it failed; at the end of a file that was cut off meanwhile.
                _target.Position = Math.Min(_position ?? long.MaxValue, _target.Length);
                _position = _target.Position;
            }

            await _target.WriteAsync(_waiting.WrittenMemory, cancellationToken);
            _position += _waiting.WrittenCount;
            _progress = new SinkProgress(_progress.Records + _waitingRecords, _progress.Bytes + _waiting.WrittenCount);
            _waiting.ResetWrittenCount();
            _waitingRecords = 0;
        }

        Flushed?.Invoke(_progress);
    }

    public Waiting CaptureState() => new(_progress.Records, _progress.Bytes, _position, _waitingRecords, _waiting.WrittenSpan.ToArray());

    public void RestoreState(Waiting state)
    {
        _progress = new SinkProgress(state.Records, state.Bytes);
        _position = state.Position;
        _waitingRecords = state.WaitingRecords;
        _waiting.Write(state.WaitingBytes);
    }

    public void Dispose() => _target?.Dispose();

    private Stream Open() => context.Config.Get("path") is string path
        ? new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0)
        : Console.OpenStandardOutput();

    private static void Write(Utf8JsonWriter json, LogRecord record)
    {
        json.WriteStartObject();
        json.WriteString("source", record.Source);
        json.WriteNumber("line", record.Line);
        if (record.Time is DateTimeOffset time)
        {
            json.WriteString("time", time);
        }

        if (record.Severity is Severity severity)
        {
            json.WriteString("severity", severity.ToString());
        }

        json.WriteString("message", record.Message);
        json.WriteStartObject("fields");
        foreach ((string name, string value) in record.Fields.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
    }
}

/// <summary>What is handed from one build to the next.</summary>
internal sealed record Waiting(long Records, long Bytes, long? Position, int WaitingRecords, byte[] WaitingBytes);

[JsonSerializable(typeof(Waiting))]
internal sealed partial class WaitingJson : JsonSerializerContext;
