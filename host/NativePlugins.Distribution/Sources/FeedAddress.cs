namespace NativePlugins.Distribution.Sources;

/// <summary>Which addresses a feed may have, and lead to.</summary>
internal static class FeedAddress
{
    /// <summary>Of http or https, and without what may be a secret.</summary>
    public static bool IsPlain(Uri address) => IsWeb(address) && address is { UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0 };

    /// <summary>Whether requests may go from one address to the next: by https, by http within this computer, or by http on where that is allowed.</summary>
    public static bool MayFollow(Uri from, Uri to, bool allowInsecure) => IsWeb(to)
        && (to.Scheme == Uri.UriSchemeHttps || (from.Scheme == Uri.UriSchemeHttp && (allowInsecure || (from.IsLoopback && to.IsLoopback))));

    /// <summary>Whether both are of one scheme, host and port: who may know the credentials for one may know them for the other.</summary>
    public static bool IsSameOrigin(Uri one, Uri other) => one.Scheme == other.Scheme && one.IdnHost == other.IdnHost && one.Port == other.Port;

    /// <summary>Without the user and the query, which may be secrets.</summary>
    public static string Show(Uri address) => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    private static bool IsWeb(Uri address) => address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp;
}
