using System.Globalization;
using System.Text;

namespace NativePlugins.Sdk.Text;

/// <summary>A text writer that comes down to one method. Its asynchronous methods complete at once.</summary>
internal abstract class SpanTextWriter() : TextWriter(CultureInfo.InvariantCulture)
{
    public override Encoding Encoding => Encoding.UTF8;

    protected abstract void Write(ReadOnlySpan<char> text, bool endLine);

    public override void Write(char value) => Write(new ReadOnlySpan<char>(in value), endLine: false);

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count), endLine: false);

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer, endLine: false);

    public override void Write(string? value) => Write(value.AsSpan(), endLine: false);

    public override void WriteLine() => Write([], endLine: true);

    public override void WriteLine(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count), endLine: true);

    public override void WriteLine(ReadOnlySpan<char> buffer) => Write(buffer, endLine: true);

    public override void WriteLine(string? value) => Write(value.AsSpan(), endLine: true);

    public override Task WriteAsync(char value) => Done(() => Write(value));

    public override Task WriteAsync(char[] buffer, int index, int count) => Done(() => Write(buffer, index, count));

    public override Task WriteAsync(string? value) => Done(() => Write(value));

    public override Task WriteAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested
            ? Task.FromCanceled(cancellationToken)
            : Done(() => Write(buffer.Span));

    public override Task WriteLineAsync() => Done(WriteLine);

    public override Task WriteLineAsync(char value) => Done(() => WriteLine(value));

    public override Task WriteLineAsync(char[] buffer, int index, int count) =>
        Done(() => WriteLine(buffer, index, count));

    public override Task WriteLineAsync(string? value) => Done(() => WriteLine(value));

    public override Task WriteLineAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested
            ? Task.FromCanceled(cancellationToken)
            : Done(() => WriteLine(buffer.Span));

    public override Task FlushAsync() => Done(Flush);

    private static Task Done(Action write)
    {
        try
        {
            write();
            return Task.CompletedTask;
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            return Task.FromException(exception);
        }
    }
}
