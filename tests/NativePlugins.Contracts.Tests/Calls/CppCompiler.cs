using System.Diagnostics;

namespace NativePlugins.Contracts.Tests.Calls;

/// <summary>A C++ compiler, with the headers for plugins and the header of the test contracts.</summary>
internal static class CppCompiler
{
    // Without optimization: half of the time goes into that.
    private static readonly string[] s_flags = ["-std=c++17", "-O0", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror", "-fvisibility=hidden", "-pthread"];

    /// <summary>Those that are installed: g++ and clang++, that one also by the name with a version that Debian gives it.</summary>
    public static IReadOnlyList<string> All { get; } = TestTarget.Rid is null ? [.. new[] { Find("g++"), Find("clang++") }.OfType<string>()] : [TestTarget.Cpp];

    /// <summary>Whether there is one.</summary>
    public static bool IsHere => All.Count > 0;

    /// <summary>Compiles a library; a warning is an error.</summary>
    public static void Build(string output, string source, params string[] include)
    {
        ProgramRun run = Run(All[0], ["-shared", "-fPIC", "-o", output, source], include);
        if (run.ExitCode != 0)
        {
            throw new InvalidOperationException(run.Error);
        }
    }

    /// <summary>Compiles a program; a warning is an error.</summary>
    public static void BuildProgram(string output, string source)
    {
        ProgramRun run = Run(All[0], ["-o", output, source], []);
        if (run.ExitCode != 0)
        {
            throw new InvalidOperationException(run.Error);
        }
    }

    /// <summary>Checks a source without compiling it to anything.</summary>
    public static ProgramRun Check(string compiler, string source, params string[] include) => Run(compiler, ["-fsyntax-only", source], include);

    private static ProgramRun Run(string compiler, string[] arguments, string[] include) => ProgramRun.Of(new ProcessStartInfo(
        compiler,
        [
            .. s_flags, .. new[] { Repository.PathOf("abi"), Repository.PathOf("plugins-native/sdk/cpp"), Repository.HeaderDirectory }.Concat(include).SelectMany(folder => new[] { "-I", folder }),
            .. arguments,
        ]));

    /// <summary>A program of that name, or of that name with a version, in PATH.</summary>
    public static string? Find(string name) => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, $"{name}*"))
        .Where(path => Path.GetFileNameWithoutExtension(path) is var file && (file == name || (file.StartsWith($"{name}-", StringComparison.Ordinal) && file[(name.Length + 1)..].All(char.IsAsciiDigit))))
        .MinBy(path => path.Length);
}

/// <summary>A test that needs a C++ compiler; it is skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CppFactAttribute : FactAttribute
{
    public CppFactAttribute() => Skip = CppCompiler.IsHere ? null : "neither g++ nor clang++ is installed";
}

/// <summary>The same with values.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CppTheoryAttribute : TheoryAttribute
{
    public CppTheoryAttribute() => Skip = CppCompiler.IsHere ? null : "neither g++ nor clang++ is installed";
}

/// <summary>A test of what g++ makes on Linux, and nm shows; elsewhere it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class GccFactAttribute : FactAttribute
{
    public GccFactAttribute() => Skip = OperatingSystem.IsLinux() && CppCompiler.Find("g++") is not null && CppCompiler.Find("nm") is not null ? null : "this is no Linux with g++ and nm";
}
