using System.Reflection;
using Mono.Cecil;

namespace NativePlugins.Repository.Tests.Architecture;

/// <summary>The code is in the order that <c>docs/rooms.json</c> declares: nothing refers to what is above it.</summary>
public class RoomTests
{
    public static TheoryData<string> Assemblies => [.. House.Declared.Rooms.Keys];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void A_room_refers_to_rooms_below_it_only(string assembly)
    {
        using var graph = Read(assembly);
        var back = graph.Files.Keys
            .SelectMany(type => graph.ReferencesOf(type).Select(other => (Type: type, Other: other)))
            .Where(arrow => Level(assembly, graph, arrow.Other) > Level(assembly, graph, arrow.Type))
            .Select(arrow => $"{arrow.Type.Name} ({graph.Files[arrow.Type]}) -> {arrow.Other.Name} ({graph.Files[arrow.Other]})");

        Assert.Empty(back);
    }

    [Fact]
    public void The_arrows_down_are_seen()
    {
        using var graph = Read("NativePlugins.Host");
        var lifecycle = graph.Files.Keys.Single(type => type.Name == "PluginLifecycle");

        Assert.Superset(
            new HashSet<string> { "CallGate", "PluginInstance", "PluginGeneration", "PluginFailures" },
            graph.ReferencesOf(lifecycle).Select(type => type.Name).ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Each_folder_is_a_room_and_each_room_a_folder(string assembly)
    {
        var folder = House.Declared.Project(assembly).Folder + "/";
        var folders = RepositoryFiles.Named(".cs").Where(file => file.StartsWith(folder, StringComparison.Ordinal))
            .Select(file => file[folder.Length..].Split('/')).Where(parts => parts.Length > 1).Select(parts => parts[0]).Distinct();

        Assert.Equal(House.Declared.Rooms[assembly].Select(room => room.Name).Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void What_is_internal_is_in_the_namespace_of_its_room_and_what_is_public_in_that_of_the_assembly(string assembly)
    {
        using var graph = Read(assembly);
        var astray = graph.Files
            .Where(file => file.Key.Namespace != (file.Key.IsPublic || RoomOf(assembly, file.Value) == House.Top ? assembly : $"{assembly}.{RoomOf(assembly, file.Value)}"))
            .Select(file => $"{file.Key.FullName} ({file.Value})");

        Assert.Empty(astray);
    }

    [Fact]
    public void A_project_references_the_projects_that_it_may_and_they_stand_before_it()
    {
        var names = House.Declared.Projects.Select(project => project.Name).ToList();
        var offending = House.Declared.Projects.SelectMany(project => ReferencesOf(project)
            .Where(other => !project.References.Contains(other) || names.IndexOf(other) >= names.IndexOf(project.Name))
            .Select(other => $"{project.Name} -> {other}"));

        Assert.Empty(offending);
    }

    private static TypeGraph Read(string assembly) => TypeGraph.Read(Assembly.Load(assembly).Location, House.Declared.Project(assembly).Folder);

    private static int Level(string assembly, TypeGraph graph, TypeDefinition type) => House.Declared.LevelOf(assembly, RoomOf(assembly, graph.Files[type]));

    private static string RoomOf(string assembly, string file)
    {
        var parts = file[(House.Declared.Project(assembly).Folder.Length + 1)..].Split('/');
        return parts.Length > 1 ? parts[0] : House.Top;
    }

    /// <summary>Also what an imported file of the project's own folder references.</summary>
    private static IEnumerable<string> ReferencesOf(HouseProject project) =>
        RepositoryFiles.Named(".csproj", ".targets")
            .Where(file => file.StartsWith(project.Folder + "/", StringComparison.Ordinal) && file.Count(character => character == '/') == project.Folder.Count(character => character == '/') + 1)
            .SelectMany(file => RepositoryFiles.Elements(file, "ProjectReference"))
            .Where(reference => reference.Attribute("ReferenceOutputAssembly")?.Value != "false" && reference.Attribute("OutputItemType") is null)
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
            .Where(name => House.Declared.Projects.Any(declared => declared.Name == name));
}
