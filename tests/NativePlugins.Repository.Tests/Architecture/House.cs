using System.Text.Json;

namespace NativePlugins.Repository.Tests.Architecture;

/// <summary>The declared order of projects and rooms: <c>docs/rooms.json</c>.</summary>
internal sealed record House(IReadOnlyList<HouseProject> Projects, IReadOnlyDictionary<string, IReadOnlyList<HouseRoom>> Rooms)
{
    public const string File = "docs/rooms.json";

    /// <summary>What lies in an assembly's own folder, above all its rooms.</summary>
    public const string Top = "(top)";

    private static readonly JsonSerializerOptions s_options = new() { PropertyNameCaseInsensitive = true };

    public static House Declared { get; } = JsonSerializer.Deserialize<House>(RepositoryFiles.Text(File), s_options)!;

    public HouseProject Project(string name) => Projects.Single(project => project.Name == name);

    /// <summary>0 is the lowest.</summary>
    public int LevelOf(string assembly, string room) => room == Top
        ? Rooms[assembly].Count
        : Rooms[assembly].Select(declared => declared.Name).ToList().IndexOf(room) is >= 0 and int level ? level : throw new InvalidOperationException($"{File} has no room {room} in {assembly}");
}

internal sealed record HouseProject(string Name, string Folder, string What, IReadOnlyList<string> References);

internal sealed record HouseRoom(string Name, string What);
