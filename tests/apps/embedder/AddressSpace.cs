using System.Globalization;
using NativePlugins.Host;

namespace NativePlugins.Embedder;

/// <summary>Prints how many bytes of address space a plugin takes from before its load to after its first call.</summary>
internal static class AddressSpace
{
    public static int Run(string library)
    {
        using var host = new PluginHost();
        long before = Pages();
        host.Load(library).RunCommand([], TextWriter.Null, TextWriter.Null);
        Console.WriteLine(((Pages() - before) * Environment.SystemPageSize).ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static long Pages() => long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[0], CultureInfo.InvariantCulture);
}
