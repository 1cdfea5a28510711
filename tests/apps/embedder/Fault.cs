using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativePlugins.Host;

namespace NativePlugins.Embedder;

/// <summary>Makes faults in the application itself, and runs a plugin's command in one call.</summary>
internal static class Fault
{
    public static string CatchNullReference()
    {
        try
        {
            return LengthOf(null!);
        }
        catch (NullReferenceException)
        {
            return "caught";
        }
    }

    public static string CatchDivision(int divisor)
    {
        try
        {
            return $"{1 / divisor}";
        }
        catch (DivideByZeroException)
        {
            return "caught";
        }
    }

    public static int Overflow(int depth) => depth == 0 ? 0 : Overflow(depth + 1) + depth;

    public static void CallNothing() => Marshal.GetDelegateForFunctionPointer<Action>(1)();

    public static void Abort() => OfLibc<Action>("abort")();

    public static void Raise(int signal) => OfLibc<RaiseFunction>("raise")(signal);

    /// <summary>Calls a function of a plugin's table test.add/1, as tests/fixtures/test_add.h declares it.</summary>
    public static unsafe int Add(Plugin plugin, int number)
    {
        using PluginServiceLease lease = plugin.GetService("test.add/1").Enter();
        var table = (void**)lease.Table;
        return ((delegate* unmanaged[Cdecl]<void*, int, int, int>)table[2])(table[1], number, 0);
    }

    /// <summary>Runs a plugin's command and returns what it has written.</summary>
    public static string Run(Plugin plugin, params string[] arguments)
    {
        using var output = new StringWriter();
        plugin.RunCommand(arguments, output, output);
        return output.ToString().Trim();
    }

    /// <summary>Loads copies of a library, which stay mapped; hundreds of them need not stay on the disk.</summary>
    public static IEnumerable<Plugin> LoadCopies(PluginHost host, string library, int count)
    {
        string directory = Directory.CreateTempSubdirectory("embedder-").FullName;
        try
        {
            for (int i = 0; i < count; i++)
            {
                string copy = Path.Combine(directory, $"libcopy{i}.so");
                File.Copy(library, copy);
                Plugin plugin = host.Load(copy);
                File.Delete(copy);
                yield return plugin;
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static T OfLibc<T>(string name) =>
        Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), name));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string LengthOf(string text) => $"{text.Length}";

    private delegate int RaiseFunction(int signal);
}
