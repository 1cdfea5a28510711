namespace NativePlugins.EndToEnd.Tests;

/// <summary>
/// tests/fixtures/*.c, compiled once a test run by the rule in the README there, into a private directory; and the
/// launcher of <see cref="HostProcess"/>.
/// </summary>
internal static class NativeFixtures
{
    private static readonly Lazy<string> s_directory = new(CompileAll);

    public static string Directory => s_directory.Value;

    public static string Launcher => Path.Combine(Directory, "launch");

    /// <summary>Runs a program under a seccomp filter: filter.c.</summary>
    public static string Filter => Path.Combine(Directory, "filter");

    /// <summary>Runs a program as on a kernel that lacks something: without.c.</summary>
    public static string Without => Path.Combine(Directory, "without");

    /// <summary>tests/c_host: a host in C with nothing but the header.</summary>
    public static string CHost => Path.Combine(Directory, "c_host");

    /// <summary>A library that fixtures need, where the system's loader does not look.</summary>
    public static string Dependency => Path.Combine(Directory, "elsewhere", "libnp_fixture_dependency.so");

    public static string ObjectFile => Path.Combine(Directory, "echo.o");

    /// <summary>A library that is not a plugin: libz, or the mathematics of libc where it is not installed.</summary>
    public static string LibraryOfTheSystem { get; } =
        new[] { "libz.so.1", "libm.so.6" }.Select(name => Tool.Run(TestTarget.C, $"-print-file-name={name}").Trim()).First(File.Exists);

    public static string PathOf(string name) => Path.Combine(Directory, $"lib{name}.so");

    private static string CompileAll()
    {
        string directory = System.IO.Directory.CreateTempSubdirectory("native-plugins-fixtures-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => System.IO.Directory.Delete(directory, recursive: true);

        string elsewhere = System.IO.Directory.CreateDirectory(Path.Combine(directory, "elsewhere")).FullName;
        CompileLibrary("tests/fixtures/dependency/np_fixture_dependency.c", elsewhere, []);

        string[] sources = System.IO.Directory.GetFiles(Repository.PathOf("tests/fixtures"), "*.c");
        var jobs = sources
            .Select(source => (Action)(() => CompileLibrary(source, directory, FixtureFlags.Of(source).Select(flag => flag.Replace("{dependency}", elsewhere, StringComparison.Ordinal)))))
            .Append(() => CompileLibrary("tests/fixtures/abi/frozen_v1_plugin.c", directory, []))
            .Append(() => CompileLibrary("tests/contracts/contract_c.c", directory, ["-O1", "-pthread", "-I", Repository.ContractHeaders]))
            .Append(() => Compile("-c", "-I", "abi", "-I", "tests/fixtures", "-o", Path.Combine(directory, "echo.o"), "tests/fixtures/echo.c"))
            .Append(() => Compile("-std=c99", "-I", "abi", "-o", Path.Combine(directory, "c_host"), "tests/c_host/c_host.c", "-ldl"))
            .Append(() => CompileForTests("-Wall", "-Wextra", "-Werror", "-o", Path.Combine(directory, "launch"), "tests/NativePlugins.EndToEnd.Tests/Infrastructure/launch.c"))
            .Append(() => CompileForTests("-Wall", "-Wextra", "-Werror", "-o", Path.Combine(directory, "filter"), "tests/NativePlugins.EndToEnd.Tests/Infrastructure/filter.c"))
            .Append(() => CompileForTests("-Wall", "-Wextra", "-Werror", "-o", Path.Combine(directory, "without"), "tests/NativePlugins.EndToEnd.Tests/Infrastructure/without.c"));
        Parallel.ForEach(jobs, new ParallelOptions { MaxDegreeOfParallelism = 2 }, job => job());
        return directory;
    }

    private static void CompileLibrary(string source, string directory, IEnumerable<string> flags) => Compile(
        ["-shared", "-fPIC", "-fvisibility=hidden", "-I", "abi", "-I", "tests/fixtures",
         "-o", Path.Combine(directory, $"lib{Path.GetFileNameWithoutExtension(source)}.so"), source, .. flags]);

    private static void Compile(params string[] arguments) => Tool.Run(TestTarget.C, arguments);

    // What starts the programs is the tests' own.
    private static void CompileForTests(params string[] arguments) => Tool.Run("cc", arguments);
}
