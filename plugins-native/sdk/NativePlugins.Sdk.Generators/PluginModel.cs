using System;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace NativePlugins.Sdk.Generators;

/// <summary>All that the emitted code depends on. Equal models emit the same code, and nothing runs again.</summary>
internal sealed class PluginModel : IEquatable<PluginModel>
{
    public string TypeName { get; private set; } = "";

    public string Id { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string Version { get; private set; } = "";

    public bool TakesContext { get; private set; }

    public bool HasCommand { get; private set; }

    /// <summary>The contracts that the class implements: their C# names, and the ids of their services.</summary>
    public string[] Contracts { get; private set; } = [];

    public string[] Services { get; private set; } = [];

    /// <summary>The model of a class with [Plugin]; null when the analyzer has an error to report for it.</summary>
    public static PluginModel? Of(INamedTypeSymbol type, AttributeData attribute)
    {
        string? version = PluginClass.Version(attribute);
        if (PluginClass.Obstacle(type) is not null
            || PluginClass.Constructor(type) is not { } constructor
            || !PluginText.IsId(PluginClass.Id(attribute))
            || !PluginText.IsName(PluginClass.Name(attribute))
            || version is null
            || !PluginText.IsVersion(version))
        {
            return null;
        }

        (INamedTypeSymbol Type, string ServiceId)[] contracts = [.. PluginClass.Contracts(type)];
        return new PluginModel
        {
            TypeName = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            Id = PluginClass.Id(attribute),
            Name = PluginClass.Name(attribute),
            Version = version,
            TakesContext = PluginClass.TakesContext(constructor),
            HasCommand = type.AllInterfaces.Any(i => i.ToDisplayString() == PluginClass.CommandName),
            Contracts = [.. contracts.Select(c => c.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat))],
            Services = [.. contracts.Select(c => c.ServiceId)],
        };
    }

    public bool Equals(PluginModel? other) =>
        other is not null
        && TypeName == other.TypeName
        && Id == other.Id
        && Name == other.Name
        && Version == other.Version
        && TakesContext == other.TakesContext
        && HasCommand == other.HasCommand
        && Contracts.SequenceEqual(other.Contracts)
        && Services.SequenceEqual(other.Services);

    public override bool Equals(object? obj) => Equals(obj as PluginModel);

    public override int GetHashCode() => TypeName.GetHashCode() ^ Id.GetHashCode() ^ Name.GetHashCode();
}
