using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace NativePlugins.Distribution.Sources;

/// <summary>Sends requests to a feed: follows redirects, has patience, tries again. Thread-safe.</summary>
internal sealed class FeedClient : IDisposable
{
    private const int MaxRedirects = 5;

    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(30);

    private readonly Uri _address;
    private readonly FeedSourceOptions _options;
    private readonly HttpClient _http;

    public FeedClient(Uri address, FeedSourceOptions options)
    {
        _address = address;
        _options = options;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !address.IsLoopback,
            MaxResponseHeadersLength = 64,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <exception cref="PackageSourceException">Requests must not go from the one to the other.</exception>
    public void RequireAllowed(Uri from, Uri to)
    {
        if (!FeedAddress.MayFollow(from, to, _options.AllowInsecureConnections))
        {
            throw FeedFailures.Insecure(from, to);
        }
    }

    /// <summary>A whole answer; null if there is no such thing.</summary>
    public async Task<byte[]?> ReadListAsync(Uri address, int most, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await SendAsync(address, null, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw FeedFailures.Status(address, "a list", response.StatusCode);
        }

        return await WithPatienceAsync(address, token => ReadAsync(address, response, most, token), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>An answer of any status but those that pass. Its content is not read yet. The caller disposes of it.</summary>
    public async Task<HttpResponseMessage> SendAsync(Uri address, Action<HttpRequestMessage>? change, CancellationToken cancellationToken)
    {
        RequireAllowed(address, address);
        TimeSpan delay = _options.RetryDelay;
        for (int attempt = 1; ; attempt++)
        {
            TimeSpan wait = delay;
            try
            {
                HttpResponseMessage response = await FollowAsync(address, change, cancellationToken).ConfigureAwait(false);
                if (!IsPassing(response.StatusCode))
                {
                    return response;
                }

                using (response)
                {
                    wait = RetryAfter(response) ?? delay;
                    if (wait > s_longestWait)
                    {
                        throw FeedFailures.Busy(address, response.StatusCode, wait, s_longestWait);
                    }

                    if (attempt == _options.Attempts)
                    {
                        throw FeedFailures.Status(address, "an answer", response.StatusCode);
                    }
                }
            }
            catch (HttpRequestException e) when (attempt == _options.Attempts)
            {
                throw FeedFailures.Unreachable(address, e);
            }
            catch (HttpRequestException)
            {
                // The next attempt may have more luck.
            }

            await Task.Delay(wait, cancellationToken).ConfigureAwait(false);
            delay *= 2;
        }
    }

    /// <summary>Has something done in as much time as there is patience.</summary>
    public async Task<T> WithPatienceAsync<T>(Uri address, Func<CancellationToken, Task<T>> act, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_options.Patience);
        try
        {
            return await act(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw FeedFailures.Slow(address, _options.Patience);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> FollowAsync(Uri address, Action<HttpRequestMessage>? change, CancellationToken cancellationToken)
    {
        Uri current = address;
        for (int redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, current);
            if (_options.Credentials is { } user && FeedAddress.IsSameOrigin(current, _address))
            {
                request.Headers.Authorization = new AuthenticationHeaderValue(
                    "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user.UserName}:{user.Password}")));
            }

            change?.Invoke(request);
            HttpResponseMessage response = await WithPatienceAsync(
                current, token => _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), cancellationToken).ConfigureAwait(false);
            if (!IsRedirect(response.StatusCode))
            {
                return response;
            }

            using (response)
            {
                Uri next = response.Headers.Location is { } location && Uri.TryCreate(current, location, out Uri? leadsTo) ? leadsTo
                    : throw FeedFailures.BadRedirect(current, $"status {(int)response.StatusCode} without an address");
                RequireAllowed(current, next);
                current = next;
            }
        }

        throw FeedFailures.BadRedirect(address, $"more than {MaxRedirects} redirects");
    }

    private static async Task<byte[]> ReadAsync(Uri address, HttpResponseMessage response, int most, CancellationToken cancellationToken)
    {
        try
        {
            Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (body.ConfigureAwait(false))
            {
                using var whole = new MemoryStream();
                byte[] buffer = new byte[1 << 14];
                int read;
                while ((read = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
                {
                    if (whole.Length + read > most)
                    {
                        throw FeedFailures.TooLong(address, most);
                    }

                    whole.Write(buffer, 0, read);
                }

                return whole.ToArray();
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw FeedFailures.Unreachable(address, e);
        }
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - DateTimeOffset.UtcNow is { Ticks: > 0 } until ? until : TimeSpan.Zero,
        _ => null,
    };

    private static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;

    private static bool IsPassing(HttpStatusCode status) => (int)status is 408 or 429 or 500 or 502 or 503 or 504;
}
