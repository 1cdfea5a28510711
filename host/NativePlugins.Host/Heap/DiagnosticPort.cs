using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Heap;

/// <summary>
/// The port that the runtime keeps for diagnostic tools, of this process. Its protocol is documented in dotnet/diagnostics,
/// documentation/design-docs/ipc-protocol.md.
/// </summary>
internal static class DiagnosticPort
{
    private const int HeaderLength = 20;
    private const byte EventPipe = 2;
    private const byte CollectTracing = 3;
    private const byte StopTracing = 1;
    private const byte Answer = 0xFF;

    private static readonly TimeSpan s_answer = TimeSpan.FromSeconds(10);

    /// <summary>Connects to it.</summary>
    /// <exception cref="SocketException">There can be no further socket.</exception>
    /// <returns>Null where there is none: it is switched off, or this system keeps it otherwise.</returns>
    public static Stream? Connect()
    {
        foreach (string path in HostSystem.Current.FindDiagnosticSockets())
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = (int)s_answer.TotalMilliseconds };
            try
            {
                socket.Connect(new UnixDomainSocketEndPoint(path));
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException)
            {
                // A process of the same number has left it.
                socket.Dispose();
            }
        }

        return null;
    }

    /// <summary>Has the runtime tell events. What follows in the stream is a trace (<see cref="EventTrace"/>).</summary>
    /// <param name="port">Connected.</param>
    /// <param name="provider">Whose events.</param>
    /// <param name="keywords">Which of them.</param>
    /// <param name="bufferMebibytes">How many the runtime keeps until they are read, at most.</param>
    /// <returns>The number by which <see cref="Stop"/> knows it.</returns>
    /// <exception cref="IOException">The runtime does not answer, or refuses.</exception>
    public static ulong Start(Stream port, string provider, ulong keywords, int bufferMebibytes)
    {
        var request = new List<byte>();
        Add(request, bufferMebibytes);
        Add(request, 1);        // the format NetTrace
        request.Add(0);         // no rundown: nothing of what came before
        Add(request, 1);        // one provider
        request.AddRange(BitConverter.GetBytes(keywords));
        Add(request, 5);        // verbose
        Add(request, provider.Length + 1);
        request.AddRange(Encoding.Unicode.GetBytes(provider + '\0'));
        Add(request, 0);        // no arguments
        Send(port, CollectTracing, [.. request]);
        return ReadAnswer(port);
    }

    /// <summary>Ends it. The trace goes on to its end meanwhile, and has to be read.</summary>
    /// <exception cref="IOException">The runtime does not answer.</exception>
    public static void Stop(Stream port, ulong session) => Send(port, StopTracing, BitConverter.GetBytes(session));

    private static void Add(List<byte> request, int value) => request.AddRange(BitConverter.GetBytes(value));

    private static void Send(Stream port, byte command, byte[] payload)
    {
        byte[] message = [.. "DOTNET_IPC_V1\0"u8, 0, 0, EventPipe, command, 0, 0, .. payload];
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(14), (ushort)message.Length);
        port.Write(message);
    }

    private static ulong ReadAnswer(Stream port)
    {
        byte[] answer = new byte[HeaderLength + sizeof(ulong)];
        port.ReadExactly(answer);
        return answer[16] == Answer && answer[17] == 0
            ? BinaryPrimitives.ReadUInt64LittleEndian(answer.AsSpan(HeaderLength))
            : throw new IOException("The runtime's diagnostic port refuses to tell events.");
    }
}
