namespace NativePlugins.Outside.Tests;

/// <summary>The first hour of somebody whose application loads plugins.</summary>
[Collection(OutsideTests.Name)]
public class ApplicationAuthorTests(OutsideDirectory outside)
{
    private const string Program = """
        using NativePlugins.Host;

        var options = new PluginHostOptions();
        options.Directories.Add(args[0]);
        await using var host = new PluginHost(options);
        try
        {
            return host.Load(args[1]).RunCommand(args[2..], Console.Out, Console.Error);
        }
        catch (PluginException refusal)
        {
            Console.Error.WriteLine(refusal.Message);
            return refusal.Error.ExitCode;
        }
        """;

    private const string ManyProgram = """
        using NativePlugins.Host;

        string folder = Directory.CreateTempSubdirectory().FullName;
        await using var host = new PluginHost();
        for (int i = 0; i < 50; i++)
        {
            string copy = Path.Combine(folder, i + Path.GetExtension(args[0]));
            File.Copy(args[0], copy);
            host.Load(copy);
        }

        Directory.Delete(folder, recursive: true);
        string? nothing = null;
        try
        {
            _ = nothing!.Length;
        }
        catch (NullReferenceException)
        {
            Console.WriteLine($"{host.Plugins.Count}, caught");
        }
        """;

    [AotFact]
    public void A_program_of_fifteen_lines_runs_a_plugin_under_the_JIT_and_as_native_code()
    {
        Assert.InRange(Program.Split('\n').Length, 1, 15);
        string plugins = Publish();
        string application = NewApplication("App");

        Assert.Equal("Hello, Ada!\n", outside.Dotnet(application, "run", "--", plugins, "Hello", "Ada").Succeeded().Output);

        outside.Dotnet(application, "publish", "-p:PublishAot=true", "-p:UseCurrentRuntimeIdentifier=true").Succeeded();
        string native = Path.Combine(application, "bin", "Release", "net10.0", Platform.Rid, "publish", "App");
        Assert.Equal("Hello, Ada!\n", outside.Run(outside.Root, native, plugins, "Hello", "Ada").Succeeded().Output);
        Assert.False(File.Exists(native + ".dll"));
        Assert.Equal(OperatingSystem.IsLinux(), File.Exists(Path.Combine(Path.GetDirectoryName(native)!, "libnative_plugins_signals.so")));
        outside.Run(outside.Root, native, plugins, "Hallo").FailedWith("Hallo", "Hello");
    }

    [AotFact]
    public void A_program_under_the_JIT_carries_more_plugins_than_its_signal_stack_holds()
    {
        string library = Path.Combine(Publish(), Platform.Library("Hello"));
        string application = NewApplication("Many");
        File.WriteAllText(Path.Combine(application, "Program.cs"), ManyProgram);

        Assert.Equal("50, caught\n", outside.Dotnet(application, "run", "--", library).Succeeded().Output);
    }

    [Fact]
    public void What_an_inspection_returns_is_found_where_the_inspection_is()
    {
        string application = NewApplication("Inspect");
        File.WriteAllText(Path.Combine(application, "Program.cs"), """
            using NativePlugins.Host;

            BinaryInspection inspection = PluginBinary.Inspect(args[0]);
            Console.WriteLine(inspection.Verdict.Reasons[0].Code);
            """);

        Assert.Equal("NP1001\n", outside.Dotnet(application, "run", "--", Path.Combine(application, "nothing.so")).Succeeded().Output);
    }

    /// <summary>The plugin from the template, published.</summary>
    private string Publish()
    {
        outside.Dotnet(outside.Hello, "publish").Succeeded();
        return Path.Combine(outside.Hello, "bin", "Release", "net10.0", Platform.Rid, "publish");
    }

    private string NewApplication(string name)
    {
        string folder = outside.NewDirectory(name);
        File.WriteAllText(Path.Combine(folder, $"{name}.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), Program);
        outside.Dotnet(folder, "add", "package", "NativePlugins.Host").Succeeded();
        return folder;
    }
}
