using System.Diagnostics;
using System.Globalization;
using NativePlugins.Binary;
using NativePlugins.Conform;

// Compares what an inspection says about every shared library of this system with what the system's own tools say.
if (args is ["--mutants", string number, .. string[] seed])
{
    return RunMutants(int.Parse(number, CultureInfo.InvariantCulture), seed.Length == 0 ? 1 : int.Parse(seed[0], CultureInfo.InvariantCulture));
}

if (args is ["--refusals"])
{
    return CompareRefusals();
}

if (args is ["--foreign"])
{
    return CompareForeign();
}

IReadOnlyList<string> libraries = args.Length > 0 ? args : SystemLibraries.Find();
var options = new BinaryInspectionOptions();
int readelfDifferences = 0;
int lddDifferences = 0;
int lddCompared = 0;
int loaderAccepts = 0;
int wronglyRefused = 0;
int loaderRefuses = 0;
int refusedByBoth = 0;
var loader = LoaderCheck.Build();

long start = Stopwatch.GetTimestamp();
BinaryInspection[] inspections = [.. BinaryInspector.InspectAll(libraries, options)];
TimeSpan inspecting = Stopwatch.GetElapsedTime(start);
TimeSpan readelf = default;
TimeSpan ldd = default;
foreach (BinaryInspection inspection in inspections)
{
    start = Stopwatch.GetTimestamp();
    Readelf expected = Readelf.Read(inspection.Path);
    readelf += Stopwatch.GetElapsedTime(start);
    readelfDifferences += Report("readelf", inspection.Path, Comparison.WithReadelf(inspection, expected));

    start = Stopwatch.GetTimestamp();
    Ldd? paths = Ldd.Read(inspection.Path);
    ldd += Stopwatch.GetElapsedTime(start);
    if (paths is not null && inspection.Format is not null)
    {
        lddCompared++;
        lddDifferences += Report("ldd", inspection.Path, Comparison.WithLdd(inspection, paths));
    }

    if (loader is not null && loader.Accepts(inspection.Path))
    {
        loaderAccepts++;
        if (!inspection.Verdict.IsLoadable)
        {
            wronglyRefused++;
            BinaryReason reason = inspection.Verdict.Reasons[0];
            Console.WriteLine($"dlopen: {inspection.Path}: accepted, refused here: {reason.Code} {reason.Message} {reason.Found}");
        }
    }
    else if (loader is not null)
    {
        loaderRefuses++;
        refusedByBoth += inspection.Verdict.IsLoadable ? 0 : 1;
        if (inspection.Verdict.IsLoadable)
        {
            Console.WriteLine($"dlopen: {inspection.Path}: refused, and no reason found here (not counted)");
        }
    }
}

Console.WriteLine();
Console.WriteLine($"{inspections.Length} libraries inspected in {inspecting.TotalSeconds:F2} s ({inspecting.TotalMilliseconds / Math.Max(1, inspections.Length):F2} ms each); readelf {readelf.TotalSeconds:F1} s, ldd {ldd.TotalSeconds:F1} s");
Console.WriteLine($"readelf: {inspections.Length} compared, {readelfDifferences} differ");
Console.WriteLine($"ldd: {lddCompared} compared, {lddDifferences} differ");
Console.WriteLine(loader is null ? "dlopen: not compared, as there is no gcc" : $"dlopen: accepts {loaderAccepts}, {wronglyRefused} of them refused here; refuses {loaderRefuses}, {refusedByBoth} of them with a reason here");
loader?.Dispose();
int foreign = args.Length > 0 ? 0 : CompareForeign();
int refusals = args.Length > 0 ? 0 : CompareRefusals();
return readelfDifferences + lddDifferences + wronglyRefused + foreign + refusals == 0 ? 0 : 1;

// For each refusal of the loader, a library that meets it and one that does not.
static int CompareRefusals()
{
    if (RefusalRun.Obstacle is { } obstacle)
    {
        Console.WriteLine($"refusals: not compared, as {obstacle}");
        return 0;
    }

    List<string> differences = RefusalRun.Execute(RefusalCorpus.All);
    differences.ForEach(Console.WriteLine);
    Console.WriteLine($"refusals: {RefusalCorpus.All.Count} pairs, {differences.Count} disagreements");
    return differences.Count == 0 ? 0 : 1;
}

// Libraries for other systems: nothing here can load them.
static int CompareForeign()
{
    string[] missing = [.. ((string[])["llvm-objdump", "llvm-nm", "llvm-readobj", "objdump"]).Where(tool => Toolbox.Find(tool) is null)];
    if (missing.Length > 0)
    {
        Console.WriteLine($"foreign libraries: not compared, as {string.Join(", ", missing)} is not installed");
        return 0;
    }

    foreach (string name in ForeignLibraries.Names.Where(name => ForeignLibraries.MissingToolsOf(name).Count > 0))
    {
        Console.WriteLine($"fixture {name}: not compared, as {string.Join(", ", ForeignLibraries.MissingToolsOf(name))} is not installed");
    }

    string[] fixtures = [.. ForeignLibraries.Names.Where(name => ForeignLibraries.MissingToolsOf(name).Count == 0).Select(ForeignLibraries.Make)];
    int differ = ForeignRun.Execute("fixtures", [.. fixtures.SelectMany(plugin => Directory.EnumerateFiles(Path.GetDirectoryName(plugin)!)).Where(InFormat).Distinct()])
        + ForeignRun.Execute("Wine and mingw-w64", NativePackages.OfWindows())
        + ForeignRun.Execute("NuGet packages", NativePackages.OfNuGet())
        + ForeignRun.ResolveWine();
    return differ == 0 ? 0 : 1;

    static bool InFormat(string path) => Path.GetExtension(path) is ".dll" or ".dylib" or ".so";
}

static int Report(string tool, string path, List<string> differences)
{
    foreach (string difference in differences)
    {
        Console.WriteLine($"{tool}: {path}: {difference}");
    }

    return differences.Count == 0 ? 0 : 1;
}

static int RunMutants(int count, int seed)
{
    string[] bases = MutationRun.Bases(10);
    Console.WriteLine($"mutants of {string.Join(", ", bases.Select(Path.GetFileName))}");
    var run = MutationRun.Execute(bases, count, seed);
    int structureKilled = run.Killed.Count(entry => entry.Kind == MutationKind.Structure);
    foreach (string line in run.Killed.Select(entry => $"killed ({entry.Kind}): {entry.What}").Concat(run.BenignRefused.Select(text => "refused: " + text)).Concat(run.OutOfBounds.Select(text => "out of bounds: " + text)))
    {
        Console.WriteLine(line);
    }

    foreach (MutationKind kind in run.Made.Keys.Order())
    {
        Console.WriteLine($"{kind}: {run.Made[kind]} made, {run.Accepted.GetValueOrDefault(kind)} accepted ({100.0 * run.Accepted.GetValueOrDefault(kind) / run.Made[kind]:F1} %), {run.Killed.Count(entry => entry.Kind == kind)} of them killed the process");
    }

    return structureKilled + run.BenignRefused.Count + run.OutOfBounds.Count == 0 ? 0 : 1;
}
