using System.IO.Compression;

namespace NativePlugins.Outside.Tests;

/// <summary>Somebody who declares contracts, and has plugins in three languages on them.</summary>
[Collection(OutsideTests.Name)]
public class ContractAuthorTests(OutsideDirectory outside)
{
    // The managed assembly is loaded here, which takes no native compiler. In C++ the header alone is compiled.
    [ProgramFact("cc", "c++", "rustc")]
    public void The_interfaces_that_come_to_mind_first_cross_in_CSharp_C_and_Rust_and_have_a_header_for_Cpp()
    {
        string folder = outside.NewDirectory("everyday"), include = Path.Combine(folder, "include"), sdk = Sdk();
        Write(folder, "contracts/everyday.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <PluginContractHeaders>../include/</PluginContractHeaders>
                <PluginContractCpp>true</PluginContractCpp>
              </PropertyGroup>
              <ItemGroup><PackageReference Include="NativePlugins.Contracts" Version="0.0.0-packed" /></ItemGroup>
            </Project>
            """);
        Write(folder, "plugin/everyday_csharp.csproj", """
            <Project Sdk="NativePlugins.Sdk/0.0.0-packed">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><ProjectReference Include="../contracts/everyday.csproj" /></ItemGroup>
            </Project>
            """);
        Write(folder, "app/app.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="NativePlugins.Host" Version="0.0.0-packed" />
                <ProjectReference Include="../contracts/everyday.csproj" />
                <ProjectReference Include="../plugin/everyday_csharp.csproj" ReferenceOutputAssembly="false" />
              </ItemGroup>
            </Project>
            """);
        Write(folder, "contracts/Contracts.cs", Source("Contracts.cs"));
        Write(folder, "plugin/Plugin.cs", Source("Plugin.cs"));
        Write(folder, "app/Program.cs", Source("Program.cs"));
        Write(folder, "plugin.c", Source("plugin.c"));
        Write(folder, "plugin.rs", Source("plugin.rs"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "sdk"), Path.Combine(sdk, "rust"));

        outside.Dotnet(Path.Combine(folder, "app"), "build").Succeeded();
        outside.Run(
            folder, "cc", "-std=c99", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-fvisibility=hidden", "-I", Path.Combine(sdk, "include"), "-I", include,
            "-o", Platform.Library("everyday_c"), "plugin.c").Succeeded();
        outside.Run(folder, "rustc", "--edition", "2021", "--crate-type", "cdylib", "-D", "warnings", "-o", Platform.Library("everyday_rust"), "plugin.rs").Succeeded();
        outside.Run(folder, "c++", "-std=c++17", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-I", Path.Combine(sdk, "include"), "-I", include, "-x", "c++", Path.Combine(include, "everyday.hpp")).Succeeded();
        string managed = Directory.GetFiles(Path.Combine(folder, "plugin", "bin"), "everyday_csharp.dll", SearchOption.AllDirectories).Single();

        Outcome outcome = outside.Dotnet(
            Path.Combine(folder, "app"), "run", "--no-build", "--", managed, Path.Combine(folder, Platform.Library("everyday_c")), Path.Combine(folder, Platform.Library("everyday_rust")));

        Assert.Equal("C#: 38 of 38\nC: 38 of 38\nRust: 38 of 38\n", outcome.Succeeded().Output);
    }

    private static string Source(string name) => File.ReadAllText(RepositoryRoot.PathOf($"tests/NativePlugins.Outside.Tests/Everyday/{name}"));

    private static void Write(string folder, string name, string text)
    {
        string path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text.Replace("0.0.0-packed", PackedFeed.Version, StringComparison.Ordinal));
    }

    /// <summary>native/ of the package NativePlugins.Abi.</summary>
    private string Sdk()
    {
        string folder = outside.PathOf("abi");
        if (!Directory.Exists(folder))
        {
            ZipFile.ExtractToDirectory(PackedFeed.PathOf("NativePlugins.Abi"), folder);
        }

        return Path.Combine(folder, "native");
    }
}
