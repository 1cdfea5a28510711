using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Nerdbank.Streams;
using Peer.Rpc;
using StreamJsonRpc;

return args switch
{
    ["serve-grpc", var socket] => await Servers.Grpc(socket),
    ["serve-json"] => await Servers.Json(),
    ["grpc", var repetitions, var calls] => await Clients.Grpc(int.Parse(repetitions, CultureInfo.InvariantCulture), int.Parse(calls, CultureInfo.InvariantCulture)),
    ["json", var repetitions, var calls] => await Clients.Json(int.Parse(repetitions, CultureInfo.InvariantCulture), int.Parse(calls, CultureInfo.InvariantCulture)),
    _ => 64,
};

internal static class Servers
{
    public static async Task<int> Grpc(string socket)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket, options => options.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        WebApplication application = builder.Build();
        application.MapGrpcService<GrpcWork>();
        await application.StartAsync();
        await Console.Out.WriteLineAsync("ready");

        // Until the client ends.
        await Console.In.ReadToEndAsync();
        return 0;
    }

    public static async Task<int> Json()
    {
        var work = new RpcWork();
        using JsonRpc rpc = Connection.Of(Console.OpenStandardOutput(), Console.OpenStandardInput());
        rpc.AddLocalRpcTarget(work);
        work.Client = rpc;
        rpc.StartListening();
        await rpc.Completion;
        return 0;
    }
}

internal static class Connection
{
    /// <summary>The formatter that its makers name as the fastest, over the pipes of a child process.</summary>
    public static JsonRpc Of(Stream sending, Stream receiving) =>
        new(new LengthHeaderMessageHandler(sending, receiving, new MessagePackFormatter()));
}

internal static class Clients
{
    private const int Callbacks = 100;

    public static async Task<int> Grpc(int repetitions, int calls)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("native-plugins-bench-");
        string socket = Path.Combine(folder.FullName, "grpc");
        long start = Stopwatch.GetTimestamp();
        using Process server = Start("serve-grpc", socket);
        await server.StandardOutput.ReadLineAsync();
        using GrpcChannel channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
        {
            MaxReceiveMessageSize = null,
            HttpHandler = new SocketsHttpHandler
            {
                ConnectCallback = async (_, token) =>
                {
                    var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                    await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), token);
                    return new NetworkStream(connection, ownsSocket: true);
                },
            },
        });
        var work = new Work.WorkClient(channel);
        var numbers = new Numbers { A = 1, B = 2 };
        var text = new Text { Value = "thirty-two bytes of text, no les" };
        var bytes = new Bytes { Value = ByteString.CopyFrom(new byte[1 << 20]) };
        var person = new Person
        {
            Name = "Ada Lovelace", Age = 36, Mail = "ada@example.org", Mode = 1, Born = 662_000, IsHere = true,
            Home = new Address { Street = "12 St James's Square", Latitude = 51.5, Longitude = -0.1 },
        };
        await work.AddAsync(numbers);
        Print("start", Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        await Measure(
            repetitions, calls,
            async () => await work.AddAsync(numbers), async () => await work.EchoAsync(text), async () => await work.EchoPersonAsync(person), async () => await work.MeasureAsync(bytes),
            async () =>
            {
                using AsyncDuplexStreamingCall<Number, Number> call = work.Count();
                await call.RequestStream.WriteAsync(new Number { Value = Callbacks });
                while (await call.ResponseStream.MoveNext(CancellationToken.None))
                {
                    await call.RequestStream.WriteAsync(call.ResponseStream.Current);
                }
            });
        server.StandardInput.Close();
        await server.WaitForExitAsync();
        folder.Delete(recursive: true);
        return 0;
    }

    public static async Task<int> Json(int repetitions, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        using Process server = Start("serve-json");
        using JsonRpc rpc = Connection.Of(server.StandardInput.BaseStream, server.StandardOutput.BaseStream);
        rpc.AddLocalRpcTarget(new RpcReports());
        rpc.StartListening();
        byte[] bytes = new byte[1 << 20];
        var person = new RpcPerson("Ada Lovelace", 36, "ada@example.org", 1, new DateOnly(1815, 12, 10), new RpcAddress("12 St James's Square", 51.5, -0.1), true);
        await rpc.InvokeAsync<int>("Add", 1, 2);
        Print("start", Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        await Measure(
            repetitions, calls,
            async () => await rpc.InvokeAsync<int>("Add", 1, 2), async () => await rpc.InvokeAsync<string>("Echo", "thirty-two bytes of text, no les"),
            async () => await rpc.InvokeAsync<RpcPerson>("EchoPerson", person), async () => await rpc.InvokeAsync<int>("Measure", bytes),
            async () => await rpc.InvokeAsync("Count", Callbacks));
        rpc.Dispose();
        await server.WaitForExitAsync();
        return 0;
    }

    private static async Task Measure(int repetitions, int calls, Func<Task> add, Func<Task> text, Func<Task> record, Func<Task> large, Func<Task> callbacks)
    {
        for (int i = -1; i < repetitions; i++)
        {
            double[] medians =
            [
                await Median(calls, add), await Median(calls, text), await Median(calls, record), await Median(Math.Max(20, calls / 100), large),
                await Median(Math.Max(20, calls / Callbacks), callbacks) / Callbacks, await Together(2, calls, add), await Together(8, calls, add),
            ];
            if (i >= 0)
            {
                foreach ((string name, double median) in new[] { "add", "text_32", "record", "span_1m", "callback", "add_2", "add_8" }.Zip(medians))
                {
                    Print(name, median);
                }
            }
        }
    }

    private static async Task<double> Together(int callers, int calls, Func<Task> call) =>
        (await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(() => Median(calls / callers, call))))).Average();

    private static async Task<double> Median(int count, Func<Task> call)
    {
        long[] times = new long[count];
        for (int i = 0; i < count; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await call();
            times[i] = Stopwatch.GetTimestamp() - start;
        }

        Array.Sort(times);
        return times[count / 2] * 1e9 / Stopwatch.Frequency;
    }

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    private static void Print(string name, double nanoseconds) => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {nanoseconds:F1}"));
}
