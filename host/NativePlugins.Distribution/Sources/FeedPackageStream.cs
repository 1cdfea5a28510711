using System.Net;
using System.Net.Http.Headers;

namespace NativePlugins.Distribution.Sources;

/// <summary>
/// A package of a feed, read once from its start. Where the connection breaks, the rest is asked for, if the feed names the content by a strong
/// tag: so what comes then is of the same bytes.
/// </summary>
internal sealed class FeedPackageStream : Stream
{
    private const int MaxResumes = 5;

    private readonly FeedClient _client;
    private readonly Uri _address;
    private readonly EntityTagHeaderValue? _tag;
    private HttpResponseMessage _response;
    private Stream _body;
    private long _length;
    private int _resumes;

    private FeedPackageStream(FeedClient client, Uri address, HttpResponseMessage response, Stream body)
    {
        _client = client;
        _address = address;
        _response = response;
        _body = body;
        _tag = response.Headers.ETag is { IsWeak: false } tag ? tag : null;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    public static async Task<Stream> OpenAsync(FeedClient client, Uri address, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await client.SendAsync(address, null, cancellationToken).ConfigureAwait(false);
        try
        {
            return response.StatusCode == HttpStatusCode.OK
                ? new FeedPackageStream(client, address, response, await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false))
                : throw FeedFailures.Status(address, "a package", response.StatusCode);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                int read = await _client.WithPatienceAsync(_address, token => _body.ReadAsync(buffer, token).AsTask(), cancellationToken).ConfigureAwait(false);
                _length += read;
                return read;
            }
            catch (Exception e) when (e is IOException or HttpRequestException)
            {
                await ResumeAsync(e, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _response.Dispose();
        base.Dispose(disposing);
    }

    private async Task ResumeAsync(Exception cause, CancellationToken cancellationToken)
    {
        if (_tag is null || _resumes++ == MaxResumes)
        {
            throw FeedFailures.BrokenOff(_address, _length, cause.Message, cause);
        }

        _response.Dispose();
        _response = await _client.SendAsync(
            _address,
            request =>
            {
                request.Headers.Range = new RangeHeaderValue(_length, null);
                request.Headers.IfRange = new RangeConditionHeaderValue(_tag);
            },
            cancellationToken).ConfigureAwait(false);
        if (_response.StatusCode != HttpStatusCode.PartialContent || _response.Content.Headers.ContentRange?.From != _length || !_tag.Equals(_response.Headers.ETag ?? _tag))
        {
            throw FeedFailures.BrokenOff(_address, _length, "the feed does not give the rest of it", cause);
        }

        _body = await _response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
    }
}
