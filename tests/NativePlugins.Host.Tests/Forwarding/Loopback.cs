using NativePlugins.Host.Forwarding;

namespace NativePlugins.Host.Tests.Forwarding;

/// <summary>The other side, in this process: what is sent is served at once, on the same thread.</summary>
internal sealed class Loopback : IRemoteCalls
{
    public Loopback() => Calls = new ForwardedCalls(this);

    /// <summary>The side that calls.</summary>
    public ForwardedCalls Calls { get; }

    /// <summary>The side that is called.</summary>
    public ForwardedCalls Target { get; set; } = null!;

    /// <summary>Changes what is sent.</summary>
    public Func<byte[], byte[]> Corrupt { get; set; } = bytes => bytes;

    /// <summary>What the side that calls has found wrong.</summary>
    public List<string> Violations { get; } = [];

    public bool IsGone { get; set; }

    public static (Loopback Caller, Loopback Callee) Create()
    {
        Loopback caller = new(), callee = new();
        (caller.Target, callee.Target) = (callee.Calls, caller.Calls);
        return (caller, callee);
    }

    public bool TryCall(uint table, int slot, MessageWriter arguments, out int status, out ReadOnlyMemory<byte> answer)
    {
        var writer = new MessageWriter();
        status = IsGone ? 0 : Target.Serve(table, (uint)slot, arguments.Written, writer);
        answer = Corrupt(writer.Written.ToArray());
        return !IsGone;
    }

    public int Complete(uint number, MessageWriter outcome) => Target.Complete(number, Corrupt(outcome.Written.ToArray()));

    public void Cancel(uint number, Func<bool> isWanted) => Target.Cancel(number);

    public int NoteLost(string call) => Abi.np.NP_E_FAULT;

    public void Break(MessageException violation) => Violations.Add(violation.Message);
}
