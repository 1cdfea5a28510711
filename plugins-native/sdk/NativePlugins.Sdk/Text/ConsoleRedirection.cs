using NativePlugins.Sdk.Interop;

namespace NativePlugins.Sdk.Text;

/// <summary>
/// Points Console.Out and Console.Error at the sinks of the command that runs on the current flow, and elsewhere at
/// the process's own streams.
/// </summary>
/// <remarks>
/// It is set up before any code of the plugin runs: the first use of the framework's own Console.Out would initialise
/// the terminal and take signals away from the host. SetOut keeps the framework from that.
/// </remarks>
internal static class ConsoleRedirection
{
    private const string ManagedHook = "NativePlugins.ManagedConsole";

    private static readonly Lock s_lock = new();
    private static bool s_isInstalled;
    private static int s_instances;
    private static Action? s_leave;

    /// <summary>Called before an instance is created. Each call is followed by one of <see cref="Release"/>, when the instance is gone.</summary>
    public static void Install()
    {
        lock (s_lock)
        {
            s_instances++;
            if (s_isInstalled)
            {
                return;
            }

            s_isInstalled = true;
            if (PluginRuntimeKind.IsCollectible && AppContext.GetData(ManagedHook) is Func<Func<bool, TextWriter?>, Action> join)
            {
                // A writer of ours in the application's Console would keep this load context for ever.
                s_leave = join(static isError => CommandCall.Current is { } call ? isError ? call.Error : call.Output : null);
                return;
            }

            Console.SetOut(new Writer(isError: false));
            Console.SetError(new Writer(isError: true));
        }
    }

    /// <summary>Lets go of the application's console when no instance is left, if that is possible.</summary>
    public static void Release()
    {
        lock (s_lock)
        {
            if (--s_instances == 0 && s_leave is { } leave)
            {
                leave();
                (s_leave, s_isInstalled) = (null, false);
            }
        }
    }

    private sealed class Writer : SpanTextWriter
    {
        private readonly bool _isError;
        private TextWriter? _original;

        public Writer(bool isError)
        {
            _isError = isError;

            // Under a JIT the console is shared with the application, which may have redirected it.
            if (PluginRuntimeKind.IsShared)
            {
                _original = isError ? Console.Error : Console.Out;
            }
        }

        private TextWriter Original => _original ??= OperatingSystem.IsWindows()
            ? new StreamWriter(_isError ? Console.OpenStandardError() : Console.OpenStandardOutput()) { AutoFlush = true }
            : new SinkTextWriter(new StandardStream(_isError ? 2 : 1), autoFlush: true);

        protected override void Write(ReadOnlySpan<char> text, bool endLine)
        {
            if (CommandCall.Current is not { } call || !TryWrite(_isError ? call.Error : call.Output, text, endLine))
            {
                Write(Original, text, endLine);
            }
        }

        public override void Flush()
        {
            if (CommandCall.Current is { } call)
            {
                call.Flush(_isError);
            }
        }

        // False when the command has ended meanwhile: a task that outlives it may write at that very moment.
        private static bool TryWrite(TextWriter target, ReadOnlySpan<char> text, bool endLine)
        {
            try
            {
                Write(target, text, endLine);
                return true;
            }
            catch (ObjectDisposedException)
            {
                return false;
            }
        }

        private static void Write(TextWriter target, ReadOnlySpan<char> text, bool endLine)
        {
            if (endLine)
            {
                target.WriteLine(text);
            }
            else
            {
                target.Write(text);
            }
        }
    }
}
