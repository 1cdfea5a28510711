using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using NativePlugins.Abi;
using NativePlugins.Host.Forwarding;
using NativePlugins.Host.Isolation;
using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Tests.Isolation;

/// <summary>A worker that writes what it likes, when it likes, into the memory that it shares with the application.</summary>
public sealed partial class HostileLaneTests
{
    // docs/isolation-channel.md: the layout of a lane.
    private const int DirectionSize = 2_228_224 / 2;
    private const int Sequence = 0, Parked = 64, Bell = 128, Head = 192, Payload = 216;

    // Long enough for any machine. Who still waits then waits for ever.
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    private static readonly int[] s_numbers = [0, 1, 2, 3, 4, 24, 255, Lane.Capacity, Lane.Capacity + 1, int.MaxValue, int.MinValue, -2, -1];

    [LinuxFact]
    public void Whatever_it_writes_each_call_ends_when_it_does() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll<byte[]>(script => EndsAllCalls(script)));

    [LinuxFact]
    public void A_caller_that_it_lets_sleep_elsewhere_wakes_when_it_ends()
    {
        using var liar = new Liar();
        Thread caller = liar.StartCalls(1);

        // Moves the sleeper from the word that is rung to another one.
        Assert.True(SpinWait.SpinUntil(() => Syscall(FutexCall, liar.ToApplication + Bell, 3, 0, 1, liar.ToApplication + Payload, 0) == 1, s_limit));
        liar.End();

        Assert.True(caller.Join(s_limit));
    }

    [LinuxFact]
    public void A_message_that_is_not_the_next_one_is_a_violation()
    {
        using var liar = new Liar();
        Thread caller = liar.StartCalls(1);

        liar.Answer(status: 0, length: 0, step: 2);

        Assert.True(caller.Join(s_limit));
        Assert.Single(liar.Violations);
    }

    private static bool EndsAllCalls(byte[] script)
    {
        using var liar = new Liar();
        Thread caller = liar.StartCalls(calls: 1 + (script.Length / 2));
        foreach (byte step in script)
        {
            liar.Do(step % 16, s_numbers[step / 16 % s_numbers.Length]);
        }

        liar.End();
        return caller.Join(s_limit) && liar.Failure is null;
    }

    private static nint FutexCall => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 98 : 202;

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Syscall(nint number, nint address, nint operation, nint value, nint second, nint other, nint third);

    /// <summary>The application with a lane, and in place of the worker whoever the test is.</summary>
    private sealed class Liar : IDisposable
    {
        private readonly SharedMemory _memory;
        private readonly MemoryLink _own, _theirs;
        private readonly Channel _application;
        private readonly Thread _receiver;
        private int _sent;

        public Liar()
        {
            _memory = SharedMemory.Create("lanes", Lane.MemorySize, out Microsoft.Win32.SafeHandles.SafeFileHandle? descriptor)!;
            descriptor!.Dispose();
            (_theirs, _own) = MemoryLink.CreatePair(_memory);
            _application = new Channel(_theirs, isWorker: false, call => new Answer(np.NP_OK, new PayloadWriter().Raw(call.Read().Rest()))) { Broken = Break };
            _receiver = new Thread(Receive);
            _receiver.Start();
        }

        public List<ChannelException> Violations { get; } = [];

        /// <summary>What a call has thrown.</summary>
        public Exception? Failure { get; private set; }

        public nint ToWorker => _memory.Address;

        public nint ToApplication => _memory.Address + DirectionSize;

        /// <summary>Calls until there is no answer any more.</summary>
        public Thread StartCalls(int calls)
        {
            var caller = new Thread(() => Failure = Record.Exception(() =>
            {
                for (int i = 0; i < calls && _application.TryCall(Operation.CallFunction, new byte[i], new byte[8], out Reply? reply); i++)
                {
                    _ = reply.Read().Rest().ToArray();
                }
            }));
            caller.Start();
            Assert.True(SpinWait.SpinUntil(() => Marshal.ReadInt32(ToWorker + Sequence) == 1, s_limit));
            return caller;
        }

        /// <summary>Answers the call that was sent last, or one that never was.</summary>
        public void Answer(int status, int length, int step = 1) => Send(new ChannelFrame(FrameKind.Return, Operation.None, 2, (uint)Marshal.ReadInt32(ToWorker + Head + 12), status, length), step);

        public void Do(int what, int value)
        {
            switch (what)
            {
                case 0:
                    Marshal.WriteInt32(ToApplication + Sequence, value);
                    break;
                case 1:
                    Marshal.WriteInt32(ToApplication + Parked, value);
                    break;
                case 2:
                    Marshal.WriteInt32(ToApplication + Bell, value);
                    break;
                case 3:
                    Marshal.WriteInt32(ToApplication + Head, value);
                    break;
                case 4:
                    Marshal.WriteInt32(ToApplication + Head + 4, value);
                    break;
                case 5:
                    Marshal.WriteInt32(ToWorker + Parked, value);
                    break;
                case 6:
                    Marshal.WriteInt64(ToWorker + Head, value);
                    break;
                case 7:
                    Wake();
                    break;
                case 8:
                    Answer(value, value);
                    break;
                case 9:
                    Send(new ChannelFrame(FrameKind.Call, Operation.CallFunction, 2, (uint)value, 0, 8), 1);
                    break;
                case 10:
                    byte[] head = new byte[ChannelFrame.Size];
                    new ChannelFrame(value % 2 == 0 ? FrameKind.Return : FrameKind.Call, Operation.None, 2, (uint)value, value, 0).WriteTo(head);
                    _own.Send(head);
                    break;
                case 11:
                    Thread.Yield();
                    break;
                default:
                    Answer(status: value, length: 8);
                    break;
            }
        }

        /// <summary>Its process ends.</summary>
        public void End()
        {
            _theirs.Close();
            _own.Close();
            Assert.True(_receiver.Join(s_limit));
        }

        public void Dispose()
        {
            End();
            _memory.Dispose();
        }

        private void Send(in ChannelFrame frame, int step)
        {
            byte[] head = new byte[ChannelFrame.Size];
            frame.WriteTo(head);
            Marshal.Copy(head, 0, ToApplication + Head, head.Length);
            _sent += step;
            Marshal.WriteInt32(ToApplication + Sequence, _sent);
            Wake();
        }

        private void Wake()
        {
            Marshal.WriteInt32(ToApplication + Bell, Marshal.ReadInt32(ToApplication + Bell) + 1);
            _ = Syscall(FutexCall, ToApplication + Bell, 1, 1, 0, 0, 0);
        }

        private void Receive()
        {
            try
            {
                _application.ReceiveAll();
            }
            catch (ChannelException e)
            {
                Break(e);
            }
        }

        // As the application does, which ends the worker, and so the link.
        private void Break(ChannelException violation)
        {
            lock (Violations)
            {
                Violations.Add(violation);
            }

            _theirs.Close();
            _own.Close();
        }
    }
}
