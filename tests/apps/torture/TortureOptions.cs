using System.Globalization;

namespace NativePlugins.Torture;

/// <summary>What to do.</summary>
internal sealed class TortureOptions
{
    public TortureOptions(string c, int cReloads, string csharp, int csharpReloads, string[] options)
    {
        (CLibrary, CReloads, CSharpLibrary, CSharpReloads) = (c, cReloads, csharp, csharpReloads);
        for (int i = 0; i < options.Length; i++)
        {
            switch (options[i])
            {
                case "--threads" when i + 1 < options.Length:
                    Threads = int.Parse(options[++i], CultureInfo.InvariantCulture);
                    break;
                case "--longest" when i + 1 < options.Length:
                    LongestCall = int.Parse(options[++i], CultureInfo.InvariantCulture);
                    break;
                case "--calls" when i + 1 < options.Length:
                    Calls = long.Parse(options[++i], CultureInfo.InvariantCulture);
                    break;
                case "--contracts" when i + 2 < options.Length:
                    (ContractsInC, ContractsInCSharp) = (options[i + 1], options[i + 2]);
                    i += 2;
                    break;
                case "--emulated":
                    IsEmulated = true;
                    break;
                case "--without-gate":
                    HasGate = false;
                    break;
                default:
                    throw new ArgumentException($"There is no option like this: {options[i]}");
            }
        }
    }

    public string CLibrary { get; }

    public int CReloads { get; }

    public string CSharpLibrary { get; }

    public int CSharpReloads { get; }

    public int Threads { get; } = 64;

    /// <summary>How long a call takes at most, in microseconds; 0 for calls that all return at once.</summary>
    public int LongestCall { get; } = 20_000;

    /// <summary>How many calls there are at least: the plugin in C is reloaded until then.</summary>
    public long Calls { get; }

    /// <summary>Plugins with the tests' contracts, whose objects, events and streams are used as well; null for none.</summary>
    public string? ContractsInC { get; }

    public string? ContractsInCSharp { get; }

    /// <summary>Whether an emulator runs this program: the memory is the emulator's too, so it is told and not judged. Mappings and threads are judged.</summary>
    public bool IsEmulated { get; }

    /// <summary>Off, calls use a service's table after its lease has ended: what this program looks for then happens.</summary>
    public bool HasGate { get; } = true;
}
