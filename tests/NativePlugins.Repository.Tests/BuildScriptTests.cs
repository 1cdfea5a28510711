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
    public void The_workflow_calls_verbs_of_the_build_program_and_installs_what_a_container_lacks()
    {
        var calls = Lines(".github/workflows/ci.yml").Where(line => line.StartsWith("run: ", StringComparison.Ordinal)).Distinct();

        Assert.Equal(
            ["run: ${{ matrix.build }} run", "run: ${{ matrix.build }} ${{ matrix.test }}", "run: apk add --no-cache bash build-base git",
             "run: ./build.sh run", "run: ./build.sh test", "run: ./build.sh bindings"],
            calls);
    }

    [Theory]
    [InlineData("linux-x64")]
    [InlineData("linux-arm64")]
    [InlineData("linux-musl-x64")]
    [InlineData("osx-x64")]
    [InlineData("osx-arm64")]
    [InlineData("win-x64")]
    [InlineData("win-arm64")]
    public void The_workflow_runs_on(string rid) =>
        Assert.Single(Lines(".github/workflows/ci.yml"), line => line.Contains($"rid: {rid},", StringComparison.Ordinal) || line == $"name: {rid}");

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

    private static IEnumerable<string> Lines(string file) => File.ReadAllLines(RepositoryFiles.PathOf(file)).Select(line => line.Trim());
}
