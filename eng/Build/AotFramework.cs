using System.Text.RegularExpressions;

namespace NativePlugins.Build;

/// <summary>
/// Finds out once which framework NativeAOT can target here and writes it to <c>artifacts/AotFramework.props</c>,
/// which <c>Directory.Build.props</c> imports, so that a plain <c>dotnet build</c> agrees with this program.
/// </summary>
internal static partial class AotFramework
{
    private const string Preferred = "net10.0";
    private const string Fallback = "net9.0";
    private const string FallbackWarning = Fallback + " is out of support since 2026-11-10: a fallback";

    private enum Restore { Succeeded, PackageMissing, SourceUnreachable, Failed }

    /// <summary>The framework in force, known from before or found out now.</summary>
    public static string Require(Workspace workspace, string sdkVersion)
    {
        var known = Read(workspace, sdkVersion);
        if (known is not null)
        {
            Step.Note(known == Preferred ? $"NativeAOT targets {known}" : $"NativeAOT targets {known} ({FallbackWarning})");
            return known;
        }

        return Step.Run("find out which framework NativeAOT targets here", () => Probe(workspace, sdkVersion));
    }

    private static string Probe(Workspace workspace, string sdkVersion)
    {
        var (preferred, output) = TryRestore(workspace, Preferred);
        if (preferred == Restore.Succeeded)
        {
            Write(workspace, Preferred, sdkVersion, "its NativeAOT packages restore");
            return Preferred;
        }

        var (fallback, fallbackOutput) = TryRestore(workspace, Fallback);
        if (fallback != Restore.Succeeded)
        {
            throw new BuildException(
                $"{output}\n{fallbackOutput}\n\nNativeAOT's packages cannot be restored: {Reason(preferred)} for {Preferred}, {Reason(fallback)} for {Fallback}.\n" +
                "Check that the package source in NuGet.config is reachable and carries Microsoft.DotNet.ILCompiler and Microsoft.NETCore.App.Runtime.NativeAOT.*.",
                ExitCode.PrerequisiteMissing);
        }

        Step.Note($"NativeAOT targets {Fallback}, not {Preferred}: {Reason(preferred)}. {FallbackWarning}");
        if (preferred == Restore.PackageMissing)
        {
            Write(workspace, Fallback, sdkVersion, Reason(preferred));
        }
        else
        {
            Step.Note("the answer is provisional: the next build asks again");
            Write(workspace, Fallback, "provisional", Reason(preferred));
        }

        return Fallback;
    }

    private static (Restore Outcome, string Output) TryRestore(Workspace workspace, string framework)
    {
        var runtime = workspace.Target is CrossTarget target
            ? $"<RuntimeIdentifier>{target.Rid}</RuntimeIdentifier>"
            : "<UseCurrentRuntimeIdentifier>true</UseCurrentRuntimeIdentifier>";
        var folder = Path.Combine(workspace.Artifacts, "probe", framework);
        Directory.CreateDirectory(folder);
        var project = Path.Combine(folder, "Probe.csproj");
        File.WriteAllText(project, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>{framework}</TargetFramework>
                <OutputType>Exe</OutputType>
                <PublishAot>true</PublishAot>
                {runtime}
              </PropertyGroup>
            </Project>
            """);
        var result = Tool.Capture(workspace, "dotnet", "restore", project);
        return (Classify(result), result.Tail);
    }

    private static Restore Classify(ToolResult result) =>
        result.ExitCode == 0 ? Restore.Succeeded :
        result.Output.Contains("NU1301", StringComparison.Ordinal) ? Restore.SourceUnreachable :
        MissingPackage().IsMatch(result.Output) ? Restore.PackageMissing :
        Restore.Failed;

    private static string Reason(Restore outcome) => outcome switch
    {
        Restore.PackageMissing => "the package source does not have its NativeAOT packages",
        Restore.SourceUnreachable => "the package source could not be reached",
        Restore.Failed => "the restore failed",
        _ => "it restores",
    };

    private static string PropsPath(Workspace workspace) => Path.Combine(workspace.Artifacts, "AotFramework.props");

    private static string? Read(Workspace workspace, string sdkVersion)
    {
        var path = PropsPath(workspace);
        if (!File.Exists(path))
        {
            return null;
        }

        var text = File.ReadAllText(path);
        var framework = Framework().Match(text);
        return framework.Success && text.Contains($"SDK {sdkVersion}:", StringComparison.Ordinal) ? framework.Groups[1].Value : null;
    }

    private static void Write(Workspace workspace, string framework, string sdkVersion, string reason)
    {
        var path = PropsPath(workspace);
        var temporary = path + ".new";
        File.WriteAllText(temporary, $"""
            <!-- Found out by the build with SDK {sdkVersion}: {reason}. -->
            <Project><PropertyGroup><AotFramework>{framework}</AotFramework></PropertyGroup></Project>

            """);
        File.Move(temporary, path, overwrite: true);
    }

    // NU1101: no package of that id; NU1102, NU1103: no version that satisfies.
    [GeneratedRegex("NU110[123]")]
    private static partial Regex MissingPackage();

    [GeneratedRegex("<AotFramework>(net[0-9.]+)</AotFramework>")]
    private static partial Regex Framework();
}
