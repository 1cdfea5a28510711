using System.CommandLine;
using System.CommandLine.Help;
using NativePlugins.Build;

var arguments = new Argument<string[]>("host arguments")
{
    Description = "What the host is given; `hello_world` by default. Put -- before it, so that its options stay its own.",
    Arity = ArgumentArity.ZeroOrMore,
};
var libraries = new Argument<string[]>("libraries")
{
    Description = "Only these, by absolute paths. Or `-- --mutants N [SEED]`: change one field at a time in ten libraries, N times, and load what is not refused.",
    Arity = ArgumentArity.ZeroOrMore,
};
var accept = new Option<bool>("--accept") { Description = "Replace the committed bindings by the generated ones." };
var sampleName = new Argument<string>("name") { Description = "imagetool: applies filters in four languages to a picture of 12.6 megapixels. logpipe: takes 100,000 lines of a log through plugins in three." };
var acceptPicture = new Option<bool>("--accept") { Description = "imagetool: replace the picture in the README by the one that comes out." };
var filter = new Option<string?>("--filter")
{
    Description = "Run only the tests that match, in the syntax of `dotnet test --filter`.",
};
var benchFilter = new Option<string?>("--filter") { Description = "Measure only the groups whose name matches this regular expression: start, load, call, contract, inspect, reload, edit, size." };
var repetitions = new Option<int?>("--repetitions") { Description = "How often each contestant runs, in turn with the others: at least 10; 30 by default." };
var cReloads = new Option<int>("--c") { Description = "How often the plugin in C is reloaded.", DefaultValueFactory = _ => TortureVerb.DefaultCReloads };
var csharpReloads = new Option<int>("--csharp") { Description = $"How often the plugin in C# is reloaded: at most {TortureVerb.MostCSharpReloads}, as its generations stay resident.", DefaultValueFactory = _ => TortureVerb.DefaultCSharpReloads };
var calls = new Option<long>("--calls") { Description = "How many calls there are at least: the plugin in C is reloaded until then." };
var atOnce = new Option<bool>("--at-once") { Description = "Let all calls return at once, where they take up to 20 ms: many more of them meet a reload." };
var arm64 = new Option<bool>("--arm64") { Description = "Compile for linux-arm64: on x64 its programs run under qemu." };
var seconds = new Option<int>("--seconds") { Description = "How long the storm lasts.", DefaultValueFactory = _ => StormVerb.DefaultSeconds };
var seed = new Option<int?>("--seed") { Description = "What the random numbers begin with; printed, so that a storm can be had again." };
var version = new Option<string?>("--version") { Description = "The packages' version; the one in Directory.Build.props by default." };
var quick = new Option<bool>("--quick") { Description = "Ten repetitions and a tenth of the calls: a first impression." };

