using Grpc.Core;

namespace Peer.Rpc;

/// <summary>The server's side over gRPC.</summary>
internal sealed class GrpcWork : Work.WorkBase
{
    public override Task<Number> Add(Numbers request, ServerCallContext context) => Task.FromResult(new Number { Value = request.A + request.B });

    public override Task<Text> Echo(Text request, ServerCallContext context) => Task.FromResult(request);

    public override Task<Person> EchoPerson(Person request, ServerCallContext context) => Task.FromResult(request);

    public override Task<Number> Measure(Bytes request, ServerCallContext context) => Task.FromResult(new Number { Value = request.Value.Length });

    // A call back is a message to the client, which answers it.
    public override async Task Count(IAsyncStreamReader<Number> requests, IServerStreamWriter<Number> answers, ServerCallContext context)
    {
        await requests.MoveNext();
        for (long left = requests.Current.Value; left > 0; left--)
        {
            await answers.WriteAsync(new Number { Value = left });
            await requests.MoveNext();
        }
    }
}
