using System.Net;

namespace NativePlugins.Distribution;

/// <summary>How a feed is read. Immutable.</summary>
public sealed class FeedSourceOptions
{
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    private readonly TimeSpan _retryDelay = TimeSpan.FromMilliseconds(500);
    private readonly int _attempts = 4;

    /// <summary>
    /// A user's name and password, sent as HTTP's basic authentication, and only to the scheme, host and port of the feed's address: not to where an
    /// answer or a redirect leads. Default (null): none.
    /// </summary>
    public NetworkCredential? Credentials { get; init; }

    /// <summary>Whether the feed may be read by http from another computer, where anybody on the way can read and change what is sent. Default: false.</summary>
    public bool AllowInsecureConnections { get; init; }

    /// <summary>
    /// How long to wait for an answer to begin, for a list of the feed to be whole, and for the next bytes of a package. More than 0, at most one
    /// hour; default: 30 s. The whole time of a call is bounded by its cancellation only.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    public TimeSpan Patience
    {
        get => _patience;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromHours(1));
            _patience = value;
        }
    }

    /// <summary>How often a request is sent at most while there is no connection or the feed has no time. From 1 to 10; default: 4.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    public int Attempts
    {
        get => _attempts;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 10);
            _attempts = value;
        }
    }

    /// <summary>
    /// How long to wait before the second attempt; twice as long before each next one, or as long as the feed asks for. From 0 to 10 s; default: 0.5 s.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    public TimeSpan RetryDelay
    {
        get => _retryDelay;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromSeconds(10));
            _retryDelay = value;
        }
    }
}
