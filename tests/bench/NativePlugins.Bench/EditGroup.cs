using System.Diagnostics;
using System.Text.Json;

namespace NativePlugins.Bench;

/// <summary>From saving a source file to the run of the new generation, under <c>host watch --project</c>.</summary>
internal static class EditGroup
{
    private const int RepetitionsOfOneEdit = 5;

    public static IEnumerable<ResultRow> Run(BenchFiles files, BenchOptions options)
    {
        string folder = Directory.CreateDirectory(files.EditProject).FullName;
        File.WriteAllText(Path.Combine(folder, "edited.csproj"), """
            <Project>
              <Import Project="../../../plugins-native/sdk/Sdk/Sdk.props" />
              <ItemGroup>
                <Compile Include="Edited.cs" />
              </ItemGroup>
              <Import Project="../../../plugins-native/sdk/Sdk/Sdk.targets" />
            </Project>
            """);
        int edits = Math.Max(2, options.Repetitions / RepetitionsOfOneEdit);
        Progress.Note($"edit: {edits} edits of a plugin in C#, each built by dotnet publish");
        Save(folder, 0);
        using Process host = Start(files, Path.Combine(folder, "edited.csproj"));
        Task<string> errors = host.StandardError.ReadToEndAsync();
        Next(host, errors, "ran");
        var measured = new List<(double Notice, double Build, double Reload)>();
        for (int i = 1; i <= edits; i++)
        {
            Save(folder, i);
            JsonElement phases = Next(host, errors, "reloaded").GetProperty("phase_ms");
            double notice = phases.GetProperty("notice").GetDouble();
            double build = phases.GetProperty("build").GetDouble();
            measured.Add((notice, build, phases.EnumerateObject().Sum(phase => phase.Value.GetDouble()) - notice - build));
            Next(host, errors, "ran");
            Progress.Report("edit", i, edits);
        }

        host.Kill();
        host.WaitForExit();
        Progress.Done("edit", edits);
        return
        [
            ResultRow.Compare(
                "source edit to running, C# plugin", new Series(measured.Select(edit => edit.Notice + edit.Build + edit.Reload)),
                "of that dotnet publish", new Series(measured.Select(edit => edit.Build)), "ms"),
            ResultRow.Compare(
                "the same without dotnet publish", new Series(measured.Select(edit => edit.Notice + edit.Reload)),
                "of that the reload", new Series(measured.Select(edit => edit.Reload)), "ms"),
        ];
    }

    private static void Save(string folder, int number) => File.WriteAllText(Path.Combine(folder, "Edited.cs"), $$"""
        using NativePlugins.Sdk;

        [Plugin("edited", Name = "Edited", Version = "1.0.0")]
        internal sealed class Edited : ICommand
        {
            public int Run(CommandContext context)
            {
                context.Output.WriteLine("edit {{number}}");
                return 0;
            }
        }
        """);

    private static Process Start(BenchFiles files, string project)
    {
        var start = new ProcessStartInfo(files.Host, ["watch", "--json", "--project", project])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    private static JsonElement Next(Process host, Task<string> errors, string name)
    {
        while (host.StandardOutput.ReadLine() is string line)
        {
            JsonElement found = JsonDocument.Parse(line).RootElement;
            string? kind = found.GetProperty("event").GetString();
            if (kind == name)
            {
                return found;
            }

            if (kind == "reload_failed")
            {
                throw new InvalidOperationException($"The edited plugin did not build or load: {line}");
            }
        }

        throw new InvalidOperationException($"host watch ended: {errors.Result}");
    }
}
