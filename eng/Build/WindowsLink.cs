using System.Text.RegularExpressions;

namespace NativePlugins.Build;

/// <summary>
/// Links what NativeAOT has compiled for win-x64, without Windows: LLVM's linker, the import archives of mingw-w64, and the parts of the
/// C runtime in <c>tests/windows-link</c>. For tests only: what ships for Windows is linked on Windows.
/// </summary>
internal sealed partial class WindowsLink(Workspace workspace)
{
    private const string Sources = "tests/windows-link";
    private const string ImportTool = "x86_64-w64-mingw32-dlltool";

    private static readonly string[] s_compile =
    [
        "--target=x86_64-pc-windows-msvc", "-std=c++17", "-O1", "-ffreestanding", "-fno-builtin", "-fno-exceptions", "-fno-rtti", "-fms-extensions",
        "-fno-stack-protector", "-Wall", "-Wextra", "-Werror", "-c",
    ];

    // The archives that NativeAOT's targets name, under the names of the system's libraries; ucrt is called otherwise.
    private static readonly string[] s_imports =
    [
        "advapi32", "bcrypt", "crypt32", "iphlpapi", "kernel32", "mswsock", "ncrypt", "normaliz", "ntdll", "ole32", "oleaut32", "secur32", "user32",
        "version", "ws2_32",
    ];

    /// <summary>What is missing here, as packages of Debian; nothing on Windows.</summary>
    public static IEnumerable<string> Missing =>
        OperatingSystem.IsWindows() ? [] : new[] { ("clang", Newest("clang")), ("lld", Newest("lld-link")) }.Where(tool => tool.Item2 is null).Select(tool => tool.Item1);

    /// <summary>Makes what is linked in, and returns the properties of MSBuild that make <c>dotnet publish</c> link with it; none on Windows.</summary>
    public IEnumerable<string> Prepare()
    {
        if (OperatingSystem.IsWindows())
        {
            return [];
        }

        Directory.CreateDirectory(Libraries);
        foreach (var source in workspace.Files(Sources, "*.cpp"))
        {
            Make("Install clang.", Newest("clang")!, [.. s_compile, "-o", Part(Path.GetFileNameWithoutExtension(source)), source]);
        }

        foreach (var definition in workspace.Files(Sources, "*.def"))
        {
            Make("Install mingw-w64.", ImportTool, ["-d", definition, "-l", Path.Combine(Libraries, Path.GetFileNameWithoutExtension(definition) + ".lib")]);
        }

        foreach (var name in s_imports)
        {
            File.Copy(Archive(name), Path.Combine(Libraries, name + ".lib"), overwrite: true);
        }

        File.Copy(Archive("ucrtbase"), Path.Combine(Libraries, "ucrt.lib"), overwrite: true);
        return
        [
            $"-p:CustomAfterMicrosoftCommonTargets={Path.Combine(workspace.Root, Sources, "WindowsLink.targets")}",
            $"-p:WindowsLinkFolder={Folder}/", $"-p:WindowsLinker={Newest("lld-link")}",
        ];
    }

    /// <summary>Links the library that checks what is linked in; after <see cref="Prepare"/>.</summary>
    public void MakeCheck(string library)
    {
        Make("Install lld.", Newest("lld-link")!,
            ["/nologo", "/dll", "/nodefaultlib", "/entry:_DllMainCRTStartup", $"/out:{library}",
             Part("link_check"), Part("crt"), Part("checks"), Part("dll"), $"/libpath:{Libraries}", "ucrt.lib", "kernel32.lib", "vcruntime.lib"]);
    }

    private string Folder => Path.Combine(workspace.Artifacts, "windows", "link");

    private string Libraries => Path.Combine(Folder, "lib");

    private string Part(string name) => Path.Combine(Folder, name + ".obj");

    private string Archive(string name) =>
        Tool.Require(workspace, "Install mingw-w64.", "x86_64-w64-mingw32-gcc", $"-print-file-name=lib{name}.a").Trim();

    private void Make(string advice, string tool, string[] arguments) => Tool.Require(workspace, advice, tool, arguments);

    // Debian's packages have the version in the program's name.
    private static string? Newest(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, program + "*"))
            .Where(path => Path.GetFileName(path) is var name && (name == program || Version().IsMatch(name[program.Length..])))
            .MaxBy(path => Path.GetFileName(path) == program ? int.MaxValue : int.Parse(Path.GetFileName(path)[(program.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture));

    [GeneratedRegex("^-[0-9]{1,4}$")]
    private static partial Regex Version();
}
