using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Loading;

/// <summary>How many NativeAOT libraries a process can carry, and what sets that limit.</summary>
/// <param name="Count">The greatest number of them; at least 1.</param>
/// <param name="Reason">The reason in words, for a message.</param>
internal readonly record struct ResidentLimit(int Count, string Reason)
{
    /// <summary>
    /// The bytes of the signal stack that CoreCLR's own handler takes: 6,368 bytes were measured on linux-x64, .NET 10.0.12, with a
    /// NativeAOT library's handler of 176, by giving a thread ever smaller stacks until a caught NullReferenceException ended the process.
    /// The margin on top of both is for differences between versions.
    /// </summary>
    private const int RuntimeBytes = 6368 + 256;

    private const int HandlerBytes = 176 + 32;

    /// <summary>
    /// Each library takes a thread key for as long as the process lives. So do the C library, the runtime, the application and the
    /// libraries that it uses: an eighth of the keys is left to those.
    /// </summary>
    private const int KeyShare = 8;

    /// <summary>The number of thread keys that is assumed if the system does not tell it.</summary>
    private const int UnknownKeys = 1024;

    private static readonly Lazy<SignalStack> s_stack = new(() => HostSystem.Current.ReadSignalStack());

    /// <summary>The limit of this process. It becomes smaller once if the signal dispatcher cannot be loaded.</summary>
    public static ResidentLimit Current
    {
        get
        {
            if (HostRuntime.ChainsSignalsOnAlternateStack && SignalDispatcher.Absence is string absence)
            {
                SignalStack stack = s_stack.Value;
                return new(
                    OfSignalStack(stack.Size, Environment.SystemPageSize, stack.FrameSize),
                    $"CoreCLR's signal stack of {stack.Size} bytes, of which what the kernel saves of this processor takes {stack.FrameSize}, holds no more handlers; "
                    + $"the helper that would do without them is missing: {absence}");
            }

            int keys = HostSystem.Current.MaxThreadKeys ?? UnknownKeys;
            return new(OfThreadKeys(keys), $"each takes one of the process's {keys} thread keys");
        }
    }

    /// <summary>How many handlers fit in a chain on a signal stack, the lowest page of which CoreCLR makes a guard page.</summary>
    internal static int OfSignalStack(int size, int pageSize, int frameSize) =>
        Math.Max(1, (size - pageSize - frameSize - RuntimeBytes) / HandlerBytes);

    internal static int OfThreadKeys(int keys) => Math.Max(1, keys - Math.Max(1, keys / KeyShare));
}
