namespace NativePlugins.Binary.Model;

/// <summary>What a file says beyond what loading depends on. Only an inspection reads it.</summary>
internal sealed record BinaryDetails
{
    public IReadOnlyList<BinarySegment> Segments { get; init; } = [];

    public int Constructors { get; init; }

    public int Destructors { get; init; }

    public BinaryHardening Hardening { get; init; } = new();

    public IReadOnlyList<BinaryRequirement> MinimumSystem { get; init; } = [];

    public string? BuildId { get; init; }

    public BinaryToolchain Toolchain { get; init; } = new(null, null, null, null);
}
