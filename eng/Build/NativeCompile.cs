namespace NativePlugins.Build;

/// <summary>Compiles the plugins written in C, C++ and Rust, has the host write their manifests, and puts both into one folder.</summary>
/// <param name="folder">Where the plugins' sources are; those below it in <paramref name="except"/> are left out.</param>
/// <param name="target">Where the libraries go.</param>
internal sealed class NativeCompile(Workspace workspace, Prerequisites tools, string folder, string[] except, string target)
{
    private static readonly string[] s_warnings = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"];

    public void Run()
    {
        var samples = workspace.Files(folder, "plugin.build.json")
            .Where(path => !except.Any(other => workspace.Relative(path).StartsWith(other + "/", StringComparison.Ordinal)))
            .Select(path => NativeSample.Read(workspace, path)).ToList();
        foreach (var skipped in samples.Where(sample => !CanCompile(sample)))
        {
            Step.Note($"skipped {skipped.Id}: rustc{(workspace.Target is CrossTarget target ? $" for {target.Rid}" : "")} is missing (get it from https://rustup.rs)");
        }

        var stale = samples.Where(CanCompile).Select(sample => (Sample: sample, Inputs: Inputs(sample)))
            .Where(work => !Record(work.Sample).IsCurrent(work.Inputs)).ToList();
        if (stale.Count > 0)
        {
            Step.Run($"compile {string.Join(", ", stale.Select(work => work.Sample.Id))}", () =>
                Step.ForEach(stale, work => Build(work.Sample, work.Inputs)));
        }
    }

    private bool CanCompile(NativeSample sample) => sample.Language != "rust" || tools.Rustc is not null;

    private void Build(NativeSample sample, string inputs)
    {
        var stage = workspace.Stage(sample.Id);
        var library = Path.Combine(stage, Workspace.Library(sample.Id));
        Distribution.CreateDirectory(stage);
        var scratch = Path.Combine(workspace.Artifacts, "obj", sample.Id);
        Directory.CreateDirectory(scratch);

        var (compiler, arguments) = CommandLine(sample, library);
        Tool.Require(
            workspace, $"Mend {workspace.Relative(sample.Folder)}; plugins-native/README.md says how such a plugin is built.",
            compiler, arguments.Select(argument => argument.Replace("{obj}", scratch, StringComparison.Ordinal).Replace("{root}", workspace.Root, StringComparison.Ordinal)));
        Tool.Require(
            workspace, $"The plugin compiles, but the host does not accept it: `{workspace.Relative(workspace.Host)} manifest` says why.",
            workspace.Host, "manifest", library);

        var record = Record(sample);
        string[] staged = [library, Path.ChangeExtension(library, ".plugin.json")];
        record.Save(inputs, new Distribution(workspace, target).Publish(staged, record.Outputs()));
    }

    private (string Compiler, IEnumerable<string> Arguments) CommandLine(NativeSample sample, string library)
    {
        var sources = sample.Sources.Select(source => Path.Combine(sample.Folder, source));
        string[] position = OperatingSystem.IsWindows() ? [] : ["-fPIC"];
        string[] native = ["-O2", "-g", .. position, "-shared", "-fvisibility=hidden", .. s_warnings, "-Iabi", "-o", library, .. sources, .. sample.AllArguments()];
        return sample.Language switch
        {
            "c" => (tools.C, ["-std=c99", .. native]),
            "cpp" => (tools.Cpp, ["-std=c++17", .. Unshared(sample), .. native]),
            _ => (tools.Rustc!, [.. workspace.Target?.RustArguments ?? [], "--edition", "2021", "--crate-type", "cdylib", "-O", "-D", "warnings", "-o", library, .. sources, .. sample.AllArguments()]),
        };
    }

    // g++ on Linux lets the loader share inline variables and statics of inline functions between libraries. clang does not.
    private string[] Unshared(NativeSample sample) =>
        OperatingSystem.IsLinux() && !CompilerVersion(sample).Contains("clang", StringComparison.OrdinalIgnoreCase) ? ["-fno-gnu-unique"] : [];

    // Any header or Rust file of contracts, any file of the plugin's folder, any file that plugins share, the compiler, and the host that writes the manifest.
    private string Inputs(NativeSample sample) =>
        Record(sample).Of(
            workspace.Files("abi", "*.h")
                .Concat(sample.NeedsContracts ? workspace.Files("artifacts/include", "*") : [])
                .Concat(workspace.Files(workspace.Relative(sample.Folder), "*"))
                .Concat(workspace.Files("plugins-native/sdk", "*"))
                .Append(workspace.Host),
            CompilerVersion(sample));

    private string CompilerVersion(NativeSample sample)
    {
        var compiler = sample.Language switch { "c" => tools.C, "cpp" => tools.Cpp, _ => tools.Rustc! };
        return Tool.Capture(workspace, compiler, "--version").Output;
    }

    private Fingerprint Record(NativeSample sample) => new(workspace, $"native-{sample.Id}");
}
