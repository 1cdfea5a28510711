using System.Reflection;

namespace NativePlugins.Outside.Tests;

/// <summary>Somebody who wants to know what libraries need, and has nothing to do with plugins.</summary>
[Collection(OutsideTests.Name)]
public class BinaryReaderTests(OutsideDirectory outside)
{
    private const string Program = """
        using NativePlugins.Binary;

        foreach (string path in args)
        {
            BinaryInspection library = BinaryInspector.Inspect(path);
            foreach (BinaryDependency needed in library.Dependencies.Where(needed => needed.IsDirect))
            {
                Console.WriteLine($"{library.System} {needed.Name} {needed.Reason}");
            }
        }
        """;

    /// <summary>A package of Microsoft's that every test project has, with libraries for three systems.</summary>
    private static string Libraries { get; } = typeof(BinaryReaderTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "LibrariesOfThreeSystems").Value!;

    [AotFact]
    public void A_program_as_native_code_lists_what_libraries_of_three_systems_need_and_is_compiled_without_a_warning()
    {
        string folder = outside.NewDirectory("Needs");
        File.WriteAllText(Path.Combine(folder, "Needs.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <PublishAot>true</PublishAot>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), Program);
        outside.Dotnet(folder, "add", "package", "NativePlugins.Binary").Succeeded();
        Outcome published = outside.Dotnet(folder, "publish", "-p:UseCurrentRuntimeIdentifier=true").Succeeded();
        Assert.DoesNotContain("warning", published.Output, StringComparison.OrdinalIgnoreCase);

        string[] lines = outside.Run(
            outside.Root, Path.Combine(folder, "bin", "Release", "net10.0", Platform.Rid, "publish", "Needs"),
            Path.Combine(Libraries, "ubuntu", "x64", "libCoverageInstrumentationMethod.so"),
            Path.Combine(Libraries, "macos", "x64", "libCoverageInstrumentationMethod.dylib"),
            Path.Combine(Libraries, "CodeCoverage", "amd64", "covrun64.dll")).Succeeded().Output.Split('\n');

        Assert.Contains(lines, line => line.StartsWith("Linux libc.so.6 ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("macOS /usr/lib/libSystem.B.dylib ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("Windows KERNEL32.dll ", StringComparison.OrdinalIgnoreCase));
    }
}
