namespace NativePlugins.Build;

/// <summary>The programs that the build needs: each is found, or named together with how to get it.</summary>
internal sealed record Prerequisites(string SdkVersion, string C, string Cpp, string? Rustc)
{
    public static Prerequisites Find(Workspace workspace)
    {
        var sdk = FindSdk(workspace);
        if (workspace.Target is CrossTarget target)
        {
            return new Prerequisites(sdk, target.C, target.Cpp, CrossTarget.HasRust(workspace) ? "rustc" : null);
        }

        RequireNativeLinker();
        return new Prerequisites(
            sdk,
            FindC(),
            FindCompiler("CXX", "a C++ compiler", ["c++", "g++", "clang++"]),
            Tool.Exists("rustc") ? "rustc" : null);
    }

    /// <summary>The version of the .NET SDK that is used here.</summary>
    public static string FindSdk(Workspace workspace)
    {
        var sdk = Tool.Capture(workspace, "dotnet", "--version");
        return sdk.ExitCode == 0
            ? sdk.Output.Trim()
            : throw new BuildException($"{sdk.Tail}\n\nthe .NET SDK that global.json asks for is missing. Get it: https://dotnet.microsoft.com/download/dotnet/10.0", ExitCode.PrerequisiteMissing);
    }

    /// <summary>The C compiler for this machine.</summary>
    public static string FindC() => FindCompiler("CC", "a C compiler", ["cc", "gcc", "clang"]);

    private static string FindCompiler(string variable, string what, string[] names) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } chosen
            ? chosen
            : names.FirstOrDefault(Tool.Exists)
                ?? throw new BuildException($"{what} is missing: none of {string.Join(", ", names)} is on the PATH. {HowToGetCompilers}", ExitCode.PrerequisiteMissing);

    // NativeAOT links with clang, or with gcc where clang is missing; on Windows it finds Visual Studio's linker itself.
    private static void RequireNativeLinker()
    {
        if (!OperatingSystem.IsWindows() && !Tool.Exists("clang") && !Tool.Exists("gcc"))
        {
            throw new BuildException($"NativeAOT needs clang or gcc to link, and neither is on the PATH. {HowToGetCompilers}", ExitCode.PrerequisiteMissing);
        }
    }

    private static string HowToGetCompilers =>
        OperatingSystem.IsWindows() ? "Install LLVM (winget install LLVM.LLVM) and Visual Studio's C++ build tools, which NativeAOT links with." :
        OperatingSystem.IsMacOS() ? "Install the command line tools: xcode-select --install" :
        "Install them: apt-get install gcc g++ (Debian, Ubuntu), dnf install gcc gcc-c++ (Fedora), apk add build-base (Alpine).";
}