var run = new Command("run", "Build, then run dist/host: the greeting of a C# plugin, unless arguments say otherwise.") { arguments };
var withWindows = new Option<bool>("--with-windows") { Description = "Run what test-windows runs as well, and count it." };
var withArm64 = new Option<bool>("--with-arm64") { Description = "Run a part of what test-arm64 runs as well, and count it; skipped where programs for arm64 do not run." };
var test = new Command("test", "Build, then run every test; the last line is `N passed, N failed`.") { filter, withWindows, withArm64 };
var testWindows = new Command("test-windows", "Build the host for win-x64 and plugins with mingw-w64, and run the tests for Windows: under Wine, or on Windows.");
var testArm64 = new Command("test-arm64", "Build for linux-arm64, and run the tests that run published programs: on x64 under qemu (Linux).") { filter };
var bindings = new Command("bindings", "Generate the C# bindings from abi/native_plugins.h and compare them with the committed ones.") { accept };
var build = new Command("build", "Build everything into dist/ (what happens when no verb is given).");
var bench = new Command("bench", "Build, then run the benchmarks; results also go to artifacts/bench/results.json.") { benchFilter, repetitions, quick };
var conform = new Command("conform", "Inspect every shared library of this system, and compare with readelf, ldd and the system's loader (Linux).") { libraries };
var torture = new Command("torture", "Build, then call two plugins, one in C and one in C#, from 64 threads while each is reloaded again and again (Linux).") { cReloads, csharpReloads, calls, atOnce, arm64 };
var storm = new Command("storm", "Build, then do with plugins at random, from twelve threads, what can be done with them, and count what is left (Linux).") { seconds, seed };
var sample = new Command("sample", "Build, then run a sample application; what it makes goes to artifacts/samples.") { sampleName, acceptPicture };
var pack = new Command("pack", "Make the NuGet packages, in artifacts/packages.") { version };
var pictures = new Command("pictures", "Build, then draw the pictures in docs/pictures from what dist/host writes (Linux).");
var checkTable = new Option<bool>("--check") { Description = "Change nothing: end with 1 if the table is not what the records say." };
var platforms = new Command("platforms", "Write what the last whole runs of the tests have counted into docs/platforms, and the table of docs/platforms.md from that.") { checkTable };
var clean = new Command("clean", "Remove artifacts/ and dist/, and forget which framework NativeAOT targets here.");

var root = new Command(OperatingSystem.IsWindows() ? "./build.ps1" : "./build.sh", "Builds, runs, tests and measures NativePlugins. Results go to dist/, all else to artifacts/.")
{
    new HelpOption(), build, run, test, testWindows, testArm64, sample, pack, bench, conform, torture, storm, pictures, platforms, bindings, clean,
};
root.SetAction(_ => Verb.Run(BuildVerb.Run));
build.SetAction(_ => Verb.Run(BuildVerb.Run));
run.SetAction(parsed => Verb.Run(workspace => RunVerb.Run(workspace, parsed.GetValue(arguments) ?? [])));
test.SetAction(parsed => Verb.Run(workspace => TestVerb.Run(workspace, parsed.GetValue(filter), parsed.GetValue(withWindows), parsed.GetValue(withArm64))));
platforms.SetAction(parsed => Verb.Run(workspace => PlatformsVerb.Run(workspace, parsed.GetValue(checkTable))));
testWindows.SetAction(_ => Verb.Run(WindowsTestVerb.Run));
testArm64.SetAction(parsed => Verb.Run(workspace => Arm64TestVerb.Run(workspace, parsed.GetValue(filter))));
bench.SetAction(parsed => Verb.Run(workspace => BenchVerb.Run(workspace, parsed.GetValue(benchFilter), parsed.GetValue(repetitions), parsed.GetValue(quick))));
conform.SetAction(parsed => Verb.Run(workspace => ConformVerb.Run(workspace, parsed.GetValue(libraries) ?? [])));
torture.SetAction(parsed => Verb.Run(workspace => TortureVerb.Run(workspace, parsed.GetValue(cReloads), parsed.GetValue(csharpReloads), parsed.GetValue(calls), parsed.GetValue(atOnce), parsed.GetValue(arm64) ? CrossTarget.Arm64 : null)));
storm.SetAction(parsed => Verb.Run(workspace => StormVerb.Run(workspace, parsed.GetValue(seconds), parsed.GetValue(seed))));
bindings.SetAction(parsed => Verb.Run(workspace => BindingsVerb.Run(workspace, parsed.GetValue(accept))));
sample.SetAction(parsed => Verb.Run(workspace => SampleVerb.Run(workspace, parsed.GetValue(sampleName)!, parsed.GetValue(acceptPicture))));
pack.SetAction(parsed => Verb.Run(workspace => PackVerb.Run(workspace, parsed.GetValue(version))));
pictures.SetAction(_ => Verb.Run(PicturesVerb.Run));
clean.SetAction(_ => Verb.Run(CleanVerb.Run));

var parse = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
var exitCode = parse.Invoke();
return parse.Errors.Count > 0 ? ExitCode.Usage : exitCode;
