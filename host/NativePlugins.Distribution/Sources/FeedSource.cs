using System.Net;
using System.Text.Json;
using NativePlugins.Distribution.Packages;
using NativePlugins.Distribution.Sources;

namespace NativePlugins.Distribution;

/// <summary>
/// A NuGet feed of version 3 that is read by HTTP: its service index, and the resource <c>PackageBaseAddress/3.0.0</c>. Thread-safe. Dispose of it
/// after its last use.
/// </summary>
/// <remarks>Only https is spoken, or http where the feed is on this computer. Redirects are followed under the same rule.</remarks>
public sealed class FeedSource : PluginSource, IDisposable
{
    private const string BaseAddressType = "PackageBaseAddress/3.0.0";

    // That of nuget.org has 10 kB, and its longest lists of versions 200 kB.
    private const int MaxListSize = 4 << 20;

    private readonly Uri _address;
    private readonly FeedClient _client;
    private Uri? _baseAddress;

    /// <param name="address">Of the service index, for example <c>https://api.nuget.org/v3/index.json</c>; without a user's name, password or query.</param>
    /// <param name="options">Default (null): those of a new <see cref="FeedSourceOptions"/>.</param>
    /// <exception cref="ArgumentException">It is no such address.</exception>
    public FeedSource(string address, FeedSourceOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(address);
        _address = Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && FeedAddress.IsPlain(uri) ? uri
            : throw new ArgumentException("The address of a feed begins with https:// or http://, and has no user's name, password, query or fragment.", nameof(address));
        _client = new FeedClient(_address, options ?? new FeedSourceOptions());
    }

    /// <summary>The address of the service index.</summary>
    public override string Name => _address.AbsoluteUri;

    /// <inheritdoc/>
    /// <exception cref="PackageSourceException">The feed cannot be read, or answers what no feed answers.</exception>
    public override async ValueTask<IReadOnlyList<string>> FindVersionsAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        Uri packages = await FindBaseAddressAsync(cancellationToken).ConfigureAwait(false);
        var list = new Uri(packages, $"{Uri.EscapeDataString(id)}/index.json");
        byte[]? json = await _client.ReadListAsync(list, MaxListSize, cancellationToken).ConfigureAwait(false);
        return json is null ? [] : Read(list, json, static versions => versions.Texts("versions"));
    }

    /// <inheritdoc/>
    /// <exception cref="PackageSourceException">The feed cannot be read, or has no such package.</exception>
    public override async ValueTask<Stream> OpenAsync(string id, string version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(version);
        Uri packages = await FindBaseAddressAsync(cancellationToken).ConfigureAwait(false);
        (string name, string number) = (Uri.EscapeDataString(id), Uri.EscapeDataString(version));
        return await FeedPackageStream.OpenAsync(_client, new Uri(packages, $"{name}/{number}/{name}.{number}.nupkg"), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async ValueTask<Uri> FindBaseAddressAsync(CancellationToken cancellationToken)
    {
        if (_baseAddress is { } known)
        {
            return known;
        }

        byte[] json = await _client.ReadListAsync(_address, MaxListSize, cancellationToken).ConfigureAwait(false)
            ?? throw FeedFailures.Status(_address, "the service index of a feed", HttpStatusCode.NotFound);
        string found = Read(_address, json, static index => index.List("resources", static resource => resource).FirstOrDefault(IsBaseAddress) is { ValueKind: JsonValueKind.Object } resource
            ? resource.Text("@id") : throw new JsonException($"there is no resource {BaseAddressType}"));
        Uri address = Uri.TryCreate(found.EndsWith('/') ? found : found + "/", UriKind.Absolute, out Uri? uri) && FeedAddress.IsPlain(uri) ? uri
            : throw FeedFailures.BadList(_address, $"the address of {BaseAddressType} is none");
        _client.RequireAllowed(_address, address);
        return _baseAddress = address;
    }

    private static bool IsBaseAddress(JsonElement resource) => resource.Has("@type") && resource.GetProperty("@type") is var type
        && (type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Any(IsBaseAddressType) : IsBaseAddressType(type));

    private static bool IsBaseAddressType(JsonElement type) => type.ValueKind == JsonValueKind.String && type.ValueEquals(BaseAddressType);

    private static T Read<T>(Uri from, byte[] json, Func<JsonElement, T> read)
    {
        try
        {
            // What editors put before a text in UTF-8.
            ReadOnlySpan<byte> text = json;
            return JsonFields.Read(text.StartsWith("\uFEFF"u8) ? text[3..] : text, read);
        }
        catch (JsonException e)
        {
            throw FeedFailures.BadList(from, e.Message, e);
        }
    }
}
