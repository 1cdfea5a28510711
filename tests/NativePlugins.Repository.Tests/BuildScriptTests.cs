namespace NativePlugins.Repository.Tests;

public class BuildScriptTests
{
    private const int MostLines = 13;

    [Theory]
    [InlineData("build.sh")]
    [InlineData("build.ps1")]
    public void A_build_script_stays_short(string script) =>
        Assert.InRange(File.ReadAllLines(RepositoryFiles.PathOf(script)).Length, 1, MostLines);

    [Theory]
    [InlineData("build.sh", "exec dotnet run --project eng/Build --configuration Release -- \"$@\"")]
    [InlineData("build.ps1", "dotnet run --project eng/Build --configuration Release '--' @args")]
    public void A_build_script_hands_all_its_arguments_to_the_build_program(string script, string handover) =>
        Assert.Contains(handover, File.ReadAllLines(RepositoryFiles.PathOf(script)));

    [Theory]
    [InlineData("build.sh")]
    [InlineData("build.ps1")]
    public void A_build_script_says_how_to_get_dotnet(string script) =>
        Assert.Contains("https://dotnet.microsoft.com/download/dotnet/10.0", RepositoryFiles.Text(script), StringComparison.Ordinal);

    [Fact]
    public void Continuous_integration_calls_exactly_the_two_commands()
    {
        var calls = File.ReadAllLines(RepositoryFiles.PathOf(".ci/run")).Where(line => line.StartsWith("./build.sh", StringComparison.Ordinal));

        Assert.Equal(["./build.sh run < /dev/null", "./build.sh test --with-windows < /dev/null"], calls);
    }

    [Fact]
    public void The_workflow_calls_the_same_two_verbs()
    {
        var calls = File.ReadAllLines(RepositoryFiles.PathOf(".github/workflows/ci.yml")).Select(line => line.Trim()).Where(line => line.StartsWith("run:", StringComparison.Ordinal));

        Assert.Equal(["run: ${{ matrix.build }} run", "run: ${{ matrix.build }} test"], calls);
    }

    [Theory]
    [InlineData("build.sh")]
    [InlineData(".ci/run")]
    public void A_shell_script_may_be_executed(string script)
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.True(File.GetUnixFileMode(RepositoryFiles.PathOf(script)).HasFlag(UnixFileMode.UserExecute));
        }
    }
}
