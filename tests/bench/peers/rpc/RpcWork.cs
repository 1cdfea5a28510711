using StreamJsonRpc;

namespace Peer.Rpc;

/// <summary>The server's side over StreamJsonRpc.</summary>
internal sealed class RpcWork
{
    public JsonRpc? Client { get; set; }

    public int Add(int a, int b) => a + b;

    public string Echo(string text) => text;

    public RpcPerson EchoPerson(RpcPerson person) => person;

    public int Measure(byte[] bytes) => bytes.Length;

    public async Task Count(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await Client!.InvokeAsync<bool>("Report", i);
        }
    }
}

/// <summary>The client's.</summary>
internal sealed class RpcReports
{
    public bool Report(int number) => number >= 0;
}

public sealed record RpcAddress(string Street, double Latitude, double Longitude);

public sealed record RpcPerson(string Name, int Age, string? Mail, int Mode, DateOnly Born, RpcAddress? Home, bool IsHere);
