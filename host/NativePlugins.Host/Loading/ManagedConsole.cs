using System.Globalization;
using System.Text;

namespace NativePlugins.Host.Loading;

/// <summary>
/// Lets the commands of managed plugins write to Console.Out and Console.Error as those of published ones do. The writers that the process
/// keeps are of this assembly: one of a plugin's own would keep the plugin's load context.
/// </summary>
internal static class ManagedConsole
{
    /// <summary>
    /// The name in AppContext under which an SDK in a load context finds how to take part. It is called with a function that tells the writer
    /// of the current command, or null, for standard error (true) or standard output, and returns what ends that.
    /// </summary>
    private const string Hook = "NativePlugins.ManagedConsole";

    private static readonly Lock s_lock = new();
    private static Func<bool, TextWriter?>[] s_plugins = [];
    private static bool s_isInstalled;

    /// <summary>Offers it to the plugins that are loaded from now on.</summary>
    public static void Install() => AppContext.SetData(Hook, (Func<Func<bool, TextWriter?>, Action>)Register);

    private static Action Register(Func<bool, TextWriter?> plugin)
    {
        lock (s_lock)
        {
            if (!s_isInstalled)
            {
                s_isInstalled = true;
                Console.SetOut(new Router(isError: false, Console.Out));
                Console.SetError(new Router(isError: true, Console.Error));
            }

            s_plugins = [.. s_plugins, plugin];
        }

        return () => Remove(plugin);
    }

    private static void Remove(Func<bool, TextWriter?> plugin)
    {
        lock (s_lock)
        {
            s_plugins = [.. s_plugins.Where(other => other != plugin)];
        }
    }

    /// <summary>Writes to the command that runs on the current flow, and elsewhere to what was there before.</summary>
    private sealed class Router(bool isError, TextWriter original) : TextWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => original.Encoding;

        public override void Write(char value) => Write(new ReadOnlySpan<char>(in value));

        public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

        public override void Write(string? value) => Write(value.AsSpan());

        public override void Write(ReadOnlySpan<char> buffer)
        {
            try
            {
                (Current ?? original).Write(buffer);
            }
            catch (ObjectDisposedException)
            {
                // A task that outlives its command writes at the moment of its end.
                original.Write(buffer);
            }
        }

        public override void Flush() => (Current ?? original).Flush();

        private TextWriter? Current
        {
            get
            {
                foreach (Func<bool, TextWriter?> plugin in Volatile.Read(ref s_plugins))
                {
                    if (plugin(isError) is TextWriter writer)
                    {
                        return writer;
                    }
                }

                return null;
            }
        }
    }
}
