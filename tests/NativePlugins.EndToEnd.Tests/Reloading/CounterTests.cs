namespace NativePlugins.EndToEnd.Tests;

/// <summary>The samples with state, and a version 2 of each that takes over what version 1 has saved.</summary>
[Trait("Category", "Published")]
public class CounterTests
{
    private const string InC = """
        run 1
        run 2
        generation 2, version 2.0.0, the old one is Unmapped
        run 3, longest argument 3
        run 4, longest argument 3
        generation 3, version 2.0.0, the old one is Unmapped
        run 5, longest argument 3
        run 6, longest argument 3
        NP7006, generation 3, version 2.0.0
        run 7, longest argument 3
        run 8, longest argument 3
        resident 0

        """;

    private const string InCSharp = """
        run 1
        run 2
        generation 2, version 2.0.0, the old one is Resident
        run 3, 1 by ada
        run 4, 2 by ada
        generation 3, version 2.0.0, the old one is Resident
        run 5, 3 by ada
        run 6, 4 by ada
        NP7006, generation 3, version 2.0.0
        run 7, 5 by ada
        run 8, 6 by ada
        resident 4

        """;

    [Theory]
    [MemberData(nameof(Runtimes.AreNative), MemberType = typeof(Runtimes))]
    public void The_counter_in_C_goes_on_counting_and_keeps_version_2(bool isNative)
    {
        using var scratch = new Scratch();
        string version1 = Path.Combine(Repository.Dist, "libcounter_c.so"), version2 = scratch.PathOf("libcounter_c_2.so");
        Tool.Run(TestTarget.C, "-std=c99", "-shared", "-fPIC", "-fvisibility=hidden", "-I", "abi", "-o", version2, "plugins-native/counter_c/version_2/counter_c.c");

        Assert.Equal(InC, Reload(scratch, isNative, version1, version2));
    }

    [Theory]
    [MemberData(nameof(Runtimes.AreNative), MemberType = typeof(Runtimes))]
    public void The_counter_in_CSharp_goes_on_counting_and_keeps_version_2(bool isNative)
    {
        using var scratch = new Scratch();

        Assert.Equal(InCSharp, Reload(scratch, isNative, Path.Combine(Repository.Dist, "libcounter.so"), Repository.Counter2));
    }

    // Version 1, 2, 2 again, and back to 1, which does not know the state of version 2.
    private static string Reload(Scratch scratch, bool isNative, string version1, string version2)
    {
        string installed = Path.Combine(scratch.Folder("plugins"), Path.GetFileName(version1));
        File.Copy(version1, installed);
        if (File.Exists(Path.ChangeExtension(version2, ".plugin.json")))
        {
            File.Copy(Path.ChangeExtension(version1, ".plugin.json"), Path.ChangeExtension(installed, ".plugin.json"));
        }

        string[] command = ["reload", installed, scratch.Folder("staging"), version2, version2, version1];
        HostResult result = isNative
            ? HostProcess.RunProgram(Repository.NativeEmbedder, new HostEnvironment(), command)
            : HostProcess.RunProgram(Environment.ProcessPath!, new HostEnvironment(), [Repository.ManagedEmbedder, .. command]);
        return result.Exits(0).Output;
    }
}
