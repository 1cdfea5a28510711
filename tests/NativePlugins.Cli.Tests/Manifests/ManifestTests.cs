using System.Runtime.InteropServices;

namespace NativePlugins.Cli.Tests.Manifests;

public sealed class ManifestTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public void A_file_is_replaced_as_a_whole_and_nothing_is_left_beside_it()
    {
        string path = Path.Combine(_directory, "x.json");
        File.WriteAllText(path, "something that is longer");

        AtomicFile.Write(path, "short"u8, CliErrors.ManifestWrite);

        Assert.Equal("short", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_directory));
    }

    [Fact]
    public void Where_the_file_cannot_be_named_nothing_is_left()
    {
        string path = Directory.CreateDirectory(Path.Combine(_directory, "taken")).FullName;

        ErrorReport report = Assert.Throws<CliException>(() => AtomicFile.Write(path, "x"u8, CliErrors.ManifestWrite)).Report;

        Assert.Equal(("NP8007", 74), (report.Code, report.ExitCode));
        Assert.Empty(Directory.GetFiles(_directory));
    }

    [Fact]
    public void The_childs_error_is_the_parents()
    {
        CliException e = Assert.Throws<CliException>(() => ChildAnswer.Read(
            """{"error":{"code":"NP5001","exitCode":70,"title":"t","message":"m","expected":null,"found":"f","advice":"a"}}"""));

        Assert.Equal(new ErrorReport("NP5001", 70, "t", "m") { Found = "f", Advice = "a" }, e.Report);
    }

    [Theory]
    [InlineData("debian.12-x64", Architecture.X64, "linux-x64")]
    [InlineData("linux-x64", Architecture.Arm64, "linux-arm64")]
    [InlineData("linux-musl-x64", Architecture.X64, "linux-musl-x64")]
    [InlineData("alpine.3.20-x64", Architecture.X64, "linux-musl-x64")]
    public void A_runtime_identifier_is_never_a_distributions_own(string identifier, Architecture architecture, string expected)
    {
        if (OperatingSystem.IsLinux())
        {
            Assert.Equal(expected, PortableRid.Of(identifier, architecture));
        }
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
