using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Xml.Linq;

namespace NativePlugins.Tests;

/// <summary>A NuGet feed of version 3 on this computer, with the packages of a folder, into which it puts what is pushed. A test can have it answer otherwise.</summary>
internal sealed class TestFeed : IAsyncDisposable
{
    private readonly string _folder;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    public TestFeed(string folder)
    {
        _folder = folder;
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Root => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public string Address => Root + "/v3/index.json";

    /// <summary>Every request that came: its first line and its headers.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Other answers than the folder's: of the request's path and lines, or null for the folder's.</summary>
    public Func<string, string, byte[]?> Answer { get; set; } = static (_, _) => null;

    /// <summary>What is sent again and again after an answer to a path, until nobody listens.</summary>
    public Func<string, byte[]?> Endless { get; set; } = static _ => null;

    /// <summary>Paths that are never answered.</summary>
    public Func<string, bool> IsSilent { get; set; } = static _ => false;

    public static byte[] Reply(string status, byte[] body, string headers = "", long? length = null) =>
        [.. Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length ?? body.Length}\r\n{headers}\r\n"), .. body];

    public static byte[] Reply(string status, string body = "", string headers = "") => Reply(status, Encoding.UTF8.GetBytes(body), headers);

    public byte[]? OfFolder(string path)
    {
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (path == "/v3/index.json")
        {
            return Reply("200 OK", $$"""{"version":"3.0.0","resources":[{"@id":"{{Root}}/search","@type":"SearchQueryService"},{"@id":"{{Root}}/flat","@type":"PackageBaseAddress/3.0.0"},{"@id":"{{Root}}/publish","@type":"PackagePublish/2.0.0"}]}""");
        }

        if (parts is ["flat", string id, "index.json"])
        {
            string[] versions = [.. Directory.EnumerateFiles(_folder, $"{id}.*.nupkg").Select(file => $"\"{Path.GetFileName(file)[(id.Length + 1)..^".nupkg".Length]}\"")];
            return versions.Length == 0 ? null : Reply("200 OK", $$"""{"versions":[{{string.Join(',', versions)}}]}""");
        }

        return parts is ["flat", _, _, string name] && File.Exists(Path.Combine(_folder, name)) ? Reply("200 OK", File.ReadAllBytes(Path.Combine(_folder, name))) : null;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving;
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        var all = new List<Task>();
        try
        {
            while (true)
            {
                all.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(all);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                string request = await ReadHeadAsync(stream, "\r\n\r\n"), path = request.Split(' ')[1].Split('?')[0];
                Requests.Enqueue(request);
                if (request.StartsWith("PUT ", StringComparison.Ordinal))
                {
                    await stream.WriteAsync(Keep(await ReadChunksAsync(stream)), _end.Token);
                    return;
                }

                if (IsSilent(path))
                {
                    await Task.Delay(Timeout.Infinite, _end.Token);
                }

                await stream.WriteAsync(Answer(path, request) ?? OfFolder(path) ?? Reply("404 Not Found"), _end.Token);
                while (Endless(path) is { } more)
                {
                    await stream.WriteAsync(more, _end.Token);
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The other side, or the test, has had enough.
            }
        }
    }

    /// <summary>A body in chunks (RFC 9112, 7.1), as NuGet's programs send packages.</summary>
    private async Task<byte[]> ReadChunksAsync(NetworkStream stream)
    {
        using var body = new MemoryStream();
        while (true)
        {
            byte[] chunk = new byte[int.Parse(await ReadHeadAsync(stream, "\r\n"), NumberStyles.HexNumber, CultureInfo.InvariantCulture)];
            await stream.ReadExactlyAsync(chunk, _end.Token);
            await ReadHeadAsync(stream, "\r\n");
            if (chunk.Length == 0)
            {
                return body.ToArray();
            }

            body.Write(chunk);
        }
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream, string end)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, _end.Token);
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    /// <summary>Puts a pushed package into the folder: the one part of a body of several parts (RFC 2046, 5.1).</summary>
    private byte[] Keep(byte[] body)
    {
        int start = body.AsSpan().IndexOf("\r\n\r\n"u8) + 4, end = body.AsSpan().LastIndexOf("\r\n--"u8);
        byte[] package = body[start..end];
        using var archive = new ZipArchive(new MemoryStream(package));
        using Stream nuspec = archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        XElement metadata = XDocument.Load(nuspec).Root!.Elements().Single();
        string[] name = [.. ((string[])["id", "version"]).Select(field => metadata.Elements().Single(element => element.Name.LocalName == field).Value)];
        File.WriteAllBytes(Path.Combine(_folder, $"{name[0]}.{name[1]}.nupkg"), package);
        return Reply("201 Created");
    }
}
