namespace NativePlugins.Cli;

/// <summary>Standard output or standard error, unbuffered, with what went wrong first. Thread-safe.</summary>
internal sealed class StandardStream : WriteOnlyStream
{
    private readonly Lock _lock = new();
    private readonly Stream _inner;

    private StandardStream(Stream inner) => _inner = inner;

    /// <summary>What the first write that failed threw, or null.</summary>
    public IOException? Failure { get; private set; }

    /// <summary>Whether that was because nobody reads any more.</summary>
    public bool HasReaderGone => Failure is ReaderGoneException;

    /// <summary>Called once, on the first write that fails.</summary>
    public Action? OnFailure { get; set; }

    public static StandardStream OpenOutput() => new(ProcessSystem.Current.OpenStandard(1));

    public static StandardStream OpenError() => new(ProcessSystem.Current.OpenStandard(2));

    /// <summary>A standard stream that is not the process's own.</summary>
    public static StandardStream Over(Stream stream) => new(stream);

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        lock (_lock)
        {
            if (Failure is not null)
            {
                throw Failure;
            }

            try
            {
                _inner.Write(buffer);
            }
            catch (IOException e)
            {
                Failure = e;
                OnFailure?.Invoke();
                throw;
            }
        }
    }
}
