using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using NativePlugins.Contracts.Generators;
using NativePlugins.Contracts.Tests.Generation;

namespace NativePlugins.Contracts.Tests.Headers;

/// <summary>Contracts with names that mean something to C, C++ or Rust, and their headers.</summary>
internal static class HostileNames
{
    private static readonly string[] s_headers =
    [
        "alloca", "assert", "ctype", "dirent", "endian", "errno", "fenv", "float", "inttypes", "iso646", "limits", "locale", "math", "net/if", "netdb",
        "netinet/in", "poll", "pthread", "pwd", "sched", "semaphore", "setjmp", "signal", "spawn", "stdalign", "stdarg", "stdbool", "stddef", "stdint",
        "stdio", "stdlib", "string", "strings", "sys/ioctl", "sys/mman", "sys/param", "sys/resource", "sys/select", "sys/socket", "sys/stat",
        "sys/sysmacros", "sys/time", "sys/types", "sys/uio", "sys/un", "sys/wait", "syslog", "termios", "time", "unistd", "wchar", "wctype",
    ];

    private static readonly string[] s_keywords =
        ("abstract alignas as asm async auto await become bool box char16_t char32_t char8_t class co_await co_return co_yield complex concept const consteval "
        + "constexpr constinit crate default delete do dyn enum explicit export extern false final fn for friend gen if imaginary impl import in inline int "
        + "let loop macro match mod module move mut mutable namespace new noexcept not nullptr operator or override priv private pub ref register requires "
        + "restrict return self sizeof static static_assert struct super switch template this thread_local trait true try type typedef typeid typename typeof "
        + "typeof_unqual union unsafe unsigned unsized use using virtual void volatile wchar_t where while xor yield").Split(' ');

    /// <summary>Every header of C's and the system's that is here.</summary>
    public static string Includes { get; } = string.Concat(s_headers.Select(header => $"#if __has_include(<{header}.h>)\n#include <{header}.h>\n#endif\n"));

    /// <summary>The macros that a compiler defines, by itself and with all these headers, and that can be a name of a contract.</summary>
    public static string[] MacrosOf(string compiler, string language) =>
    [
        .. Regex.Matches(Run([compiler, .. language.Split(' '), "-D_GNU_SOURCE", "-dM", "-E", "-"], Includes).Output, @"^#define ([a-z][a-z0-9_]*)\b", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value).Distinct(),
    ];

    /// <summary>All names that are tried.</summary>
    public static string[] All { get; } =
    [
        .. s_keywords.Concat(MacrosOf("cc", "-x c")).Concat(MacrosOf("c++", "-x c++ -std=gnu++20"))
            .Concat("min max near far small interface linux unix errno stdin size table fingerprints signature context result error completion size_t int32_t np_sink np_host __linux __unix__ __func__".Split(' '))
            .Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>A contract whose members, parameters and fields have these names.</summary>
    public static string Source(IEnumerable<string> names) =>
        $"namespace Hostile; public struct Fields {{ {string.Concat(names.Select(name => $"public int @{name}; "))}}} "
        + "[PluginContract(\"hostile.names\")] public partial interface IHostile { "
        + string.Concat(names.Select(name => $"int @{name}(int @{name}, Fields other, string text); ")) + "}";

    public static ContractModel Read(string source)
    {
        INamedTypeSymbol type = ContractCompilation.Of(source).GetSymbolsWithName("IHostile", SymbolFilter.Type).OfType<INamedTypeSymbol>().First();
        ContractModel? model = ContractReader.Read(type, ContractAttribute.Of(type)!, out IReadOnlyList<Problem> problems);
        Assert.Equal([], problems.Select(problem => problem.ToDiagnostic().GetMessage()));
        return model!;
    }

    /// <summary>Runs a program with a text on its standard input.</summary>
    public static (int Status, string Output, string Errors) Run(string[] command, string input)
    {
        ProgramRun run = ProgramRun.Of(new ProcessStartInfo(command[0], command.Skip(1)), input);
        return (run.ExitCode, run.Output, run.Error);
    }
}
