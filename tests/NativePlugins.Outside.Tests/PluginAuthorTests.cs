namespace NativePlugins.Outside.Tests;

/// <summary>The first hour of somebody who writes a plugin in C#.</summary>
[Collection(OutsideTests.Name)]
public class PluginAuthorTests(OutsideDirectory outside)
{
    [AotFact]
    public void From_the_template_over_an_edit_and_its_tests_to_a_run_and_a_list()
    {
        string hello = outside.NewPlugin("Greetings");
        Edit(Path.Combine(hello, "Greeter.cs"), "\"Hello\"", "\"Good morning\"");

        outside.Dotnet(hello, "test").FailedWith("Hello, Ada!", "Good morning, Ada!");
        Edit(Path.Combine(hello, "Greetings.Tests", "GreeterTests.cs"), "Hello, Ada!", "Good morning, Ada!");
        Assert.Contains("Passed:     4", outside.Dotnet(hello, "test").Succeeded().Output, StringComparison.Ordinal);
        Assert.EndsWith("\nGood morning, b c!\n", outside.Dotnet(hello, "run", "--", "b c", "--json").Succeeded().Output, StringComparison.Ordinal);
        string built = Path.Combine(hello, "bin", "Debug", "net10.0", Platform.Rid), publish = Path.Combine(built, "publish");
        Assert.True(File.Exists(Path.Combine(built, "NativePlugins.Sdk.dll")), "The managed assembly cannot be loaded without what it references.");
        Outcome list = outside.Run(hello, outside.Tool, "list", publish).Succeeded();
        Assert.Contains("greetings", list.Output, StringComparison.Ordinal);
        Assert.Contains("1.0.0", list.Output, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void The_launch_profile_of_the_template_watches_its_project()
    {
        string watched = outside.NewPlugin("Watched"), tool = Path.Combine(Directory.CreateDirectory(Path.Combine(watched, "obj", "tool")).FullName, "nplugin");
        File.WriteAllText(tool, "#!/bin/sh\necho \"nplugin $*\"\n");
        outside.Run(watched, "chmod", "u+x", tool).Succeeded();

        Outcome run = outside.Run(
            watched, new Dictionary<string, string> { ["PATH"] = $"{Path.GetDirectoryName(tool)}:{Environment.GetEnvironmentVariable("PATH")}" }, "dotnet", "run", "--no-build", "--launch-profile", "watch").Succeeded();

        Assert.Contains("\nnplugin watch --project Watched.csproj\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tool_speaks_of_itself_by_its_own_name()
    {
        Assert.StartsWith("nplugin ", outside.Run(outside.Root, outside.Tool, "--version").Succeeded().Output, StringComparison.Ordinal);
        outside.Run(outside.Root, outside.Tool, "no_such_plugin").FailedWith("nplugin: NP1001", "`nplugin list`", "nplugin explain NP1001");
        Assert.DoesNotContain("host explain", outside.Run(outside.Root, outside.Tool, "--help").Succeeded().Output, StringComparison.Ordinal);
    }

    private static void Edit(string file, string before, string after)
    {
        string text = File.ReadAllText(file);
        Assert.Contains(before, text, StringComparison.Ordinal);
        File.WriteAllText(file, text.Replace(before, after, StringComparison.Ordinal));
    }
}
