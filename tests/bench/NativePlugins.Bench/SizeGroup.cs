namespace NativePlugins.Bench;

/// <summary>Sizes on disk, symbols aside. The JIT host's are without the shared .NET runtime that it needs.</summary>
internal static class SizeGroup
{
    public static IEnumerable<ResultRow> Run(BenchFiles files)
    {
        if (File.Exists(files.RustHost))
        {
            yield return Row("size of the host", files.Host, "Rust host", files.RustHost);
            yield return Row("size of the C# plugin", files.HelloWorld, "Rust plugin", files.RustPlugin);
        }

        yield return Row("size of the host", files.Host, "bare NativeAOT host", files.AotHost);
        yield return ResultRow.CompareSizes(
            "size of host and C# plugin", Mebibytes(files.Host, files.HelloWorld),
            "JIT host and plugin, without runtime", Mebibytes([.. Assemblies(files.AlcHost), .. Assemblies(files.AlcPlugin)]), "MiB");
        yield return ResultRow.CompareSizes(
            "size of host and C# plugin", Mebibytes(files.Host, files.HelloWorld),
            "JIT host and plugin, with runtime",
            Mebibytes([.. Assemblies(files.AlcHost), .. Assemblies(files.AlcPlugin), .. Directory.GetFiles(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory())]), "MiB");
    }

    private static ResultRow Row(string name, string ours, string peerName, string peer) =>
        ResultRow.CompareSizes(name, Mebibytes(ours), peerName, Mebibytes(peer), "MiB");

    private static double Mebibytes(params IEnumerable<string> files) => files.Sum(file => new FileInfo(file).Length) / (1024.0 * 1024.0);

    private static IEnumerable<string> Assemblies(string program) =>
        Directory.GetFiles(Path.GetDirectoryName(program)!).Where(file => Path.GetExtension(file) != ".pdb");
}
