namespace NativePlugins.Build;

/// <summary><c>bindings</c>: generates the C# bindings from the header and fails when the committed ones differ.</summary>
internal static class BindingsVerb
{
    private const string GeneratorVariable = "CLANGSHARP_PINVOKE_GENERATOR";
    private const string ResponseFile = "abi/generate.rsp";
    private const string Committed = "abi/NativePlugins.Abi/NativePlugins.g.cs";
    private const string HowToGetGenerator =
        "Restore it where nuget.org is reachable (dotnet tool restore), or set " + GeneratorVariable + " to the path of a ClangSharpPInvokeGenerator executable.\n" +
        "The committed bindings were not checked. They stay as they are, and nothing but this verb needs the generator.";

    public static int Run(Workspace workspace, bool accept)
    {
        var generator = FindGenerator(workspace);
        var generated = Path.Combine(workspace.Artifacts, "bindings", "NativePlugins.g.cs");
        Step.Run("generate the bindings", () => Generate(workspace, generator, generated));

        var committed = Path.Combine(workspace.Root, Committed);
        var text = Normalise(File.ReadAllText(generated));
        if (File.Exists(committed) && text == Normalise(File.ReadAllText(committed)))
        {
            Console.WriteLine($"{Committed} is what the generator makes of abi/native_plugins.h");
            return ExitCode.Success;
        }

        if (accept)
        {
            File.WriteAllText(committed, text);
            Console.WriteLine($"{Committed} is replaced; review it and commit it together with the header");
            return ExitCode.Success;
        }

        var diff = Tool.Capture(workspace, "git", "diff", "--no-index", "--ignore-cr-at-eol", "--", Committed, workspace.Relative(generated));
        throw new BuildException(
            $"{diff.Output}\n\n{Committed} is not what the generator makes of abi/native_plugins.h.\n" +
            "If the header's change is meant, accept it with: ./build.sh bindings --accept");
    }

    private static string[] FindGenerator(Workspace workspace)
    {
        if (Environment.GetEnvironmentVariable(GeneratorVariable) is { Length: > 0 } path)
        {
            return [path];
        }

        var restore = Step.Run("restore the generator", () => Tool.Capture(workspace, "dotnet", "tool", "restore"));
        return restore.ExitCode == 0
            ? ["dotnet", "tool", "run", "ClangSharpPInvokeGenerator", "--"]
            : throw new BuildException($"{restore.Tail}\n\nClangSharpPInvokeGenerator, pinned in .config/dotnet-tools.json, cannot be restored here.\n{HowToGetGenerator}", ExitCode.PrerequisiteMissing);
    }

    private static void Generate(Workspace workspace, string[] generator, string output)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(output)!);
        File.Delete(output);
        var response = Path.Combine(Path.GetDirectoryName(output)!, "generate.rsp");
        File.WriteAllLines(response, Redirected(File.ReadAllLines(Path.Combine(workspace.Root, ResponseFile)), workspace.Relative(output)));

        var result = Tool.Capture(workspace, generator[0], [.. generator[1..], $"@{response}"]);
        if (result.ExitCode == 0 && File.Exists(output))
        {
            return;
        }

        // libClangSharp's name contains libclang's, but for the case.
        throw result.Output.Contains("DllNotFoundException", StringComparison.Ordinal) && result.Output.Contains("libclang", StringComparison.OrdinalIgnoreCase)
            ? new BuildException($"{result.Tail}\n\nthe generator starts, but does not find its native libraries (libclang, libClangSharp).\n{HowToGetGenerator}", ExitCode.PrerequisiteMissing)
            : new BuildException($"{result.Tail}\n\nfailed with exit code {result.ExitCode}: {result.CommandLine}\nMend abi/native_plugins.h or {ResponseFile}.");
    }

    private static IEnumerable<string> Redirected(string[] lines, string output) =>
        lines.Select((line, index) => index > 0 && lines[index - 1].Trim() == "--output" ? output : line);

    private static string Normalise(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);
}
