using NativePlugins.Binary;

namespace NativePlugins.Conform;

/// <summary>Changes real libraries, and holds what is said about each against what the system's loader does with it.</summary>
internal sealed class MutationRun
{
    private static readonly BinaryInspectionOptions s_asLibrary = new() { RequireEntryPoint = false };

    public Dictionary<MutationKind, int> Made { get; } = [];

    public Dictionary<MutationKind, int> Accepted { get; } = [];

    /// <summary>Accepted, and killed the process: of structure, these are failures.</summary>
    public List<(MutationKind Kind, string What)> Killed { get; } = [];

    /// <summary>Changes without an effect on loading that were refused.</summary>
    public List<string> BenignRefused { get; } = [];

    /// <summary>What took over a second or 64 MB, or threw anything.</summary>
    public List<string> OutOfBounds { get; } = [];

    /// <summary>Small libraries of the system of which its loader takes a copy elsewhere.</summary>
    public static string[] Bases(int count)
    {
        using var loader = new LoaderProcess();
        return [.. SystemLibraries.Find().Where(path => new FileInfo(path).Length is > 20_000 and < 400_000)
            .Where((_, index) => index % 17 == 3).Where(path => TakesCopy(loader, path)).Take(count)];
    }

    public static MutationRun Execute(IReadOnlyList<string> bases, int count, int seed)
    {
        var run = new MutationRun();
        var random = new Random(seed);
        Mutant[] mutants = [.. bases.Select(path => new Mutant(File.ReadAllBytes(path)))];
        DirectoryInfo directory = Directory.CreateTempSubdirectory("mutants-");
        using var loader = new LoaderProcess();
        string path = "";
        IEnumerable<string> Paths()
        {
            while (true)
            {
                yield return path;
            }
        }

        // All mutants are inspected in one sequence, which reads the libraries that they need once. No two have the same path.
        using IEnumerator<BinaryInspection> inspections = BinaryInspector.InspectAll(Paths(), s_asLibrary).GetEnumerator();
        try
        {
            for (int i = 0; i < count; i++)
            {
                int index = random.Next(mutants.Length);
                path = Path.Combine(directory.FullName, $"{i}-{Path.GetFileName(bases[index])}");
                (byte[] bytes, MutationField field) = mutants[index].Make(random);
                File.WriteAllBytes(path, bytes);
                run.Judge(path, field, inspections, loader, $"mutant {i} of {bases[index]}: {field.Name} at 0x{field.Offset:X} is 0x{Convert.ToHexString(bytes.AsSpan(field.Offset, field.Width))}");
                File.Delete(path);
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }

        return run;
    }

    private static bool TakesCopy(LoaderProcess loader, string path)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("mutants-");
        try
        {
            string copy = Path.Combine(directory.FullName, Path.GetFileName(path));
            File.Copy(path, copy);
            return loader.Open(copy) == 0 && BinaryInspector.Inspect(copy, s_asLibrary).Verdict.IsLoadable;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private void Judge(
        string path, MutationField field, IEnumerator<BinaryInspection> inspections, LoaderProcess loader, string what)
    {
        Made[field.Kind] = Made.GetValueOrDefault(field.Kind) + 1;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan start = ThreadTime.Now;
        BinaryInspection inspection;
        try
        {
            inspections.MoveNext();
            inspection = inspections.Current;
        }
        catch (Exception e)
        {
            OutOfBounds.Add($"{what}: {e}");
            return;
        }

        TimeSpan took = ThreadTime.Now - start;
        if (took > TimeSpan.FromSeconds(1) || GC.GetAllocatedBytesForCurrentThread() - allocated > 64 << 20)
        {
            OutOfBounds.Add($"{what}: {took.TotalSeconds:F2} s, {GC.GetAllocatedBytesForCurrentThread() - allocated:N0} bytes");
        }

        if (!inspection.Verdict.IsLoadable)
        {
            if (field.Kind == MutationKind.Benign)
            {
                BenignRefused.Add($"{what}: {inspection.Verdict.Reasons[0].Code} {inspection.Verdict.Reasons[0].Message}");
            }

            return;
        }

        Accepted[field.Kind] = Accepted.GetValueOrDefault(field.Kind) + 1;
        if (loader.Open(path) is >= 1000 and int status)
        {
            Killed.Add((field.Kind, $"{what}: signal {status - 1000}"));
        }
    }
}
