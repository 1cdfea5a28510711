using System.Runtime.CompilerServices;
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
    private static int s_installed;

    public static void Install()
    {
        if (Interlocked.Exchange(ref s_installed, 1) == 0)
        {
            Console.SetOut(new Writer(isError: false));
            Console.SetError(new Writer(isError: true));
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
            if (RuntimeFeature.IsDynamicCodeSupported)
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
