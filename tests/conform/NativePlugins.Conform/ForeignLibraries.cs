using System.Reflection;

namespace NativePlugins.Conform;

/// <summary>
/// Small libraries for other systems and machines, compiled from tests/fixtures/foreign with what is installed. Each is made
/// once a run, into a folder of its own, beside what it needs.
/// </summary>
internal static class ForeignLibraries
{
    private static readonly Lazy<DirectoryInfo> s_directory = new(CreateDirectory);

    private static readonly Dictionary<string, (string[] Tools, Func<string, string> Make)> s_recipes = new()
    {
        ["macos-arm64"] = (["clang", "ld64.lld"], folder => MachO(folder, "arm64")),
        ["macos-x86_64"] = (["clang", "ld64.lld"], folder => MachO(folder, "x86_64")),
        ["macos-universal"] = (["clang", "ld64.lld", "llvm-lipo"], Universal),
        ["windows-x64"] = (["clang", "lld-link"], folder => Pe(folder, "x86_64", "x64")),
        ["windows-x86"] = (["clang", "lld-link"], folder => Pe(folder, "i686", "x86")),
        ["windows-arm64"] = (["clang", "lld-link"], folder => Pe(folder, "aarch64", "arm64")),
        ["windows-x64-mingw"] = (["clang", "lld-link", "x86_64-w64-mingw32-gcc"], Mingw),
        ["linux-arm64"] = (["aarch64-linux-gnu-gcc"], folder => Elf(folder, Toolbox.Require("aarch64-linux-gnu-gcc"))),
        ["linux-x86"] = (["clang", "ld.lld"], folder => ElfByClang(folder, "i386")),
        ["linux-ppc"] = (["clang", "ld.lld"], folder => ElfByClang(folder, "powerpc")),
        ["linux-ppc64"] = (["clang", "ld.lld"], folder => ElfByClang(folder, "powerpc64")),
    };

    private static readonly Dictionary<string, Lazy<string>> s_made =
        s_recipes.ToDictionary(recipe => recipe.Key, recipe => new Lazy<string>(() => recipe.Value.Make(recipe.Key)));

    public static IEnumerable<string> Names => s_recipes.Keys;

    /// <summary>The tools that are missing to make it; empty if none is.</summary>
    public static IReadOnlyList<string> MissingToolsOf(string name) => [.. s_recipes[name].Tools.Where(tool => Toolbox.Find(tool) is null)];

    /// <summary>The path of the plugin. Do not change the file: it is shared.</summary>
    public static string Make(string name) => s_made[name].Value;

    private static string MachO(string folder, string architecture)
    {
        string inner = Dylib(folder, architecture, "helper_inner", "@loader_path/libhelper_inner.dylib");
        string helper = Dylib(folder, architecture, "helper", "@rpath/libhelper.dylib", "-reexport_library", inner);
        string optional = Dylib(folder, architecture, "optional", "@rpath/liboptional.dylib");
        return Dylib(
            folder, architecture, "plugin", "@rpath/libplugin.dylib",
            helper, "-weak_library", optional, "-rpath", "@loader_path/private", "-rpath", "@loader_path", "-rpath", "/opt/lib");
    }

    private static string Dylib(string folder, string architecture, string name, string installName, params string[] arguments)
    {
        string target = architecture + "-apple-macos12";
        string output = Path.Combine(Folder(folder), $"lib{name}.dylib");
        Run("ld64.lld",
        [
            "-arch", architecture, "-platform_version", "macos", "12.0", "12.0", "-dylib", "-install_name", installName, "-o", output,
            Object(folder, target, Source($"macos/{name}.c")), Source("macos/libSystem.tbd"), .. arguments,
        ]);
        return output;
    }

    private static string Universal(string folder)
    {
        string output = Path.Combine(Folder(folder), "libplugin.dylib");
        Run("llvm-lipo", "-create", Make("macos-x86_64"), Make("macos-arm64"), "-output", output);
        return output;
    }

    private static string Pe(string folder, string architecture, string machine)
    {
        string[] libraries = [.. ((string[])["kernel32", "helper", "later"]).Select(name => ImportLibrary(folder, architecture, machine, name))];
        return Dll(folder, machine, "plugin.dll",
        [
            Object(folder, architecture + "-pc-windows-msvc", Source("windows/plugin.c"), "-DDELAY_LOAD_HELPER"),
            .. libraries, "/delayload:later.dll", "/export:np_plugin_entry_v1",
        ]);
    }

    /// <summary>Makes the library too.</summary>
    private static string ImportLibrary(string folder, string architecture, string machine, string name)
    {
        string library = Path.Combine(Folder(folder), name + ".lib");
        string source = Source(name == "kernel32" ? "windows/kernel32.c" : "windows/helper.c");
        Dll(folder, machine, name + ".dll", Object(folder, architecture + "-pc-windows-msvc", source), "/def:" + Source($"windows/{name}.def"), "/implib:" + library);
        return library;
    }

    private static string Dll(string folder, string machine, string name, params string[] arguments)
    {
        string output = Path.Combine(Folder(folder), name);
        Run("lld-link", ["/dll", "/noentry", "/nodefaultlib", "/machine:" + machine, "/out:" + output, .. arguments]);
        return output;
    }

    /// <summary>What GNU's linker makes; its import tables, and the C runtime's, look different.</summary>
    private static string Mingw(string folder)
    {
        string output = Path.Combine(Folder(folder), "plugin.dll");
        Run("x86_64-w64-mingw32-gcc",
        [
            "-shared", "-O1", "-o", output, Source("windows/plugin.c"),
            ImportLibrary(folder, "x86_64", "x64", "helper"), ImportLibrary(folder, "x86_64", "x64", "later"),
        ]);
        return output;
    }

    private static string ElfByClang(string folder, string architecture) => Elf(
        folder, Toolbox.Require("clang"), "--target=" + architecture + "-linux-gnu", "--ld-path=" + Toolbox.Require("ld.lld"));

    private static string Elf(string folder, string compiler, params string[] target)
    {
        string helper = Path.Combine(Folder(folder), "libhelper.so");
        string plugin = Path.Combine(Folder(folder), "libplugin.so");
        string[] common = [.. target, "-shared", "-fPIC", "-nostdlib", "-O1"];
        Run(compiler, [.. common, "-Wl,-soname,libhelper.so", "-o", helper, Source("linux/helper.c")]);
        Run(compiler, [.. common, "-Wl,-soname,libplugin.so", "-Wl,-rpath,$ORIGIN", "-o", plugin, Source("linux/plugin.c"), helper]);
        return plugin;
    }

    private static string Object(string folder, string target, string source, params string[] options)
    {
        string output = Path.Combine(Folder(folder), Path.GetFileNameWithoutExtension(source) + ".o");
        Run("clang", ["--target=" + target, "-O1", "-c", "-o", output, source, .. options]);
        return output;
    }

    private static void Run(string tool, params string[] arguments)
    {
        (int status, string output) = Child.RunWithErrors(Toolbox.Require(tool), arguments);
        if (status != 0)
        {
            throw new InvalidOperationException($"{tool} {string.Join(' ', arguments)}\n{output}");
        }
    }

    private static string Folder(string name) => s_directory.Value.CreateSubdirectory(name).FullName;

    private static string Source(string name) => Path.Combine(
        typeof(ForeignLibraries).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == "RepoRoot").Value!,
        "tests", "fixtures", "foreign", name);

    private static DirectoryInfo CreateDirectory()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("foreign-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => directory.Delete(recursive: true);
        return directory;
    }
}
