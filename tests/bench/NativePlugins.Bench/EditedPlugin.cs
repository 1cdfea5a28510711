namespace NativePlugins.Bench;

/// <summary>A sample plugin, copied, whose output says which edit it comes from.</summary>
/// <param name="Name">The plugin's and its folder's.</param>
/// <param name="Source">Its source file.</param>
/// <param name="Text">What of it each edit replaces.</param>
/// <param name="Edited">What stands there instead.</param>
/// <param name="GoalOfNative">Milliseconds from a native edit to running, in the median.</param>
internal sealed record EditedPlugin(string Name, string Source, string Text, Func<int, string> Edited, double GoalOfNative)
{
    private string _text = "";

    /// <summary>Makes a project of its own for it, below artifacts/, that builds as this repository's do.</summary>
    /// <returns>The project file.</returns>
    public string CreateProject(BenchFiles files)
    {
        string folder = Directory.CreateDirectory(Path.Combine(files.EditProject, Name)).FullName, project = Path.Combine(folder, $"edited_{Name}.csproj");
        _text = File.ReadAllText(files.SourceOf(Name, Source)).Replace($"[Plugin(\"{Name}\"", $"[Plugin(\"edited_{Name}\"", StringComparison.Ordinal);
        File.WriteAllText(project, $"""
            <Project>
              <Import Project="../../../../plugins-native/sdk/Sdk/Sdk.props" />
              <ItemGroup>
                <Compile Include="{Source}" />
              </ItemGroup>
              <Import Project="../../../../plugins-native/sdk/Sdk/Sdk.targets" />
            </Project>
            """);
        return project;
    }

    public void Save(string project, int edit) =>
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(project)!, Source), _text.Replace(Text, Edited(edit), StringComparison.Ordinal));

    /// <summary>What it prints: the counter's count goes on from edit to edit.</summary>
    public string OutputOf(int edit) => Name == "counter" ? $"edit {edit}: run {edit + 1}\n" : $"edit {edit}: Hello, world!\n";
}
