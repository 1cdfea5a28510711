namespace NativePlugins.Distribution.Tests;

/// <summary>A source that the network lets down while it is looked through, at the opening of a package, or in the middle of one.</summary>
internal sealed class BrokenSource(PluginSource inner, string at) : PluginSource
{
    public override string Name => inner.Name;

    public override ValueTask<IReadOnlyList<string>> FindVersionsAsync(string id, CancellationToken cancellationToken) =>
        at == "find" ? throw Cut() : inner.FindVersionsAsync(id, cancellationToken);

    public override async ValueTask<Stream> OpenAsync(string id, string version, CancellationToken cancellationToken) =>
        at == "open" ? throw Cut() : new CutStream(await inner.OpenAsync(id, version, cancellationToken));

    private static IOException Cut() => new("the line is cut");

    private sealed class CutStream(Stream inner) : MemoryStream
    {
        private bool _isCut;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int count = _isCut ? throw Cut() : await inner.ReadAsync(buffer[..1], cancellationToken);
            _isCut = true;
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
