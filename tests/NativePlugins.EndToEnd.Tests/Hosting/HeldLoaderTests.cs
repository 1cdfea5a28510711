namespace NativePlugins.EndToEnd.Tests;

/// <summary>
/// Libraries whose constructors or destructors do not return, in applications of their own. With NativeAOT: under CoreCLR whatever
/// function of the system is called for the first time then waits for the loader too.
/// </summary>
[Trait("Category", "Published")]
public class HeldLoaderTests
{
    [Theory]
    [InlineData("constructor_hangs", "NP3017, libconstructor_hangs.so")]
    [InlineData("destructor_hangs", "done")]
    public void Others_are_refused_at_once_with_its_name_and_what_is_loaded_goes_on(string fixture, string own)
    {
        using var scratch = new Scratch();
        string[] command = ["held-loader", scratch.Fixture(fixture), scratch.Fixture("echo"), scratch.Fixture("counters")];

        HostResult result = HostProcess.RunProgram(Repository.NativeEmbedder, new HostEnvironment(), command);

        Assert.Equal(
            $"""
            begins
            culprit: {own}
            held by lib{fixture}.so, 1 stuck
            next: NP3017, lib{fixture}.so
            next, on another thread: NP3017, lib{fixture}.so
            {HostProcess.Run(NativeFixtures.PathOf("echo")).Output}Disposed
            ends

            """,
            result.Exits(7).Output);
    }
}
